// A stream that hands out its own memory, block by block: nothing is copied between a decompressor
// and who looks at its bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/input.h"
#include "base/result.h"
#include "tree/bytes.h"

namespace vigil::tree {

class Blocks : public base::Input {
 public:
  /// The next bytes, valid until the next call; empty at the end. After an error the same error.
  virtual Result<std::string_view> next() = 0;
  /// Passes over bytes without looking at them, fewer at the end; how many it was. What cannot seek
  /// passes over none: the caller reads them then.
  virtual std::uint64_t skip(std::uint64_t count);
  /// The same bytes copied, for who wants an Input. Not to be mixed with `next` by the same reader.
  Result<std::size_t> read(std::span<char> buffer) override;

 private:
  std::string_view rest_;
};

/// Of a text that must outlive it, in blocks of `size` bytes.
class TextBlocks final : public Blocks {
 public:
  explicit TextBlocks(std::string_view text, std::size_t size = 65536) : rest_(text), size_(size) {}
  Result<std::string_view> next() override;

 private:
  std::string_view rest_;
  std::size_t size_;
};

/// Of bytes that can be read anywhere, which must outlive it, from an offset to their end.
class SeekableBlocks final : public Blocks {
 public:
  SeekableBlocks(const Bytes& bytes, std::uint64_t offset, std::size_t size = 4096)
      : bytes_(bytes), offset_(offset), block_(size, '\0') {}
  Result<std::string_view> next() override;
  std::uint64_t skip(std::uint64_t count) override;

 private:
  const Bytes& bytes_;
  std::uint64_t offset_;
  std::string block_;
};

}  // namespace vigil::tree
