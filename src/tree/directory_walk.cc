#include "tree/directory_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "tree/directory_reader.h"

namespace vigil::tree {
namespace {

Kind kind_of_type(unsigned char type) {
  switch (type) {
    case DT_REG:
      return Kind::File;
    case DT_DIR:
      return Kind::Directory;
    case DT_LNK:
      return Kind::Link;
    default:
      return Kind::Other;
  }
}

/// Fills in size and mode of what is still a regular file.
void ask_status(int directory, const char* name, Entry& entry) {
  struct stat status = {};
  if (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (!S_ISREG(status.st_mode)) return;
  entry.size = static_cast<std::uint64_t>(status.st_size);
  entry.mode = status.st_mode & 07777U;
}

Kind kind_by_stat(int directory, const char* name) {
  struct stat status = {};
  if (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return Kind::Other;
  return S_ISREG(status.st_mode)   ? Kind::File
         : S_ISDIR(status.st_mode) ? Kind::Directory
         : S_ISLNK(status.st_mode) ? Kind::Link
                                   : Kind::Other;
}

struct Level {
  DirectoryReader reader;
  std::size_t path_length;  ///< of the directory, without a slash at the end
  dev_t device;
};

class Walk {
 public:
  Walk(const WalkLimits& limits, const std::function<bool(std::string_view)>& wants_status,
       const std::function<bool(const Entry&)>& visit,
       const std::function<void(std::string, std::string)>& problem)
      : limits_(limits), wants_status_(wants_status), visit_(visit), problem_(problem) {}

  Result<void> run(int root) {
    if (!enter(root, ".")) return ok();
    while (!levels_.empty()) {
      Level& level = levels_.back();
      entry_.path.resize(level.path_length);
      const std::optional<DirectoryReader::Item> item = level.reader.next();
      if (!item) {
        if (const int error = level.reader.error(); error != 0) report("cannot list", error);
        levels_.pop_back();
        continue;
      }
      entry_.path += '/';
      entry_.path += item->name;
      entry_.kind = item->type == DT_UNKNOWN ? kind_by_stat(level.reader.descriptor(), item->name)
                                             : kind_of_type(item->type);
      const WalkLimits::Place place = limits_.place(entry_.path);
      if (place != WalkLimits::Place::Inside) {
        if (place == WalkLimits::Place::OnTheWay && entry_.kind == Kind::Directory) {
          enter(level.reader.descriptor(), item->name);
        }
        continue;
      }
      if (++count_ > limits_.entries) {
        return fail("the tree has more than " + std::to_string(limits_.entries) + " entries",
                    entry_.path, "scan a part of it", ErrorCode::TooLarge);
      }
      entry_.size = 0;
      entry_.mode = 0;
      if (entry_.kind == Kind::File && wants_status_ && wants_status_(entry_.path)) {
        ask_status(level.reader.descriptor(), item->name, entry_);
      }
      if (!visit_(entry_)) return ok();
      if (entry_.kind == Kind::Directory) enter(level.reader.descriptor(), item->name);
    }
    return ok();
  }

 private:
  void report(const char* what, int error) {
    problem_(entry_.path.empty() ? "/" : entry_.path,
             std::string(what) + ": " + std::strerror(error));
  }

  /// Puts the directory that entry_.path names on the stack, unless it is left out.
  bool enter(int parent, const char* name) {
    if (std::find(limits_.excluded.begin(), limits_.excluded.end(), entry_.path) !=
        limits_.excluded.end()) {
      return false;
    }
    if (levels_.size() >= limits_.depth) {
      problem_(entry_.path,
               "deeper than " + std::to_string(limits_.depth) + " folders: not entered");
      return false;
    }
    Descriptor directory(
        ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!directory.valid()) {
      if (errno != ENOENT) report("cannot open", errno);  // ENOENT: removed meanwhile
      return false;
    }
    struct stat status = {};
    if (::fstat(directory.get(), &status) != 0) {
      report("cannot look into", errno);
      return false;
    }
    const bool other_device = !levels_.empty() && status.st_dev != levels_.back().device;
    if (other_device && !enters_device(directory.get())) return false;
    if (buffers_.size() == levels_.size()) {
      buffers_.push_back(std::make_unique<char[]>(DirectoryReader::kBufferSize));
    }
    const std::span<char> buffer(buffers_[levels_.size()].get(), DirectoryReader::kBufferSize);
    levels_.push_back(
        {DirectoryReader(std::move(directory), buffer), entry_.path.size(), status.st_dev});
    return true;
  }

  bool enters_device(int directory) {
    if (!limits_.cross_devices) return false;
    struct statfs file_system = {};
    if (::fstatfs(directory, &file_system) != 0) return true;
    if (is_pseudo_file_system(file_system.f_type)) return false;
    if (is_network_file_system(file_system.f_type)) {
      problem_(entry_.path, "a network or user-space file system: not entered");
      return false;
    }
    return true;
  }

  const WalkLimits& limits_;
  const std::function<bool(std::string_view)>& wants_status_;
  const std::function<bool(const Entry&)>& visit_;
  const std::function<void(std::string, std::string)>& problem_;
  std::vector<Level> levels_;
  std::vector<std::unique_ptr<char[]>> buffers_;  ///< one for each depth reached, used again
  Entry entry_;
  std::uint64_t count_ = 0;
};

// Not in every version of <linux/magic.h>; from the kernel's sources and statfs(2).
constexpr long kConfigFs = 0x62656570;
constexpr long kFuseControl = 0x65735543;
constexpr long kMessageQueue = 0x19800202;
constexpr long kRpcPipe = 0x67596969;
constexpr long kFuse = 0x65735546;
constexpr long kCifs = 0xFF534D42;
constexpr long kSmb2 = 0xFE534D42;
constexpr long kCeph = 0x00C36400;
constexpr long kPlan9 = 0x01021997;
constexpr long kLustre = 0x0BD00BD0;
constexpr long kGpfs = 0x47504653;
constexpr long kAutoFs = 0x0187;

}  // namespace

Result<void> walk_directory(int root, const WalkLimits& limits,
                            const std::function<bool(std::string_view)>& wants_status,
                            const std::function<bool(const Entry&)>& visit,
                            const std::function<void(std::string, std::string)>& problem) {
  return Walk(limits, wants_status, visit, problem).run(root);
}

bool is_pseudo_file_system(long type) {
  switch (type) {
    case PROC_SUPER_MAGIC:
    case SYSFS_MAGIC:
    case CGROUP_SUPER_MAGIC:
    case CGROUP2_SUPER_MAGIC:
    case DEBUGFS_MAGIC:
    case TRACEFS_MAGIC:
    case SECURITYFS_MAGIC:
    case SELINUX_MAGIC:
    case DEVPTS_SUPER_MAGIC:
    case PSTOREFS_MAGIC:
    case EFIVARFS_MAGIC:
    case BPF_FS_MAGIC:
    case HUGETLBFS_MAGIC:
    case BINFMTFS_MAGIC:
    case NSFS_MAGIC:
    case kConfigFs:
    case kFuseControl:
    case kMessageQueue:
    case kRpcPipe:
      return true;
    default:
      return false;
  }
}

bool is_network_file_system(long type) {
  switch (type) {
    case NFS_SUPER_MAGIC:
    case SMB_SUPER_MAGIC:
    case AFS_SUPER_MAGIC:
    case CODA_SUPER_MAGIC:
    case kFuse:
    case kCifs:
    case kSmb2:
    case kCeph:
    case kPlan9:
    case kLustre:
    case kGpfs:
    case kAutoFs:
      return true;
    default:
      return false;
  }
}

}  // namespace vigil::tree
