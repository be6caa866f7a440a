// Where else a vulnerability is: from the counters of its assessments and the index behind them, without
// looking at findings of others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/assessment.h"
#include "findings/identity.h"
#include "store/engine.h"

namespace vigil::store {

struct OtherFinding {
  findings::FindingId id;
  std::string region;
  std::string resource_id;
  std::string resource_type;
  std::string name;
  std::optional<double> score;
  findings::Status status = findings::Status::Active;
};

struct OtherFindings {
  std::int64_t total = 0;              ///< exact
  std::vector<OtherFinding> findings;  ///< the highest scores first, at most the limit
};

/// Open findings (ACTIVE, SUPPRESSED) of the same vulnerability on other resources.
Result<OtherFindings> other_findings(Connection& from, std::int64_t account,
                                     const findings::FindingId& of, std::size_t limit);

}  // namespace vigil::store
