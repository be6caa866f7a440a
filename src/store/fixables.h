// Findings that an upgrade would mend, as findings/upgrades.h groups them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/upgrades.h"
#include "store/engine.h"

namespace vigil::store {

/// Assessments with ACTIVE findings and a known fix.
struct Fixables {
  std::vector<findings::Fixable> fixables;
  std::vector<std::uint64_t> assessments;      ///< of each
  std::vector<std::uint64_t> vulnerabilities;  ///< of each
};
Result<Fixables> fixables(Connection& from, std::int64_t account);

/// Names of vulnerabilities, ascending.
Result<std::vector<std::string>> vulnerability_names(Connection& from, std::int64_t account,
                                                     std::span<const std::uint64_t> keys);

/// On how many different resources findings of these assessments are ACTIVE, and the id of one of them.
/// The cost is that of reading so many rows of an index as there are findings.
struct Reach {
  std::int64_t resources = 0;
  std::string resource_id;
};
Result<Reach> reach(Connection& from, std::int64_t account,
                    std::span<const std::uint64_t> assessments);

}  // namespace vigil::store
