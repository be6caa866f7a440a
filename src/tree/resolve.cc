#include "tree/resolve.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <climits>
#include <deque>
#include <vector>

#include "base/text.h"
#include "tree/lookup.h"

namespace vigil::tree {
namespace {

/// As the kernel (path_resolution(7)).
constexpr int kMaximumLinks = 40;
constexpr std::size_t kMaximumComponents = 4096;
constexpr long kProcFileSystem = 0x9fa0;

int call_openat2(int root, const char* path, int flags) {
  open_how how = {};
  how.flags = static_cast<unsigned>(flags);
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, root, path, &how, sizeof how));
}

/// /proc/self, /proc/mounts and /proc/net are links like others and lie in proc's root, inode 1.
/// All deeper ones are magic: reading their text does not tell where they lead.
bool is_magic(int directory) {
  struct statfs file_system = {};
  struct stat status = {};
  return ::fstatfs(directory, &file_system) == 0 && file_system.f_type == kProcFileSystem &&
         ::fstat(directory, &status) == 0 && status.st_ino != 1;
}

bool is_link(int descriptor) {
  struct stat status = {};
  return ::fstat(descriptor, &status) == 0 && S_ISLNK(status.st_mode);
}

/// Where the walk stands: the directories from the root to here, with their names.
struct Step {
  Descriptor directory;
  std::string name;
};

}  // namespace

Resolution best_resolution() {
  const Descriptor probe(call_openat2(AT_FDCWD, ".", O_PATH | O_CLOEXEC));
  return probe.valid() ? Resolution::Kernel : Resolution::Components;
}

std::string tidy_path(std::string_view path) {
  std::string out;
  for (const std::string_view part : base::split(path, '/')) {
    if (part.empty() || part == ".") continue;
    out += '/';
    out += part;
  }
  return out.empty() ? "/" : out;
}

Descriptor walk_in_root(int root, std::string_view path, std::string& resolved) {
  if (path.size() >= PATH_MAX || path.find('\0') != std::string_view::npos) {
    errno = path.size() >= PATH_MAX ? ENAMETOOLONG : ENOENT;
    return {};
  }
  std::deque<std::string> pending;
  push_components(pending, path);
  std::vector<Step> steps;
  Descriptor last;  // what the path names if it is no directory
  int links = 0;
  while (!pending.empty()) {
    const std::string name = std::move(pending.front());
    pending.pop_front();
    if (last.valid()) {
      errno = ENOTDIR;
      return {};
    }
    if (name == "..") {
      if (!steps.empty()) steps.pop_back();
      continue;
    }
    const int here = steps.empty() ? root : steps.back().directory.get();
    Descriptor next(::openat(here, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!next.valid()) return {};
    if (is_link(next.get())) {
      std::array<char, PATH_MAX> target{};
      const ssize_t length = ::readlinkat(next.get(), "", target.data(), target.size());
      if (length < 0) return {};
      if (++links > kMaximumLinks || is_magic(here) || pending.size() > kMaximumComponents) {
        errno = ELOOP;
        return {};
      }
      const std::string_view text(target.data(), static_cast<std::size_t>(length));
      if (text.starts_with('/')) steps.clear();
      push_components(pending, text);
      continue;
    }
    struct stat status = {};
    if (::fstat(next.get(), &status) != 0) return {};
    if (S_ISDIR(status.st_mode)) {
      steps.push_back({std::move(next), name});
    } else {
      last = std::move(next);
      steps.push_back({{}, name});
    }
  }
  resolved.clear();
  for (const Step& step : steps) resolved += "/" + step.name;
  if (resolved.empty()) resolved = "/";
  if (last.valid()) return last;
  if (steps.empty()) return Descriptor(::openat(root, ".", O_PATH | O_CLOEXEC));
  return std::move(steps.back().directory);
}

Descriptor open_in_root(int root, std::string_view path, int flags, Resolution resolution) {
  flags |= O_CLOEXEC;
  if ((flags & O_PATH) == 0) flags |= O_NOCTTY;
  if (resolution == Resolution::Kernel) {
    const std::string text(path);
    // EAGAIN: something was renamed meanwhile, and the kernel would not vouch for "..".
    for (int attempt = 0; attempt < 8; ++attempt) {
      Descriptor found(call_openat2(root, text.c_str(), flags));
      if (found.valid() || errno != EAGAIN) return found;
    }
  }
  std::string resolved;
  Descriptor place = walk_in_root(root, path, resolved);
  if (!place.valid() || (flags & O_PATH) != 0) return place;
  // The descriptor names a file without opening it; its entry under its parent is opened again and
  // must still be the same file.
  struct stat before = {};
  struct stat after = {};
  if (::fstat(place.get(), &before) != 0) return {};
  if (S_ISDIR(before.st_mode)) return Descriptor(::openat(place.get(), ".", flags));
  const std::size_t slash = resolved.rfind('/');
  std::string parent_path;
  const Descriptor parent = walk_in_root(root, resolved.substr(0, slash), parent_path);
  if (!parent.valid()) return {};
  Descriptor opened(::openat(parent.get(), resolved.c_str() + slash + 1, flags | O_NOFOLLOW));
  if (!opened.valid() || ::fstat(opened.get(), &after) != 0) return {};
  if (before.st_ino != after.st_ino || before.st_dev != after.st_dev) {
    errno = ENOENT;
    return {};
  }
  return opened;
}

}  // namespace vigil::tree
