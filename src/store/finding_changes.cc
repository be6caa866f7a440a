// Changes of findings as rows, and what follows from each: counters and events. Deltas are added up
// first, so that a counter is written once however many findings moved it; rows are written in the
// order of their keys.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "store/activity.h"
#include "store/findings.h"
#include "store/keys.h"
#include "store/outbox.h"

namespace vigil::store {
namespace {

using findings::Change;
using findings::ChangeKind;
using findings::Known;
using findings::Status;

constexpr std::string_view kNetwork = "NETWORK_REACHABILITY";
/// How many rows are held back before they are written.
constexpr std::size_t kPortion = 4096;

bool stored_before(std::uint64_t left, std::uint64_t right) {
  return stored_key(left) < stored_key(right);
}

/// A resource had it before, in whatever status.
bool existed(const Change& change) {
  return change.kind != ChangeKind::Open || change.before.assessment != 0;
}
bool remains(const Change& change) {
  return change.kind != ChangeKind::Delete;
}

/// Another rule hides it now: nothing anybody would want to hear of.
bool is_taken_over(const Change& change) {
  return change.kind == ChangeKind::Suppress && change.before.status == Status::Suppressed &&
         change.before.assessment == change.after.assessment;
}

std::optional<EventKind> event_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::Open:
      return EventKind::FindingOpened;
    case ChangeKind::Update:
      return EventKind::FindingUpdated;
    case ChangeKind::Suppress:
      return EventKind::FindingSuppressed;
    case ChangeKind::Unsuppress:
      return EventKind::FindingUnsuppressed;
    case ChangeKind::Close:
      return EventKind::FindingClosed;
    case ChangeKind::Reopen:
      return EventKind::FindingReopened;
    case ChangeKind::Delete:
      return std::nullopt;
  }
  return std::nullopt;
}

/// Rows of one statement, written a portion at a time.
class Rows {
 public:
  Rows(std::string_view sql, std::size_t columns) : sql_(sql), columns_(columns) {}

  void add(std::initializer_list<Value> row) { values_.insert(values_.end(), row); }
  [[nodiscard]] bool full() const { return values_.size() >= kPortion * columns_; }
  Result<void> write(Connection& to) {
    VIGIL_CHECK(to.execute_many(sql_, columns_, values_));
    values_.clear();
    return ok();
  }

 private:
  std::string_view sql_;
  std::size_t columns_;
  std::vector<Value> values_;
};

/// The rows of table finding.
class FindingRows {
 public:
  void add(std::int64_t account, std::uint64_t resource, const Change& change) {
    const Known& after = change.after;
    const std::int64_t owner = stored_key(resource);
    if (!remains(change)) {
      deleted_.add({account, owner, stored_key(change.before.vulnerability)});
      return;
    }
    const auto status = static_cast<std::int64_t>(after.status);
    if (!existed(change)) {
      inserted_.add({account, owner, stored_key(after.vulnerability), stored_key(after.assessment),
                     status, stored_key(after.rule), after.first_observed, after.last_observed,
                     after.updated, after.closed, after.delete_after});
      return;
    }
    updated_.add({account, owner, stored_key(after.vulnerability), stored_key(after.assessment),
                  status, stored_key(after.rule), after.last_observed, after.updated, after.closed,
                  after.delete_after});
    // Its index need not be touched where it stays as it is.
    if (after.first_observed != change.before.first_observed) {
      renewed_.add({account, owner, stored_key(after.vulnerability), after.first_observed});
    }
  }

  Result<void> write_portion(Connection& to) {
    if (deleted_.full() || inserted_.full() || updated_.full()) return write(to);
    return ok();
  }
  Result<void> write(Connection& to) {
    VIGIL_CHECK(deleted_.write(to));
    VIGIL_CHECK(updated_.write(to));
    VIGIL_CHECK(renewed_.write(to));
    return inserted_.write(to);
  }

