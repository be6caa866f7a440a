// The names of a layer's entries as 64-bit hashes: enough to tell whether a layer replaces a file of
// a lower one, in 8 bytes a name.
//
// Two names of equal hash are taken for one. By chance that happens once in 10^13 images; who builds
// an image so on purpose hides a package of it, which leaving the package out of the image's
// databases does as well.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace vigil::inventory {

class NameSet {
 public:
  /// XXH3 of the absolute path without its lowest bit.
  static std::uint64_t hash(std::string_view path);

  /// No more than `limit` names are held; past it the set is not complete.
  void add(std::uint64_t hash, bool is_directory, std::size_t limit);
  /// Once after the last `add`: what was added twice is what it was last.
  void settle();

  [[nodiscard]] bool contains(std::uint64_t hash) const;
  /// As something that is no directory.
  [[nodiscard]] bool contains_file(std::uint64_t hash) const;
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] std::size_t size() const { return hashes_.size(); }

  /// Ascending; the lowest bit is set of directories.
  [[nodiscard]] const std::vector<std::uint64_t>& raw() const { return hashes_; }
  /// False unless they ascend.
  static bool from_raw(std::vector<std::uint64_t> hashes, bool complete, NameSet& out);

 private:
  std::vector<std::uint64_t> hashes_;
  bool complete_ = true;
};

}  // namespace vigil::inventory
