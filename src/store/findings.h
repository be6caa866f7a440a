// Findings, their assessments and vulnerabilities: written together with the counters and the events
// that follow from each change, in the caller's transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/assessment.h"
#include "findings/reconcile.h"
#include "store/engine.h"

namespace vigil::store {

/// Stores those that are not yet there. A vulnerability whose body, EPSS or due day
/// changed is replaced.
Result<void> put_assessments(Connection& to, std::int64_t account,
                             std::span<const findings::Assessed* const> assessed);
/// Of those that are stored, completes what an earlier version of the schema left out.
Result<void> complete_assessments(Connection& to, std::int64_t account,
                                  std::span<const findings::Assessed* const> assessed);

/// All findings of a resource, ascending by vulnerability, closed ones included.
Result<std::vector<findings::Known>> findings_of(Connection& from, std::int64_t account,
                                                 std::uint64_t resource);
/// The same for many resources with few round trips, in the order of `resources`.
Result<std::vector<std::vector<findings::Known>>> findings_of(
    Connection& from, std::int64_t account, std::span<const std::uint64_t> resources);

/// Applies changes of one resource: finding rows, counters of assessments, resource and rules, and
/// one event per change that people hear of: Open, Update, Suppress (but not by another rule than
/// before), Unsuppress, Close, Reopen.
/// What a change says of before must be what is stored; an Open whose `before` has an assessment
/// takes the place of that closed finding. Error NotFound if an assessment is not stored.
Result<void> apply_changes(Connection& to, std::int64_t account, std::uint64_t resource,
                           std::span<const findings::Change> changes, std::int64_t now);

/// The same for many resources at once: what a refresh of intelligence writes.
struct ResourceChanges {
  std::uint64_t resource = 0;
  std::vector<findings::Change> changes;
};
Result<void> apply_changes(Connection& to, std::int64_t account,
                           std::span<const ResourceChanges> resources, std::int64_t now);

/// Deletes findings whose time has come, of all accounts, at most `limit`; returns how many. Nobody
/// hears of it.
Result<std::int64_t> delete_expired(Connection& to, std::int64_t now, std::size_t limit);

/// Deletes at most `limit` assessments no finding refers to, and the vulnerabilities only they spoke
/// of; returns how many of both.
Result<std::int64_t> collect_finding_garbage(Connection& to, std::int64_t account,
                                             std::size_t limit);

}  // namespace vigil::store
