#include "findings/reconcile.h"

namespace vigil::findings {
namespace {

class Reconciler {
 public:
  Reconciler(const RuleOf& rule_of, const Situation& situation)
      : rule_of_(rule_of), situation_(situation) {}

  void seen_only(const Seen& seen) { open(Known{}, seen); }

  void known_only(const Known& known) {
    if (known.status != Status::Closed) {
      close(known);
    } else if (has_expired(known)) {
      Known after;
      after.vulnerability = known.vulnerability;
      add(ChangeKind::Delete, known, after);
    }
  }

  void both(const Known& known, const Seen& seen) {
    if (known.status != Status::Closed) {
      keep(known, seen);
    } else if (has_expired(known) || situation_.now - known.closed > situation_.retention.reopen) {
      open(known, seen);
    } else {
      reopen(known, seen);
    }
  }

  std::vector<Change> take() { return std::move(changes_); }

 private:
  /// Deleted as far as anybody should see, even if nobody has come round to it yet.
  [[nodiscard]] bool has_expired(const Known& known) const {
    return known.delete_after != 0 && known.delete_after <= situation_.now;
  }

  void hide_or_show(Known& finding, const Seen& seen) const {
    const FindingState state = {Status::Active, finding.first_observed, situation_.now,
                                finding.updated};
    finding.rule = rule_of_ ? rule_of_(seen, state) : 0;
    finding.status = finding.rule == 0 ? Status::Active : Status::Suppressed;
  }

  void open(const Known& before, const Seen& seen) {
    Known after;
    after.vulnerability = seen.vulnerability;
    after.assessment = seen.assessment;
    after.first_observed = after.updated = situation_.now;
    hide_or_show(after, seen);
    add(ChangeKind::Open, before, after);
  }

  void keep(const Known& before, const Seen& seen) {
    Known after = before;
    after.assessment = seen.assessment;
    const bool is_changed = before.assessment != after.assessment;
    if (!is_changed && !situation_.rules_changed) return;
    if (is_changed) after.updated = situation_.now;
    hide_or_show(after, seen);
    if (before.status != after.status) {
      after.updated = situation_.now;
      add(after.status == Status::Suppressed ? ChangeKind::Suppress : ChangeKind::Unsuppress,
          before, after);
    } else if (is_changed) {
      add(ChangeKind::Update, before, after);
    } else if (before.rule != after.rule) {
      add(ChangeKind::Suppress, before, after);
    }
  }

  void close(const Known& before) {
    const Retention& retention = situation_.retention;
    const bool is_gone = situation_.presence == Presence::Gone;
    Known after = before;
    after.status = Status::Closed;
    after.rule = 0;
    after.last_observed = situation_.observed == 0 ? before.first_observed : situation_.observed;
    after.closed = after.updated = situation_.now;
    after.delete_after = situation_.now + (is_gone ? retention.resource_gone : retention.closed);
    add(ChangeKind::Close, before, after);
  }

  void reopen(const Known& before, const Seen& seen) {
    Known after;
    after.vulnerability = seen.vulnerability;
    after.assessment = seen.assessment;
    after.first_observed = before.first_observed;
    after.updated = situation_.now;
    hide_or_show(after, seen);
    add(ChangeKind::Reopen, before, after);
  }

  void add(ChangeKind kind, const Known& before, const Known& after) {
    changes_.push_back({kind, before, after});
  }

  const RuleOf& rule_of_;
  const Situation& situation_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> reconcile(std::span<const Known> known, std::span<const Seen> seen,
                              const RuleOf& rule_of, const Situation& situation) {
  if (situation.presence == Presence::Gone) seen = {};
  Reconciler reconciler(rule_of, situation);
  auto one = known.begin();
  auto other = seen.begin();
  while (one != known.end() || other != seen.end()) {
    if (other == seen.end() || (one != known.end() && one->vulnerability < other->vulnerability)) {
      reconciler.known_only(*one++);
      continue;
    }
    const Seen& here = *other;
    if (one != known.end() && one->vulnerability == here.vulnerability) {
      reconciler.both(*one++, here);
    } else {
      reconciler.seen_only(here);
    }
    while (other != seen.end() && other->vulnerability == here.vulnerability) ++other;
  }
  return reconciler.take();
}

}  // namespace vigil::findings
