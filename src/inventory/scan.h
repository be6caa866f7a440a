// From a tree to what is installed in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  /// Leave to the system's packages what belongs to them (ownership.h). Who adds further packages
  /// does it at the end.
  bool leave_owned = true;
  tree::WalkLimits limits;
  /// Walk only these absolute directories; links to them are followed, missing ones passed over.
  /// None means the whole tree. Fixed places are looked at anyway.
  std::vector<std::string> roots;
  /// What the walk may find and how long it may take; then it ends, and that is a problem of the
  /// inventory. 0 means no limit.
  std::size_t package_limit = 0;
  std::chrono::seconds time_limit{0};
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

/// Where programs of a host keep the packages of languages: /usr/lib, /usr/lib64, /usr/local/lib,
/// /usr/local/lib64. Amazon Inspector's deep inspection looks there and at ten directories more that
/// the user names, and stops at 5,000 packages or after 15 minutes
/// (docs.aws.amazon.com/inspector/latest/user/deep-inspection.html).
std::span<const std::string_view> deep_inspection_paths();
inline constexpr std::size_t kDeepInspectionPackages = 5'000;
inline constexpr std::chrono::minutes kDeepInspectionTime{15};

/// A scan within these limits, of those paths and `more`.
ScanOptions deep_inspection(std::span<const std::string> more = {});

}  // namespace vigil::inventory
