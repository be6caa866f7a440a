// An account in numbers, from the counters of its assessments: a few ten thousand rows, however many
// findings there are.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/engine.h"
#include "store/severity_counts.h"

namespace vigil::store {

struct Posture {
  SeverityCounts active;
  std::int64_t suppressed = 0;
  std::int64_t exploitable = 0;      ///< ACTIVE, an exploit is known
  std::int64_t fixable = 0;          ///< ACTIVE, a fix is there, if for some of its packages only
  std::int64_t known_exploited = 0;  ///< ACTIVE, in CISA's catalogue
  std::int64_t overdue = 0;          ///< of these, whose day has passed (UTC)
  std::int64_t due_soon = 0;         ///< of these, whose day is today or within 14 days
  std::int64_t risk = 0;             ///< weights of the ACTIVE ones (findings/weight.h)
};

Result<Posture> posture(Connection& from, std::int64_t account, std::int64_t now);

}  // namespace vigil::store
