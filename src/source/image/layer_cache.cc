#include "source/image/layer_cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <vector>

#include "base/build_id.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/program.h"
#include "base/write_all.h"
#include "inventory/layer/layer_format.h"
#include "source/image/manifest.h"

namespace vigil::source {
namespace {

constexpr std::uint64_t kLargestResult = std::uint64_t{1} << 30;
/// A file that is being written for so long belongs to a process that died.
constexpr std::int64_t kAbandoned = 24 * 60 * 60;

struct Kept {
  std::string path;
  std::uint64_t size;
  std::int64_t used;  ///< seconds
};

/// The files in the cache's directories of two hexadecimal digits.
std::vector<Kept> list(const std::string& directory) {
  std::vector<Kept> out;
  const auto each = [](const std::string& folder, const auto& visit) {
    DIR* const handle = ::opendir(folder.c_str());
    if (handle == nullptr) return;
    while (const dirent* const entry = ::readdir(handle)) {
      if (entry->d_name[0] != '.') visit(folder + "/" + entry->d_name);
    }
    ::closedir(handle);
  };
  each(directory, [&](const std::string& folder) {
    if (folder.size() - directory.size() != 3) return;
    each(folder, [&](const std::string& path) {
      struct stat status = {};
      if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
      out.push_back({path, static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec});
    });
  });
  return out;
}

}  // namespace

std::string layer_fingerprint(std::span<const inventory::Cataloger* const> catalogers) {
  std::string text(base::program_version());
  const auto add = [&](std::string_view part) {
    text += '\n';
    text += part;
  };
  add(base::build_id());
  const auto patterns = [&](std::span<const inventory::Pattern> list) {
    for (const inventory::Pattern& pattern : list) {
      add(pattern.path);
      add(pattern.name);
      add(pattern.suffix);
      add(pattern.directory);
      add(pattern.program ? "program" : "");
    }
  };
  for (const inventory::Cataloger* cataloger : catalogers) {
    add(cataloger->name);
    add(std::to_string(cataloger->limit));
    patterns(cataloger->patterns);
    patterns(cataloger->companions);
  }
  return base::hex(base::xxh3_128(text)).substr(0, 16);
}

LayerCache::LayerCache(std::string directory,
                       std::span<const inventory::Cataloger* const> catalogers, std::uint64_t limit)
    : directory_(directory.empty() ? std::string() : std::move(directory) + "/layers"),
      fingerprint_(
          layer_fingerprint(catalogers.empty() ? inventory::all_catalogers() : catalogers)),
      limit_(limit) {}

std::string LayerCache::key(std::string_view diff_id,
                            std::span<const inventory::AlsoLook> also) const {
  if (directory_.empty() || !is_digest(diff_id)) return {};
  std::string key(diff_id.substr(diff_id.find(':') + 1));
  key += "-" + fingerprint_;
  if (also.empty()) return key;
  std::vector<inventory::AlsoLook> sorted(also.begin(), also.end());
  std::sort(sorted.begin(), sorted.end());
  std::string text;
  for (const inventory::AlsoLook& look : sorted) {
    for (const std::string* part : {&look.path, &look.name, &look.as}) text += *part + '\0';
  }
  return key + "-" + base::hex(base::xxh3_128(text)).substr(0, 16);
}

std::string LayerCache::path(const std::string& key) const {
  return directory_ + "/" + key.substr(0, 2) + "/" + key;
}

std::optional<inventory::Layer> LayerCache::find(const std::string& key) const {
  if (key.empty()) return std::nullopt;
  const auto bytes = base::read_file(path(key), kLargestResult);
  if (!bytes) return std::nullopt;
  auto layer = inventory::parse_layer(*bytes);
  if (!layer) return std::nullopt;
  // Used now; where that cannot be written down it is only removed earlier.
  ::utimensat(AT_FDCWD, path(key).c_str(), nullptr, 0);
  return std::move(*layer);
}

tree::Descriptor LayerCache::lock(const std::string& key) const {
  if (key.empty() || !base::make_directories(directory_ + "/locks")) return {};
  const std::string name = directory_ + "/locks/" + key.substr(0, 2);
  tree::Descriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  while (file.valid() && ::flock(file.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return {};
  }
  return file;
}

void LayerCache::keep(const std::string& key, std::string_view bytes) const {
  if (key.empty() || bytes.size() > limit_) return;
  const std::string place = path(key);
  if (!base::make_directories(place.substr(0, place.rfind('/')))) return;
  static std::atomic<unsigned> count{0};
  const std::string temporary =
      place + ".new-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
  const tree::Descriptor file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return;
  // Not synced: what a power cut damages has a wrong checksum.
  if (!base::write_all(file.get(), bytes, temporary) ||
      ::rename(temporary.c_str(), place.c_str()) != 0) {
    ::unlink(temporary.c_str());
  }
}

void LayerCache::trim() const {
  if (directory_.empty()) return;
  std::vector<Kept> files = list(directory_);
  timespec now = {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  std::uint64_t total = 0;
  std::erase_if(files, [&](const Kept& file) {
    const bool unfinished = file.path.find(".new-") != std::string::npos;
    if (unfinished && now.tv_sec - file.used > kAbandoned) ::unlink(file.path.c_str());
    if (!unfinished) total += file.size;
    return unfinished;
  });
  if (total <= limit_) return;
  std::sort(files.begin(), files.end(),
            [](const Kept& a, const Kept& b) { return a.used < b.used; });
  // Somewhat further, so that the next result does not trim again.
  const std::uint64_t target = limit_ - limit_ / 10;
  for (const Kept& file : files) {
    if (total <= target) return;
    if (::unlink(file.path.c_str()) == 0) total -= file.size;
  }
}

}  // namespace vigil::source
