// A stream of bytes read once from front to back: a file, a decompressor, a download.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::base {

class Input {
 public:
  Input() = default;
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  virtual ~Input() = default;

  /// Fills the front of `buffer`; 0 means the end. Not thread-safe.
  virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

/// The bytes of a string, which must outlive it.
class StringInput final : public Input {
 public:
  explicit StringInput(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> read(std::span<char> buffer) override;

 private:
  std::string_view rest_;
};

/// `head`, then what is left of `tail`: gives back what was read ahead to recognise a format.
class PrependedInput final : public Input {
 public:
  PrependedInput(std::string_view head, Input& tail) : head_(head), tail_(&tail) {}
  Result<std::size_t> read(std::span<char> buffer) override;

 private:
  std::string_view head_;
  Input* tail_;
};

/// All that is left, or an error past `limit` bytes.
Result<std::string> read_all(Input& input, std::uint64_t limit);

/// Up to `count` bytes from the front, fewer only at the end.
Result<std::string> read_prefix(Input& input, std::size_t count);

}  // namespace vigil::base
