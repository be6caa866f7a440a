// Suppression rules brought to the findings that are there: at once when a rule is made, changed or
// deleted, and when its day comes, also after a crash in between (inspector.md 5.1).
//
// The store keeps which rules its findings follow, each with what it says. Whatever differs from the
// rules in force is let go or applied, a page of findings per transaction; work that was interrupted
// is found again because the difference is still there. Findings that are new or change meanwhile
// meet the rules in force at once (estate/ingest.h).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "estate/estate.h"

namespace vigil::estate {

struct RulesApplied {
  std::size_t suppressed = 0;    ///< findings that a rule hides now
  std::size_t unsuppressed = 0;  ///< findings that no rule hides any more
  bool complete = true;          ///< false: time ran out, and the rest is left to the next call
};

/// To be called after any change of an account's filters, and from time to time for rules that expire.
/// Cheap where nothing differs. `budget`: after it no further page is begun.
Result<RulesApplied> apply_rules(Estate& estate, std::int64_t account,
                                 std::chrono::milliseconds budget = std::chrono::seconds(20));

}  // namespace vigil::estate
