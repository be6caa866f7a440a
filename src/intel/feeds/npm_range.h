// Ranges as npm writes them: "^1.2.3 || 2.x", "~0.1", ">=1.0.0 <2", "1.0 - 1.4".
#pragma once

#include <string_view>

#include "base/result.h"
#include "intel/feeds/intervals.h"

namespace vigil::intel::feeds {

/// The versions a range of node-semver allows, prereleases included
/// (https://github.com/npm/node-semver#ranges). An error for what is no range.
///
/// Beyond node-semver: an alternative that no version satisfies ("<1.0.0 >2.0.0", "<0.0.0") is left
/// out, an empty set is no error.
Result<IntervalSet> npm_range(const version::Scheme& scheme, std::string_view text);

}  // namespace vigil::intel::feeds
