#include "tree/directory.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

#include "tree/directory_reader.h"
#include "tree/directory_walk.h"

namespace vigil::tree {
namespace {

std::string path_of_descriptor(int descriptor) {
  std::array<char, PATH_MAX> target{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
  if (length <= 0 || static_cast<std::size_t>(length) == target.size()) return {};
  return {target.data(), static_cast<std::size_t>(length)};
}

tl::unexpected<Error> failure(const std::string& path) {
  const int error = errno;
  const bool absent = error == ENOENT || error == ENOTDIR;
  std::string hint = error == EACCES ? "run as root to read it" : "";
  if (error == ELOOP) hint = "its symbolic links form a circle or lead through /proc";
  return fail(
      absent ? "there is no such file" : "cannot open: " + std::string(std::strerror(error)), path,
      std::move(hint), absent ? ErrorCode::NotFound : ErrorCode::Io);
}

tl::unexpected<Error> too_large(const std::string& path, std::uint64_t limit) {
  return fail("the file is larger than " + std::to_string(limit) + " bytes", path, {},
              ErrorCode::TooLarge);
}

Entry entry_of(std::string path, const struct stat& status) {
  Entry entry;
  entry.path = std::move(path);
  entry.kind = S_ISREG(status.st_mode)   ? Kind::File
               : S_ISDIR(status.st_mode) ? Kind::Directory
               : S_ISLNK(status.st_mode) ? Kind::Link
                                         : Kind::Other;
  entry.size = entry.kind == Kind::File ? static_cast<std::uint64_t>(status.st_size) : 0;
  entry.mode = status.st_mode & 07777U;
  return entry;
}

}  // namespace

Result<std::unique_ptr<Directory>> Directory::open(const std::string& path) {
  return open(path, best_resolution());
}

Result<std::unique_ptr<Directory>> Directory::open(const std::string& path, Resolution resolution) {
  Descriptor root(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root.valid()) {
    if (errno == ENOTDIR) return fail("this is not a directory", path);
    if (errno == ENOENT) {
      return fail("there is no such directory", path, {}, ErrorCode::NotFound);
    }
    return failure(path);
  }
  struct stat here = {};
  struct stat top = {};
  const bool live = ::fstat(root.get(), &here) == 0 && ::stat("/", &top) == 0 &&
                    here.st_dev == top.st_dev && here.st_ino == top.st_ino;
  std::string origin = path_of_descriptor(root.get());
  if (origin.empty()) origin = path;
  return std::unique_ptr<Directory>(
      new Directory(std::move(root), std::move(origin), resolution, live));
}

Descriptor Directory::open_inside(std::string_view path, int flags) const {
  return open_in_root(root_.get(), path, flags, resolution_);
}

Result<std::pair<Descriptor, std::uint64_t>> Directory::open_file(const std::string& name) const {
  // O_PATH opens no device: some act when opened (tape drives, watchdogs).
  const Descriptor place = open_inside(name, O_PATH);
  struct stat status = {};
  if (!place.valid() || ::fstat(place.get(), &status) != 0) return failure(name);
  if (!S_ISREG(status.st_mode)) {
    return fail(S_ISDIR(status.st_mode) ? "this is a directory" : "this is not a regular file",
                name);
  }
  Descriptor file = open_inside(name, O_RDONLY | O_NONBLOCK);
  if (!file.valid() || ::fstat(file.get(), &status) != 0) return failure(name);
  if (!S_ISREG(status.st_mode)) return fail("this is not a regular file", name);
  return std::pair(std::move(file), static_cast<std::uint64_t>(status.st_size));
}

Result<std::string> Directory::head(std::string_view path, std::size_t count) const {
  const std::string name = tidy_path(path);
  VIGIL_TRY(const auto opened, open_file(name));
  std::string content(count, '\0');
  std::size_t length = 0;
  while (length < count) {
    const ssize_t got = ::read(opened.first.get(), content.data() + length, count - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return fail("cannot read: " + std::string(std::strerror(errno)), name, {}, ErrorCode::Io);
    }
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  content.resize(length);
  return content;
}

Result<void> Directory::pieces(std::string_view path, std::uint64_t limit,
                               const std::function<void(std::string_view)>& take) const {
  constexpr std::uint64_t kPiece = std::uint64_t{256} << 10;
  const std::string name = tidy_path(path);
  VIGIL_TRY(const auto opened, open_file(name));
  const auto& [file, size] = opened;
  std::string piece(std::clamp<std::uint64_t>(size + 1, 4096, kPiece), '\0');
  for (std::uint64_t length = size > limit ? size : 0;;) {
    if (length > limit) return too_large(name, limit);
    const ssize_t count = ::read(file.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail("cannot read: " + std::string(std::strerror(errno)), name, {}, ErrorCode::Io);
    }
    if (count == 0) return ok();
    length += static_cast<std::uint64_t>(count);
    if (length <= limit) take(std::string_view(piece).substr(0, static_cast<std::size_t>(count)));
  }
}

Result<std::string> Directory::read(std::string_view path, std::uint64_t limit) const {
  const std::string name = tidy_path(path);
  VIGIL_TRY(const auto opened, open_file(name));
  const auto& [file, size] = opened;
  if (size > limit) return too_large(name, limit);
  // One byte more than the file has, so that its end shows without another call to grow. Files of
  // /proc say 0 and are longer.
  // Room for what parsers want to be able to read behind the end, so that it costs no copy.
  constexpr std::size_t kRoom = 128;
  std::string content;
  std::size_t length = 0;
  content.reserve(static_cast<std::size_t>(size) + kRoom);
  content.resize(size == 0 ? 4096 : static_cast<std::size_t>(size) + 1);
  for (;;) {
    const ssize_t count = ::read(file.get(), content.data() + length, content.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail("cannot read: " + std::string(std::strerror(errno)), name, {}, ErrorCode::Io);
    }
    if (count == 0) break;
    length += static_cast<std::size_t>(count);
    if (length > limit) return too_large(name, limit);
    // All that fstat promised and no more came: the call that would say so is saved.
    if (size != 0 && length == size) break;
    if (length == content.size()) content.resize(content.size() * 2);
  }
  content.resize(length);
  return content;
}

std::optional<Entry> Directory::stat(std::string_view path) const {
  const std::string name = tidy_path(path);
  Descriptor place = open_inside(name, O_PATH);
  struct stat status = {};
  if (!place.valid() || ::fstat(place.get(), &status) != 0) return std::nullopt;
  std::string resolved = path_of_descriptor(place.get());
  const std::string prefix = origin_ == "/" ? "" : origin_;
  if (resolved.starts_with(prefix) &&
      (resolved.size() == prefix.size() || resolved[prefix.size()] == '/')) {
    resolved.erase(0, prefix.size());
    if (resolved.empty()) resolved = "/";
  } else {
    // Without /proc, or when the directory was moved meanwhile.
    place = walk_in_root(root_.get(), name, resolved);
    if (!place.valid() || ::fstat(place.get(), &status) != 0) return std::nullopt;
  }
  return entry_of(std::move(resolved), status);
}

Result<std::vector<Entry>> Directory::list(std::string_view directory) const {
  const std::string name = tidy_path(directory);
  Descriptor place = open_inside(name, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
  if (!place.valid()) {
    if (errno == ENOTDIR && stat(name)) return fail("this is not a directory", name);
    return failure(name);
  }
  const std::string prefix = name == "/" ? "/" : name + "/";
  std::vector<Entry> entries;
  std::vector<char> buffer(DirectoryReader::kBufferSize);
  DirectoryReader reader(std::move(place), buffer);
  while (const std::optional<DirectoryReader::Item> item = reader.next()) {
    struct stat status = {};
    // Vanished since: it is not there.
    if (::fstatat(reader.descriptor(), item->name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    entries.push_back(entry_of(prefix + item->name, status));
  }
  if (reader.error() != 0) {
    return fail("cannot list: " + std::string(std::strerror(reader.error())), name, {},
                ErrorCode::Io);
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.path < b.path; });
  return entries;
}

Result<void> Directory::walk(const WalkLimits& limits,
                             const std::function<bool(const Entry&)>& visit,
                             const std::function<void(std::string, std::string)>& problem) const {
  return walk_with_status(limits, nullptr, visit, problem);
}

Result<void> Directory::walk_with_status(
    const WalkLimits& limits, const std::function<bool(std::string_view path)>& wants_status,
    const std::function<bool(const Entry&)>& visit,
    const std::function<void(std::string, std::string)>& problem) const {
  WalkLimits all = limits;
  if (live_) {
    for (const char* path : {"/proc", "/sys", "/dev", "/run"}) all.excluded.emplace_back(path);
  }
  return walk_directory(root_.get(), all, wants_status, visit, problem);
}

}  // namespace vigil::tree
