// The life of findings as a pure function (inspector.md 5.1): what is known of a resource, what was
// found on it now, which rules suppress; out come the changes, and nothing else happens here.
//
//   ACTIVE      found, and no suppression rule matches
//   SUPPRESSED  found, and a rule matches: still tracked, closes when fixed
//   CLOSED      no longer found; deleted 30 days later, or 3 days later if the resource itself is
//               gone or no longer eligible; found again within 7 days of closing it is the same
//               finding again, later it is a new one with a new first observation
//
// An unchanged rescan gives no change at all: when a resource was last observed is the resource's
// own fact, not its findings'.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "findings/assessment.h"

namespace vigil::findings {

struct Retention {
  std::int64_t reopen = 7 * 86400;         ///< seconds after closing
  std::int64_t closed = 30 * 86400;        ///< until deletion of what was remediated
  std::int64_t resource_gone = 3 * 86400;  ///< until deletion when the resource went
};

/// A finding as the store has it. `rule` is the suppression rule that hides it, 0 for none.
struct Known {
  std::uint64_t vulnerability = 0;
  std::uint64_t assessment = 0;
  Status status = Status::Active;
  std::uint64_t rule = 0;
  std::int64_t first_observed = 0;
  std::int64_t last_observed = 0;  ///< 0 while open
  std::int64_t updated = 0;
  std::int64_t closed = 0;
  std::int64_t delete_after = 0;
};

/// A finding of this scan. Which rule hides it (0: none) is asked once per new or changed finding and
/// whenever `rules_changed`.
struct Seen {
  std::uint64_t vulnerability = 0;
  std::uint64_t assessment = 0;
};

enum class ChangeKind : std::uint8_t { Open, Update, Suppress, Unsuppress, Close, Reopen, Delete };

struct Change {
  ChangeKind kind = ChangeKind::Open;
  Known before;  ///< of Open: empty
  Known after;   ///< of Delete: empty but for the vulnerability
};

enum class Presence : std::uint8_t { Present, Gone };  ///< Gone: terminated, excluded, expired

struct Situation {
  std::int64_t now = 0;
  std::int64_t observed = 0;  ///< when the resource was last seen before now: a closed finding's
                              ///< last observation; 0 for the first scan
  Presence presence = Presence::Present;
  bool rules_changed = false;
  Retention retention;
};

/// The rule that hides a finding with this first observation, or 0.
using RuleOf = std::function<std::uint64_t(const Seen& seen, const FindingState& state)>;

/// `known` and `seen` ascending by vulnerability. The changes are in that order.
std::vector<Change> reconcile(std::span<const Known> known, std::span<const Seen> seen,
                              const RuleOf& rule_of, const Situation& situation);

}  // namespace vigil::findings
