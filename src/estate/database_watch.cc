#include "estate/database_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "inventory/cataloger.h"

namespace vigil::estate {
namespace {

/// Package managers write beside the database and rename, or write into it.
constexpr std::uint32_t kChanges = IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_CREATE | IN_DELETE;

std::string below(const std::string& root, std::string_view path) {
  return (root == "/" ? std::string() : root) + std::string(path);
}

}  // namespace

DatabaseWatch::DatabaseWatch(const std::string& root)
    : inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  for (const inventory::Cataloger* cataloger : inventory::all_catalogers()) {
    for (const inventory::Pattern& pattern : cataloger->patterns) {
      if (!pattern.directory.empty()) places_[below(root, pattern.directory)].names = {""};
      if (pattern.path.empty()) continue;
      const std::size_t slash = pattern.path.rfind('/');
      // rpm's databases have a journal beside them that begins with their name.
      places_[below(root, pattern.path.substr(0, std::max<std::size_t>(slash, 1)))].names.emplace(
          pattern.path.substr(slash + 1));
    }
  }
  look_again();
}

DatabaseWatch::~DatabaseWatch() {
  if (inotify_ >= 0) ::close(inotify_);
}

void DatabaseWatch::look_again() {
  if (inotify_ < 0) return;
  for (const auto& [directory, place] : places_) {
    const int number =
        ::inotify_add_watch(inotify_, directory.c_str(), kChanges | IN_ONLYDIR | IN_MASK_ADD);
    if (number >= 0) watched_[number] = &place;
  }
}

bool DatabaseWatch::take_changes() {
  bool changed = false;
  alignas(inotify_event) std::array<char, 16 * 1024> buffer{};
  for (;;) {
    const ssize_t size = ::read(inotify_, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return changed;
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      at += sizeof(inotify_event) + event->len;
      if ((event->mask & IN_Q_OVERFLOW) != 0) changed = true;
      const auto watched = watched_.find(event->wd);
      if (watched == watched_.end() || event->len == 0) continue;
      const std::string_view name(event->name);
      const auto& names = watched->second->names;
      changed = changed || std::any_of(names.begin(), names.end(), [&](const std::string& known) {
                  return name.starts_with(known);
                });
    }
  }
}

}  // namespace vigil::estate
