#include "tree/bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace vigil::tree {
namespace {

Result<void> check(std::uint64_t offset, std::uint64_t count, std::uint64_t size) {
  if (offset <= size && count <= size - offset) return ok();
  return fail("bytes " + std::to_string(offset) + " to " + std::to_string(offset + count) + " of " +
              std::to_string(size) + ": the file is cut short or damaged");
}

tl::unexpected<Error> failure(const std::string& what, const std::string& path) {
  return fail(what + ": " + std::strerror(errno), path, {},
              errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io);
}

}  // namespace

Result<std::string> Bytes::take(std::uint64_t offset, std::uint64_t length,
                                std::uint64_t limit) const {
  if (length > limit) {
    return fail("larger than " + std::to_string(limit) + " bytes", {}, {}, ErrorCode::TooLarge);
  }
  VIGIL_CHECK(check(offset, length, size()));
  std::string out(static_cast<std::size_t>(length), '\0');
  VIGIL_CHECK(read(offset, out));
  return out;
}

Result<std::unique_ptr<FileBytes>> FileBytes::open(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) return failure("cannot open", path);
  auto opened = of(std::move(file));
  if (!opened && opened.error().where.empty()) {
    Error error = std::move(opened).error();
    error.where = path;
    return fail(std::move(error));
  }
  return opened;
}

Result<std::unique_ptr<FileBytes>> FileBytes::of(Descriptor file) {
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0) return failure("cannot read", {});
  // The size of a block device is where its end is.
  std::uint64_t size = static_cast<std::uint64_t>(status.st_size);
  if (S_ISBLK(status.st_mode)) {
    const off_t end = ::lseek(file.get(), 0, SEEK_END);
    if (end < 0) return failure("cannot find the end", {});
    size = static_cast<std::uint64_t>(end);
  } else if (!S_ISREG(status.st_mode)) {
    return fail(S_ISDIR(status.st_mode) ? "this is a directory" : "this is not a regular file");
  }
  return std::unique_ptr<FileBytes>(new FileBytes(std::move(file), size));
}

Result<void> FileBytes::read(std::uint64_t offset, std::span<char> buffer) const {
  VIGIL_CHECK(check(offset, buffer.size(), size_));
  while (!buffer.empty()) {
    const ssize_t count =
        ::pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failure("cannot read", {});
    if (count == 0) return fail("the file became shorter while it was read", {}, {}, ErrorCode::Io);
    offset += static_cast<std::uint64_t>(count);
    buffer = buffer.subspan(static_cast<std::size_t>(count));
  }
  return ok();
}

Result<void> TextBytes::read(std::uint64_t offset, std::span<char> buffer) const {
  VIGIL_CHECK(check(offset, buffer.size(), text_.size()));
  std::copy_n(text_.data() + offset, buffer.size(), buffer.data());
  return ok();
}

Result<void> PartOfBytes::read(std::uint64_t offset, std::span<char> buffer) const {
  VIGIL_CHECK(check(offset, buffer.size(), size_));
  return whole_.read(offset_ + offset, buffer);
}

}  // namespace vigil::tree
