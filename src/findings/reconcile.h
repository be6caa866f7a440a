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
//
// `updated` moves when what the finding itself says moves: its status, or its assessment (packages,
// fixes, score and severity, whether exploits are known; findings/assessment.h). It does not move when
// only the shared text of the vulnerability does (description, references, ratings, EPSS, dates of
// known exploitation), nor when another rule takes over hiding it: that would be an event for each
// finding every time EPSS is computed anew, which is every day, and nobody has anything to do.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "findings/assessment.h"

namespace vigil::findings {

struct Retention {
  std::int64_t reopen = std::int64_t{7} * 86400;         ///< seconds after closing
  std::int64_t closed = std::int64_t{30} * 86400;        ///< until deletion of what was remediated
  std::int64_t resource_gone = std::int64_t{3} * 86400;  ///< until deletion when the resource went
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

/// A finding of this scan.
struct Seen {
  std::uint64_t vulnerability = 0;
  std::uint64_t assessment = 0;
};

enum class ChangeKind : std::uint8_t { Open, Update, Suppress, Unsuppress, Close, Reopen, Delete };

/// The kind says what happened to the status; the assessment may have changed with it (Suppress,
/// Unsuppress, Reopen) or alone (Update).
struct Change {
  ChangeKind kind = ChangeKind::Open;
  /// The row as it is. Of Open: empty, or the closed finding (before.closed is not 0) whose row the new
  /// one takes. Of Suppress it may be suppressed already: another rule hides it now.
  Known before;
  Known after;  ///< the row as it will be; of Delete: empty but for the vulnerability
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

/// The rule that hides a finding, or 0. Asked for every finding that is new, reopened or newly assessed,
/// and for every open one when `rules_changed`. The state is the finding's without any rule: ACTIVE,
/// observed now. (A rule about `updated` sees the time before its own change of it.)
using RuleOf = std::function<std::uint64_t(const Seen& seen, const FindingState& state)>;

/// `known` and `seen` ascending by vulnerability; of equal ones in `seen` the first counts. What is
/// seen on a resource that is gone does not count. At most one change for each vulnerability, in that
/// order; applied, they leave nothing to change at the same time.
std::vector<Change> reconcile(std::span<const Known> known, std::span<const Seen> seen,
                              const RuleOf& rule_of, const Situation& situation);

}  // namespace vigil::findings