 private:
  Rows deleted_{"DELETE FROM finding WHERE account = $1 AND resource = $2 AND vulnerability = $3",
                3};
  Rows inserted_{
      "INSERT INTO finding (account, resource, vulnerability, assessment, status, rule,"
      " first_observed, last_observed, updated, closed, delete_after)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      11};
  Rows updated_{
      "UPDATE finding SET assessment = $4, status = $5, rule = $6, last_observed = $7,"
      " updated = $8, closed = $9, delete_after = $10"
      " WHERE account = $1 AND resource = $2 AND vulnerability = $3",
      10};
  Rows renewed_{
      "UPDATE finding SET first_observed = $4"
      " WHERE account = $1 AND resource = $2 AND vulnerability = $3",
      4};
};

/// Sums by key; written in the order of the store, without what came to nothing.
template <std::size_t Width>
class Deltas {
 public:
  using Sums = std::array<std::int64_t, Width>;

  void add(std::uint64_t key, std::size_t column, std::int64_t delta) {
    sums_[key][column] += delta;
  }
  [[nodiscard]] std::vector<std::uint64_t> keys() const {
    std::vector<std::uint64_t> all;
    all.reserve(sums_.size());
    for (const auto& [key, sums] : sums_) all.push_back(key);
    sort_as_stored(all);
    return all;
  }
  /// `sql` takes account, key, and the sums.
  Result<void> write(Connection& to, std::string_view sql, std::int64_t account) const {
    std::vector<Value> rows;
    for (const std::uint64_t key : keys()) {
      const Sums& sums = sums_.at(key);
      if (std::all_of(sums.begin(), sums.end(), [](std::int64_t sum) { return sum == 0; }))
        continue;
      rows.insert(rows.end(), {account, stored_key(key)});
      rows.insert(rows.end(), sums.begin(), sums.end());
    }
    return to.execute_many(sql, 2 + Width, rows);
  }

 private:
  std::unordered_map<std::uint64_t, Sums> sums_;
};

/// What the counters of a resource ask about an assessment.
struct Traits {
  std::int64_t severity = 0;
  bool fixable = false;
  bool exploitable = false;
  bool network = false;
};
using AllTraits = std::unordered_map<std::uint64_t, Traits>;

Result<AllTraits> read_traits(Connection& from, std::int64_t account,
                              std::span<const std::uint64_t> assessments) {
  AllTraits all;
  all.reserve(assessments.size());
  VIGIL_CHECK(query_keys(from,
                         "SELECT id, severity, fix, exploit, type FROM assessment"
                         " WHERE account = $1 AND id IN ({keys})",
                         std::initializer_list<Value>{account}, assessments, [&](const Row& row) {
                           all[key_from(row.integer(0))] = {.severity = row.integer(1),
                                                            .fixable = row.integer(2) != 0,
                                                            .exploitable = row.integer(3) != 0,
                                                            .network = row.text(4) == kNetwork};
                           return true;
                         }));
  if (all.size() == assessments.size()) return all;
  return fail("the assessment of a finding is not stored", {}, "store it with put_assessments",
              ErrorCode::NotFound);
}

/// The columns active, suppressed, closed by findings::Status.
using AssessmentDeltas = Deltas<3>;
/// hidden.
using RuleDeltas = Deltas<1>;
/// By model::Severity, then network, exploitable, fixable.
using ResourceDeltas = Deltas<9>;
constexpr std::size_t kNetworkColumn = 6;
constexpr std::size_t kExploitableColumn = 7;
constexpr std::size_t kFixableColumn = 8;

void count_shared(const Known& known, std::int64_t sign, AssessmentDeltas& assessments,
                  RuleDeltas& rules) {
  assessments.add(known.assessment, static_cast<std::size_t>(known.status), sign);
  if (known.status == Status::Suppressed && known.rule != 0) rules.add(known.rule, 0, sign);
}

void count_of_resource(std::uint64_t resource, const Known& known, std::int64_t sign,
                       const AllTraits& all, ResourceDeltas& resources) {
  if (known.status != Status::Active) return;
  const Traits& traits = all.at(known.assessment);
  resources.add(resource, static_cast<std::size_t>(traits.severity), sign);
  if (traits.network) resources.add(resource, kNetworkColumn, sign);
  if (traits.exploitable) resources.add(resource, kExploitableColumn, sign);
  if (traits.fixable) resources.add(resource, kFixableColumn, sign);
}

using Ordered = std::vector<std::pair<std::uint64_t, const Change*>>;

/// By resource, then vulnerability, as the store orders them. By assessment, which is the order of the
/// widest index, a refresh took a quarter more CPU time: then no row follows the one before it.
Ordered in_order(std::span<const ResourceChanges> resources) {
  Ordered all;
  for (const ResourceChanges& resource : resources) {
    for (const Change& change : resource.changes) all.emplace_back(resource.resource, &change);
  }
  const auto vulnerability = [](const Change& change) {
    return remains(change) ? change.after.vulnerability : change.before.vulnerability;
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& left, const auto& right) {
    if (left.first != right.first) return stored_before(left.first, right.first);
    return stored_before(vulnerability(*left.second), vulnerability(*right.second));
  });
  return all;
}

