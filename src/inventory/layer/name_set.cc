#include "inventory/layer/name_set.h"

#include <algorithm>

#include "base/hash.h"

namespace vigil::inventory {

std::uint64_t NameSet::hash(std::string_view path) {
  return base::xxh3_64(path) & ~std::uint64_t{1};
}

void NameSet::add(std::uint64_t hash, bool is_directory, std::size_t limit) {
  if (hashes_.size() >= limit) {
    complete_ = false;
    return;
  }
  // Pages are touched as they are filled; growing by copying would need half as much again.
  if (hashes_.empty()) hashes_.reserve(limit);
  hashes_.push_back(hash | (is_directory ? 1U : 0U));
}

void NameSet::settle() {
  // Of one name given as a directory and as a file the file counts: it hides more.
  std::sort(hashes_.begin(), hashes_.end());
  const auto same_name = [](std::uint64_t a, std::uint64_t b) { return (a ^ b) <= 1; };
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end(), same_name), hashes_.end());
  if (hashes_.size() < hashes_.capacity() / 2) hashes_.shrink_to_fit();
}

bool NameSet::contains(std::uint64_t hash) const {
  const auto found = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
  return found != hashes_.end() && (*found ^ hash) <= 1;
}

bool NameSet::contains_file(std::uint64_t hash) const {
  return std::binary_search(hashes_.begin(), hashes_.end(), hash);
}

bool NameSet::from_raw(std::vector<std::uint64_t> hashes, bool complete, NameSet& out) {
  if (!std::is_sorted(hashes.begin(), hashes.end())) return false;
  out.hashes_ = std::move(hashes);
  out.complete_ = complete;
  return true;
}

}  // namespace vigil::inventory
