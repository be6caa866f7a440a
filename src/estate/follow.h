// Stored resources made to follow assessments: what a refresh of intelligence, a scan type turned on
// and a resource that went have in common. Everything here runs in the caller's transaction.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "estate/assessor.h"
#include "estate/coverage.h"
#include "estate/estate.h"
#include "store/inventory.h"

namespace vigil::estate {

struct Follow {
  std::int64_t account = 0;
  std::uint64_t profile = 0;
  const Assessments* assessments = nullptr;
  /// Ascending: only findings of these vulnerabilities are looked at, and `assessments` holds no
  /// others. Null: all.
  const std::vector<std::uint64_t>* vulnerabilities = nullptr;
  Coverage coverage;
  /// Resources that were removed are passed over, but for those whose status has this reason.
  std::string_view revives;
};

struct Followed {
  std::size_t resources = 0;  ///< that had the profile
  std::size_t changes = 0;    ///< of findings
};

/// Resources that have another profile by now are passed over: who gave it to them has seen to their
/// findings.
Result<Followed> follow(Estate& estate, store::Connection& to, const Follow& what,
                        std::span<const std::uint64_t> resources);

/// Closes the findings of resources that are no longer to be scanned and says why in their coverage.
/// They are deleted `retention` seconds later.
Result<Followed> close_findings(Estate& estate, store::Connection& to, std::int64_t account,
                                std::span<const store::ResourceRow> resources,
                                const Coverage& coverage, std::int64_t retention);

/// The status of a resource and the event that tells of it, if it is another one.
Result<void> put_coverage(store::Connection& to, const store::ResourceRow& row,
                          const Coverage& coverage, std::int64_t removed, std::int64_t now);

}  // namespace vigil::estate
