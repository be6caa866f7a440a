#include "intel/feed_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace vigil::intel {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 32;

/// What downloads leave beside the files they fetch.
bool is_bookkeeping(const fs::path& path) {
  const std::string suffix = path.extension().string();
  return suffix == ".validators" || suffix == ".part" || suffix == ".from";
}

class Visited {
 public:
  /// False if this directory was seen before, under any name.
  bool enter(const std::string& directory) {
    struct stat status{};
    return ::stat(directory.c_str(), &status) == 0 &&
           seen_.emplace(status.st_dev, status.st_ino).second;
  }

 private:
  std::set<std::pair<dev_t, ino_t>> seen_;
};

}  // namespace

Result<std::vector<FeedFile>> list_feed_files(const std::string& directory,
                                              const std::string& origin) {
  std::error_code error;
  fs::recursive_directory_iterator at(directory, fs::directory_options::follow_directory_symlink,
                                      error);
  if (error) return fail_errno("cannot read the directory", directory, error.value());
  Visited visited;
  visited.enter(directory);
  std::vector<FeedFile> files;
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) return fail_errno("cannot read the directory", directory, error.value());
    if (at->path().filename().string().starts_with('.')) {
      at.disable_recursion_pending();
      continue;
    }
    std::error_code unreadable;
    if (at->is_directory(unreadable)) {
      if (at.depth() >= kDeepest || !visited.enter(at->path().string())) {
        at.disable_recursion_pending();
      }
      continue;
    }
    if (!at->is_regular_file(unreadable) || is_bookkeeping(at->path())) continue;
    files.push_back({at->path().lexically_relative(directory).string(), at->path().string(),
                     at->file_size(unreadable), origin});
  }
  if (error) return fail_errno("cannot read the directory", directory, error.value());
  std::sort(files.begin(), files.end(),
            [](const FeedFile& a, const FeedFile& b) { return a.label < b.label; });
  return files;
}

}  // namespace vigil::intel
