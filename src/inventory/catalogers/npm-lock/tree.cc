#include "inventory/catalogers/npm-lock/tree.h"

namespace vigil::inventory::npm_lock {
namespace {

constexpr std::string_view kFolder = "node_modules/";
/// A lock file of 20,000 packages needs a hundredth of it.
constexpr std::uint64_t kMaximumLooks = std::uint64_t{2} << 30;

}  // namespace

std::size_t Tree::enter(std::size_t parent, std::string_view name, char kind) {
  const auto [found, is_new] = index_.try_emplace(Key{parent, name, kind}, places_.size());
  if (is_new) places_.push_back({parent, kNone, false});
  return found->second;
}

std::size_t Tree::at(std::string_view key) {
  std::size_t place = kRoot;
  while (!key.empty()) {
    if (key.starts_with(kFolder)) {
      key.remove_prefix(kFolder.size());
      const std::size_t end = key.find("/node_modules/");
      place = in(place, key.substr(0, end));
      key = end == std::string_view::npos ? std::string_view() : key.substr(end + 1);
    } else {
      const std::size_t end = key.find("/node_modules/");
      place = enter(place, key.substr(0, end), '.');
      places_[place].own = true;
      key = end == std::string_view::npos ? std::string_view() : key.substr(end + 1);
    }
  }
  return place;
}

std::size_t Tree::find(std::size_t from, std::string_view name) {
  for (std::size_t place = from; place != kNone; place = places_[place].parent) {
    looked_at_ += name.size() + 16;
    if (looked_at_ > kMaximumLooks) return kNone;
    const auto found = index_.find(Key{place, name, '/'});
    if (found != index_.end()) return found->second;
  }
  return kNone;
}

}  // namespace vigil::inventory::npm_lock
