#include "tree/directory_reader.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace vigil::tree {
namespace {

/// getdents64(2): d_ino, d_off, d_reclen, d_type, d_name.
constexpr std::size_t kLengthOffset = 16;
constexpr std::size_t kTypeOffset = 18;
constexpr std::size_t kNameOffset = 19;

}  // namespace

std::optional<DirectoryReader::Item> DirectoryReader::next() {
  for (;;) {
    if (at_ == filled_) {
      const long count =
          ::syscall(SYS_getdents64, directory_.get(), buffer_.data(), buffer_.size());
      if (count < 0) error_ = errno;
      if (count <= 0) return std::nullopt;
      at_ = 0;
      filled_ = static_cast<std::size_t>(count);
    }
    const char* record = buffer_.data() + at_;
    std::uint16_t length = 0;
    std::memcpy(&length, record + kLengthOffset, sizeof length);
    at_ += length;
    const Item item{record + kNameOffset, static_cast<unsigned char>(record[kTypeOffset])};
    const std::string_view name(item.name);
    if (name != "." && name != "..") return item;
  }
}

}  // namespace vigil::tree