void count_activity(const Change& change, model::Severity severity, Activity& activity) {
  const bool begins = change.kind == ChangeKind::Open || change.kind == ChangeKind::Reopen;
  if (begins && change.after.status == Status::Active) ++activity.opened.of(severity);
  if (change.kind == ChangeKind::Close && change.before.status == Status::Active) ++activity.closed;
}

Result<void> write_events(Connection& to, std::int64_t account, const Ordered& changes,
                          const AllTraits& traits, std::int64_t now) {
  std::vector<Event> events;
  Activity activity{.hour = now - now % kHourSeconds, .opened = {}};
  for (const auto& [resource, change] : changes) {
    const auto kind = event_of(change->kind);
    if (!kind || is_taken_over(*change)) continue;
    Event event;
    event.account = account;
    event.kind = *kind;
    event.resource = resource;
    event.vulnerability = change->after.vulnerability;
    event.status = static_cast<int>(change->after.status);
    event.severity = static_cast<int>(traits.at(change->after.assessment).severity);
    event.time = now;
    count_activity(*change, static_cast<model::Severity>(event.severity), activity);
    events.push_back(std::move(event));
    if (events.size() < kPortion) continue;
    VIGIL_CHECK(put_events(to, events));
    events.clear();
  }
  VIGIL_CHECK(put_events(to, events));
  return add_activity(to, account, activity);
}

}  // namespace

Result<void> apply_changes(Connection& to, std::int64_t account,
                           std::span<const ResourceChanges> resources, std::int64_t now) {
  const Ordered changes = in_order(resources);
  if (changes.empty()) return ok();
  FindingRows rows;
  AssessmentDeltas assessments;
  RuleDeltas rules;
  // What is deleted may be opened again in the same transaction.
  for (const bool deletions : {true, false}) {
    for (const auto& [resource, change] : changes) {
      if (remains(*change) == deletions) continue;
      rows.add(account, resource, *change);
      VIGIL_CHECK(rows.write_portion(to));
    }
    VIGIL_CHECK(rows.write(to));
  }
  for (const auto& [resource, change] : changes) {
    if (existed(*change)) count_shared(change->before, -1, assessments, rules);
    if (remains(*change)) count_shared(change->after, 1, assessments, rules);
  }
  VIGIL_CHECK(
      assessments.write(to,
                        "UPDATE assessment SET active = active + $3, suppressed = suppressed + $4,"
                        " closed = closed + $5 WHERE account = $1 AND id = $2",
                        account));
  VIGIL_TRY(const AllTraits traits, read_traits(to, account, assessments.keys()));
  ResourceDeltas counters;
  for (const auto& [resource, change] : changes) {
    if (existed(*change)) count_of_resource(resource, change->before, -1, traits, counters);
    if (remains(*change)) count_of_resource(resource, change->after, 1, traits, counters);
  }
  VIGIL_CHECK(counters.write(
      to,
      "UPDATE resource SET untriaged = untriaged + $3, informational = informational + $4,"
      " low = low + $5, medium = medium + $6, high = high + $7, critical = critical + $8,"
      " network = network + $9, exploitable = exploitable + $10, fixable = fixable + $11"
      " WHERE account = $1 AND id = $2",
      account));
  VIGIL_CHECK(rules.write(
      to, "UPDATE filter SET hidden = hidden + $3 WHERE account = $1 AND id = $2", account));
  return write_events(to, account, changes, traits, now);
}

}  // namespace vigil::store
