// Which package a file belongs to.
//
// All files of 800 packages are 100,000 paths; what processes use is some hundred. So those are put
// into a table first, and the package managers' lists stream past it once.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/cataloger.h"
#include "tree/view.h"

namespace vigil::inventory {

class Owners {
 public:
  /// Adds a path to ask about, as the kernel names it: without links. Returns its number, the same
  /// for the same path.
  std::size_t add(std::string_view path);
  [[nodiscard]] std::size_t size() const { return paths_.size(); }

  /// Reads the lists of the cataloguers. For every number the indexes of the packages that own the
  /// path, ascending; none for files no package manager knows.
  ///
  /// Lists of merged-/usr systems still say /lib/x where the kernel says /usr/lib/x; both are one
  /// where the view's /lib is a link into /usr.
  [[nodiscard]] std::vector<std::vector<std::size_t>> find(
      const tree::View& view, std::span<const model::Package> packages,
      std::span<const Cataloger* const> catalogers) const;

 private:
  std::vector<std::string> paths_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace vigil::inventory
