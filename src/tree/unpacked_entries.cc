#include "tree/unpacked_entries.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace vigil::tree {

void UnpackedEntries::begin_entry(TarKind kind) {
  entry_.kind = kind;
  entry_.link.clear();
  entry_.size = 0;
  entry_.mode = 0;
  content_.reset();
  opened_ = false;
  left_ = 0;
}

void UnpackedEntries::describe(const struct stat& status) {
  begin_entry(S_ISREG(status.st_mode)   ? TarKind::File
              : S_ISDIR(status.st_mode) ? TarKind::Directory
              : S_ISLNK(status.st_mode) ? TarKind::SymbolicLink
                                        : TarKind::Other);
  entry_.mode = status.st_mode & 07777U;
  if (entry_.kind == TarKind::File) entry_.size = static_cast<std::uint64_t>(status.st_size);
}

Result<std::string_view> UnpackedEntries::piece() {
  if (entry_.kind != TarKind::File || entry_.size == 0) return std::string_view{};
  if (!opened_) {
    opened_ = true;
    content_ = open_content();
    struct stat status = {};
    if (!content_.valid() || ::fstat(content_.get(), &status) != 0) {
      return fail_errno("cannot be read", entry_.path, errno);
    }
    // A device or a pipe that took the file's place is not read.
    if (!S_ISREG(status.st_mode)) return fail("is no file any more", entry_.path);
    left_ = entry_.size;
  }
  // What grew meanwhile is as long as it was.
  const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(left_, kPiece));
  while (most != 0) {
    const ssize_t count = ::read(content_.get(), buffer_.data(), most);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_errno("cannot be read", entry_.path, errno);
    if (count == 0) return fail("became shorter while it was read", entry_.path);
    left_ -= static_cast<std::uint64_t>(count);
    return std::string_view(buffer_.data(), static_cast<std::size_t>(count));
  }
  return std::string_view{};
}

}  // namespace vigil::tree
