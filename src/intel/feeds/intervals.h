// Sets of versions as sorted intervals: what advisories that list conditions ("~> 1.2", "<2.0 ||
// >=3.0 <3.1", "patched in ...") are computed with before they become ranges.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intel/feed.h"
#include "version/scheme.h"

namespace vigil::intel::feeds {

/// A cut in the order of versions: before `version`, or directly behind it.
struct Cut {
  std::string version;
  bool after = false;
  version::Key key;  ///< with one zero byte behind it if `after`: cuts compare as their keys
};

/// An error if the scheme refuses the version.
Result<Cut> cut_before(const version::Scheme& scheme, std::string_view version);
Result<Cut> cut_after(const version::Scheme& scheme, std::string_view version);

/// The versions between two cuts; without one, from the beginning or without end.
struct Interval {
  std::optional<Cut> low;
  std::optional<Cut> high;
  /// Of affected versions: `high` is a release with the fix. Of safe ones: `low` is.
  bool fixed = false;
};

/// Sorted by their beginnings, without common versions, none empty.
using IntervalSet = std::vector<Interval>;

/// The versions in both; nothing if there is none.
std::optional<Interval> common(const Interval& a, const Interval& b);
/// The same versions as the list, in whatever order it is: what overlaps or touches becomes one.
IntervalSet united(std::vector<Interval> list);
/// What is left of `set` without the versions of `safe`. Where a piece ends at the beginning of a
/// safe interval, it is `fixed` if that one is.
IntervalSet without(const IntervalSet& set, const IntervalSet& safe);

std::vector<Range> to_ranges(const IntervalSet& set);
/// Fixed where a fix is known, else Affected.
model::FixState state_of(const IntervalSet& set);

/// Conditions that all hold: "[op] version" with one of = == < <= > >=, separated by commas or
/// blanks. Nothing if no version can satisfy them. An error for anything else.
Result<std::optional<Interval>> conditions(const version::Scheme& scheme, std::string_view text);

}  // namespace vigil::intel::feeds
