#include "base/file.h"
#include "base/write_all.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace vigil::base {
namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool valid() const { return value_ >= 0; }

 private:
  int value_;
};

/// Of a device or a pipe, which is no file to be replaced.
Result<void> write_through(const std::string& path, std::string_view content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file.valid()) return fail_errno("cannot open", path, errno);
  return write_all(file.get(), content, path);
}

Result<void> replace_file(const std::string& path, std::string_view content) {
  VIGIL_TRY(FileReplacement file, FileReplacement::begin(path));
  VIGIL_CHECK(file.append(content));
  return file.commit();
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return fail_errno("cannot open", path, errno);
  std::string content;
  struct stat status{};
  if (::fstat(file.get(), &status) == 0 && status.st_size > 0) {
    if (static_cast<std::uint64_t>(status.st_size) > limit) {
      return fail("larger than the limit of " + std::to_string(limit) + " bytes", path, {},
                  ErrorCode::TooLarge);
    }
    content.reserve(static_cast<std::size_t>(status.st_size) + 1);
  }
  // The size of a pseudo file is 0 and a growing file has none, so the end decides.
  std::size_t used = 0;
  for (;;) {
    if (content.size() == used) content.resize(used < 4096 ? 8192 : used * 2);
    const ssize_t got = ::read(file.get(), content.data() + used, content.size() - used);
    if (got < 0) {
      if (errno == EINTR) continue;
      return fail_errno("cannot read", path, errno);
    }
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > limit) {
      return fail("larger than the limit of " + std::to_string(limit) + " bytes", path, {},
                  ErrorCode::TooLarge);
    }
  }
  content.resize(used);
  return content;
}

Result<void> write_file_atomically(const std::string& path, std::string_view content) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
    return write_through(path, content);
  }
  if (::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode)) {
    std::error_code error;
    const std::string target = std::filesystem::canonical(path, error).string();
    return error ? write_through(path, content) : replace_file(target, content);
  }
  return replace_file(path, content);
}

Result<FileReplacement> FileReplacement::begin(const std::string& path) {
  // A new file of its own: two threads may replace the same path, and in a directory that others may
  // write to a link may wait under a name that can be guessed.
  const std::string stem = path + ".tmp." + std::to_string(::getpid()) + ".";
  std::string temporary;
  int descriptor = -1;
  for (int number = 0; number < 1000; ++number) {
    temporary = stem + std::to_string(number);
    descriptor = ::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (descriptor >= 0 || errno != EEXIST) break;
  }
  if (descriptor < 0) return fail_errno("cannot create", temporary, errno);
  return FileReplacement(path, std::move(temporary), descriptor);
}

FileReplacement::FileReplacement(FileReplacement&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)) {}

FileReplacement::~FileReplacement() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

Result<void> FileReplacement::append(std::string_view bytes) {
  constexpr std::size_t kBufferBytes = std::size_t{256} * 1024;
  if (buffer_.size() + bytes.size() > kBufferBytes) VIGIL_CHECK(flush());
  if (bytes.size() >= kBufferBytes) return write_all(descriptor_, bytes, temporary_);
  buffer_.append(bytes);
  return ok();
}

Result<void> FileReplacement::flush() {
  VIGIL_CHECK(write_all(descriptor_, buffer_, temporary_));
  buffer_.clear();
  return ok();
}

Result<void> FileReplacement::overwrite_front(std::string_view bytes) {
  VIGIL_CHECK(flush());
  off_t at = 0;
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), at);
    if (written < 0) {
      if (errno == EINTR) continue;
      return fail_errno("cannot write", temporary_, errno);
    }
    at += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ok();
}

Result<void> FileReplacement::commit() {
  VIGIL_CHECK(flush());
  if (::fsync(descriptor_) != 0) return fail_errno("cannot sync", temporary_, errno);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
    return fail_errno("cannot replace", path_, errno);
  }
  ::close(std::exchange(descriptor_, -1));
  sync_parent_directory(path_);
  return ok();
}

void sync_parent_directory(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const Descriptor directory(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.valid()) ::fsync(directory.get());
}

bool exists(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0;
}

bool is_directory(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<void> make_directories(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return fail_errno("cannot create the directory", path, error.value());
  return ok();
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return fail_errno("cannot open", path, errno);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return fail_errno("cannot stat", path, errno);
  if (!S_ISREG(status.st_mode)) return fail("not a regular file", path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return MappedFile(nullptr, 0);
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (data == MAP_FAILED) return fail_errno("cannot map", path, errno);
  return MappedFile(static_cast<const char*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

void MappedFile::forget(std::size_t from, std::size_t length) const {
  // Both ends are rounded down, so that ranges that follow each other leave nothing between them.
  constexpr std::size_t kPage = std::size_t{64} * 1024;  // a multiple of every page size in use
  const std::size_t end = length >= size_ - from ? size_ : (from + length) / kPage * kPage;
  from = from / kPage * kPage;
  if (from < end) ::madvise(const_cast<char*>(data_) + from, end - from, MADV_DONTNEED);
}

Result<FileLock> FileLock::acquire(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return fail_errno("cannot create the lock", path, errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    ::close(descriptor);
    if (error == EWOULDBLOCK) {
      return fail("another process is working here", path, "wait until it has finished",
                  ErrorCode::Busy);
    }
    return fail_errno("cannot lock", path, error);
  }
  return FileLock(descriptor);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace vigil::base
