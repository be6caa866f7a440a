// Bytes that can be read at any place: a file, a part of one, a disk in whatever form it is kept.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "tree/descriptor.h"

namespace vigil::tree {

class Bytes {
 public:
  Bytes() = default;
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  virtual ~Bytes() = default;

  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Fills the whole of `buffer` from `offset`; past the end is an error of code `Invalid`. May be
  /// called by several threads at once.
  virtual Result<void> read(std::uint64_t offset, std::span<char> buffer) const = 0;

  /// `length` bytes from `offset`, no more than `limit`.
  [[nodiscard]] Result<std::string> take(std::uint64_t offset, std::uint64_t length,
                                         std::uint64_t limit = std::uint64_t{1} << 30) const;
};

/// Of an open file; it must not shrink meanwhile.
class FileBytes final : public Bytes {
 public:
  static Result<std::unique_ptr<FileBytes>> open(const std::string& path);
  static Result<std::unique_ptr<FileBytes>> of(Descriptor file);

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override;

 private:
  FileBytes(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}

  Descriptor file_;
  std::uint64_t size_;
};

/// Of a text that must outlive it.
class TextBytes final : public Bytes {
 public:
  explicit TextBytes(std::string_view text) : text_(text) {}
  [[nodiscard]] std::uint64_t size() const override { return text_.size(); }
  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override;

 private:
  std::string_view text_;
};

/// A part of others, which must outlive it and hold the part.
class PartOfBytes final : public Bytes {
 public:
  PartOfBytes(const Bytes& whole, std::uint64_t offset, std::uint64_t size)
      : whole_(whole), offset_(offset), size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override;

 private:
  const Bytes& whole_;
  std::uint64_t offset_;
  std::uint64_t size_;
};

}  // namespace vigil::tree
