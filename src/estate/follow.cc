#include "estate/follow.h"

#include <algorithm>

#include "estate/events.h"
#include "estate/rule_set.h"
#include "estate/settle.h"
#include "store/findings.h"
#include "store/outbox.h"
#include "store/store.h"
#include "store/walk.h"

namespace vigil::estate {
namespace {

Result<std::vector<findings::Known>> known_of(store::Connection& from, const Follow& what,
                                              std::uint64_t resource) {
  if (what.vulnerabilities == nullptr) return store::findings_of(from, what.account, resource);
  return store::some_findings_of(from, what.account, resource, *what.vulnerabilities);
}

/// That an inventory is stale, say, no intelligence changes.
bool is_decided_by_intelligence(const store::ResourceRow& row) {
  return row.status_reason == "SUCCESSFUL" || row.status_reason == "UNSUPPORTED_OS" ||
         row.status_reason == "PENDING_INITIAL_SCAN";
}

bool has_coverage(const store::ResourceRow& row, const Coverage& coverage) {
  return row.status_code == coverage.code && row.status_reason == coverage.reason;
}

/// All that is written for a portion of resources.
class Portion {
 public:
  Portion(Estate& estate, store::Connection& to, std::int64_t account)
      : estate_(estate), to_(to), account_(account), now_(estate.now()) {}

  Result<void> add(const Follow& what, const store::ResourceRow& row, const RuleSet& rules) {
    Whose whose;
    if (!rules.empty()) {
      whose.resource.type = row.type;
      whose.resource.id = row.resource_id;
      whose.resource.account = store::account_digits(account_);
      whose.resource.region = row.region;
      VIGIL_TRY(whose.attributes, store::resource_attributes(to_, account_, row.id));
    }
    VIGIL_TRY(std::vector<findings::Known> known, known_of(to_, what, row.id));
    findings::Situation situation;
    situation.now = now_;
    situation.observed = row.last_scanned;
    situation.retention = estate_.settings().retention;
    Settled settled = settle(std::move(known), *what.assessments, whose, rules, situation);
    const bool was_scanned = row.last_scanned != 0;
    if (!settled.changes.empty() || !was_scanned)
      VIGIL_CHECK(store::touch_resource(to_, account_, row.id, now_));
    add_assessed(settled.assessed);
    add_changes(row.id, std::move(settled.changes));
    if (is_decided_by_intelligence(row) || row.status_reason == what.revives)
      VIGIL_CHECK(cover(row, what.coverage, 0));
    if (!was_scanned) events_.push_back(initial_scan(account_, row.id, *what.assessments, now_));
    return ok();
  }

  Result<void> close(const store::ResourceRow& row, const Coverage& coverage,
                     std::int64_t retention) {
    VIGIL_TRY(std::vector<findings::Known> known, store::findings_of(to_, account_, row.id));
    findings::Situation situation;
    situation.now = now_;
    situation.observed = row.last_scanned;
    situation.presence = findings::Presence::Gone;
    situation.retention = estate_.settings().retention;
    situation.retention.resource_gone = retention;
    Settled settled = settle(std::move(known), {}, {}, {}, situation);
    add_changes(row.id, std::move(settled.changes));
    return cover(row, coverage, row.removed != 0 ? row.removed : now_);
  }

  Result<Followed> put() {
    VIGIL_CHECK(store::put_assessments(to_, account_, assessed_));
    VIGIL_CHECK(store::apply_changes(to_, account_, changes_, now_));
    VIGIL_CHECK(store::put_events(to_, events_));
    return followed_;
  }

 private:
  /// As put_coverage, but the event comes after those of the findings.
  Result<void> cover(const store::ResourceRow& row, const Coverage& coverage,
                     std::int64_t removed) {
    const bool same = has_coverage(row, coverage);
    if (same && row.removed == removed) return ok();
    if (!same) events_.push_back(coverage_changed(account_, row.id, coverage, now_));
    return store::set_resource_status(to_, account_, row.id, coverage.code, coverage.reason,
                                      removed);
  }

  void add_assessed(const std::vector<const findings::Assessed*>& assessed) {
    for (const findings::Assessed* one : assessed) {
      if (put_.insert(one->assessment.key).second) assessed_.push_back(one);
    }
  }
  void add_changes(std::uint64_t resource, std::vector<findings::Change> changes) {
    ++followed_.resources;
    followed_.changes += changes.size();
    if (!changes.empty()) changes_.push_back({resource, std::move(changes)});
  }

  Estate& estate_;
  store::Connection& to_;
  const std::int64_t account_;
  const std::int64_t now_;
  Followed followed_;
  std::unordered_set<std::uint64_t> put_;
  std::vector<const findings::Assessed*> assessed_;
  std::vector<store::ResourceChanges> changes_;
  std::vector<store::Event> events_;
};

}  // namespace

Result<Followed> follow(Estate& estate, store::Connection& to, const Follow& what,
                        std::span<const std::uint64_t> resources) {
  VIGIL_TRY(const RuleSet rules, RuleSet::load(to, what.account, estate.now()));
  Portion portion(estate, to, what.account);
  for (const std::uint64_t id : resources) {
    VIGIL_TRY(const auto row, store::find_resource(to, what.account, id));
    if (!row || row->profile != what.profile) continue;
    if (row->removed != 0 && (what.revives.empty() || row->status_reason != what.revives)) continue;
    VIGIL_CHECK(portion.add(what, *row, rules));
  }
  return portion.put();
}

Result<Followed> close_findings(Estate& estate, store::Connection& to, std::int64_t account,
                                std::span<const store::ResourceRow> resources,
                                const Coverage& coverage, std::int64_t retention) {
  Portion portion(estate, to, account);
  for (const store::ResourceRow& row : resources) {
    VIGIL_CHECK(portion.close(row, coverage, retention));
  }
  return portion.put();
}

Result<void> put_coverage(store::Connection& to, const store::ResourceRow& row,
                          const Coverage& coverage, std::int64_t removed, std::int64_t now) {
  const bool same = row.status_code == coverage.code && row.status_reason == coverage.reason;
  if (same && row.removed == removed) return ok();
  VIGIL_CHECK(
      store::set_resource_status(to, row.account, row.id, coverage.code, coverage.reason, removed));
  if (same) return ok();
  const store::Event event = coverage_changed(row.account, row.id, coverage, now);
  return store::put_events(to, {&event, 1});
}

}  // namespace vigil::estate
