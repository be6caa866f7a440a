// The entries of an open directory by getdents64(2), into a buffer the caller lends: readdir(3)
// allocates one for every directory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "tree/descriptor.h"

namespace vigil::tree {

class DirectoryReader {
 public:
  static constexpr std::size_t kBufferSize = 32 * 1024;

  struct Item {
    const char* name;    ///< until the next call
    unsigned char type;  ///< DT_REG ...; DT_UNKNOWN where the file system does not say
  };

  /// The buffer must live as long and be aligned for 8 bytes, as memory from the heap is.
  DirectoryReader(Descriptor directory, std::span<char> buffer)
      : directory_(std::move(directory)), buffer_(buffer) {}

  /// Without "." and ".."; nothing at the end or on an error.
  std::optional<Item> next();
  [[nodiscard]] int descriptor() const { return directory_.get(); }
  [[nodiscard]] int error() const { return error_; }  ///< errno, 0 for none

 private:
  Descriptor directory_;
  std::span<char> buffer_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  int error_ = 0;
};

}  // namespace vigil::tree
