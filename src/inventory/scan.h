// From a tree to what is installed in it.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "inventory/cataloger.h"
#include "inventory/inventory.h"
#include "tree/view.h"

namespace vigil::inventory {

struct ScanOptions {
  /// Empty means all.
  std::span<const Cataloger* const> catalogers;
  /// Walk the whole tree for patterns that match anywhere. Without it only fixed places are looked
  /// at.
  bool walk = true;
  tree::WalkLimits limits;
  /// Told of every file before it is read: whom to blame for a crash. May be empty.
  std::function<void(std::string_view path)> reading;
  /// Asked now and then; true ends the scan with what was found so far. May be empty.
  std::function<bool()> stopping;
  /// Files not to be read, because reading them failed before: each becomes a problem.
  std::set<std::string, std::less<>> passed_over;
};

/// The operating system and the packages. Files at fixed places are opened directly; the tree is
/// walked only if a cataloguer has a pattern that matches anywhere. A file is read once for all
/// cataloguers that want it, and under one of its names (merged /usr) only. The result depends on
/// the tree only, not on the order of its directories.
Inventory scan_tree(const tree::View& view, const ScanOptions& options = {});

}  // namespace vigil::inventory
