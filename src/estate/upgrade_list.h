// What to fix first, over all resources of an account.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/filter.h"
#include "findings/upgrades.h"
#include "store/engine.h"

namespace vigil::estate {

struct ListedUpgrade {
  findings::Upgrade upgrade;
  /// How many it concerns. Exact while the upgrades up to this one mend no more than kFindingsRead
  /// findings, or where one vulnerability is all it mends; else at least so many.
  std::int64_t resources = 0;
  std::string resource_id;  ///< where it is only one, and that was read
  findings::Filter filter;  ///< shows what it mends (findings/upgrade_filter.h)
};

inline constexpr std::int64_t kFindingsRead = 40'000;

/// Those that remove most risk, at most `limit`. Findings are counted by the assessments they share; only
/// to count resources they are read themselves, which is why that has a bound. `clean` as in upgrades_of.
Result<std::vector<ListedUpgrade>> list_upgrades(store::Connection& from, std::int64_t account,
                                                 std::size_t limit,
                                                 const findings::CleanVersion& clean);

}  // namespace vigil::estate
