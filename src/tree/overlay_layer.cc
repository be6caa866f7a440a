#include "tree/overlay_layer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <utility>

namespace vigil::tree {
namespace {

constexpr std::size_t kDeepest = 256;
constexpr std::uint64_t kMostEntries = 10'000'000;
constexpr int kOpen = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
constexpr std::string_view kMark = ".wh.";

constexpr const char* kOpaque[] = {"trusted.overlay.opaque", "user.overlay.opaque",
                                   "user.fuseoverlayfs.opaque"};
constexpr const char* kWhiteout[] = {"trusted.overlay.whiteout", "user.overlay.whiteout"};

/// The first character of the directory's mark; 0 if it has none.
char opaque_mark(int directory) {
  for (const char* const name : kOpaque) {
    std::array<char, 8> value{};
    if (::fgetxattr(directory, name, value.data(), value.size()) > 0) return value[0];
  }
  return '\0';
}

bool is_marked_whiteout(int directory, const char* name) {
  const Descriptor file(::openat(directory, name, kOpen));
  if (!file.valid()) return false;
  for (const char* const attribute : kWhiteout) {
    if (::fgetxattr(file.get(), attribute, nullptr, 0) >= 0) return true;
  }
  return false;
}

}  // namespace

OverlayLayer::OverlayLayer(Descriptor root) {
  // The caller's descriptor may be shared: its place in the listing is not ours to move.
  static_cast<void>(enter(Descriptor(::openat(root.get(), ".", kOpen | O_DIRECTORY))));
  if (levels_.empty()) enters_ = true;  // said by the first call of next
}

Result<void> OverlayLayer::enter(Descriptor directory) {
  if (!directory.valid()) return fail_errno("cannot be entered", entry_.path, errno);
  const char mark = opaque_mark(directory.get());
  if (buffers_.size() == levels_.size()) {
    buffers_.push_back(std::make_unique<char[]>(DirectoryReader::kBufferSize));
  }
  const std::span<char> buffer(buffers_[levels_.size()].get(), DirectoryReader::kBufferSize);
  levels_.push_back({DirectoryReader(std::move(directory), buffer), entry_.path.size(), mark == 'y',
                     mark == 'x'});
  return ok();
}

/// The directory that the entry is.
Result<void> OverlayLayer::enter_child() {
  enters_ = false;
  if (levels_.empty()) return fail("the layer's directory cannot be read");
  if (levels_.size() >= kDeepest) {
    return fail("deeper than " + std::to_string(kDeepest) + " folders: not entered", entry_.path);
  }
  return enter(
      Descriptor(::openat(levels_.back().reader.descriptor(), name_.c_str(), kOpen | O_DIRECTORY)));
}

const TarEntry* OverlayLayer::whiteout(std::string_view name) {
  entry_.path.resize(levels_.back().path_length);
  entry_.path += '/';
  entry_.path += kMark;
  entry_.path += name;
  begin_entry(TarKind::File);
  return &entry_;
}

Result<const TarEntry*> OverlayLayer::look_at(const char* name) {
  const Level& level = levels_.back();
  const int directory = level.reader.descriptor();
  struct stat status = {};
  if (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return fail_errno("cannot be looked at", entry_.path, errno);
  }
  if (S_ISCHR(status.st_mode) && status.st_rdev == 0) return whiteout(name);
  if (level.has_whiteouts && S_ISREG(status.st_mode) && status.st_size == 0 &&
      is_marked_whiteout(directory, name)) {
    return whiteout(name);
  }
  describe(status);
  name_ = name;
  if (entry_.path.size() > kLongestTarPath) {
    entry_.kind = TarKind::Invalid;
  } else if (entry_.kind == TarKind::SymbolicLink) {
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlinkat(directory, name, target.data(), target.size());
    if (length < 0) return fail_errno("cannot be read", entry_.path, errno);
    entry_.link.assign(target.data(), static_cast<std::size_t>(length));
  }
  enters_ = entry_.kind == TarKind::Directory;
  return &entry_;
}

Result<const TarEntry*> OverlayLayer::next() {
  if (enters_) VIGIL_CHECK(enter_child());
  while (!levels_.empty()) {
    Level& level = levels_.back();
    entry_.path.resize(level.path_length);
    if (std::exchange(level.says_opaque, false)) return whiteout(".wh..opq");
    const auto item = level.reader.next();
    if (!item) {
      const int error = level.reader.error();
      levels_.pop_back();
      if (error != 0) return fail_errno("cannot be listed", entry_.path, error);
      continue;
    }
    entry_.path += '/';
    entry_.path += item->name;
    if (++count_ > kMostEntries) {
      levels_.clear();
      return fail("the layer has more than " + std::to_string(kMostEntries) +
                      " entries: the rest was not looked at",
                  {}, {}, ErrorCode::TooLarge);
    }
    return look_at(item->name);
  }
  return nullptr;
}

Descriptor OverlayLayer::open_content() const {
  return Descriptor(::openat(levels_.back().reader.descriptor(), name_.c_str(), kOpen));
}

}  // namespace vigil::tree
