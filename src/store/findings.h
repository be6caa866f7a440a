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

/// Stores those that are not yet there. A vulnerability whose body or EPSS changed is replaced.
Result<void> put_assessments(Connection& to, std::int64_t account,
                             std::span<const findings::Assessed* const> assessed);

/// All findings of a resource, ascending by vulnerability, closed ones included.
Result<std::vector<findings::Known>> findings_of(Connection& from, std::int64_t account,
                                                 std::uint64_t resource);

/// What is known of stored assessments, to keep the counters of resources.
struct AssessmentTraits {
  model::Severity severity = model::Severity::Untriaged;
  findings::FixAvailable fix = findings::FixAvailable::No;
  bool exploit = false;
  bool network = false;
};

/// Applies changes of one resource: finding rows, counters of assessments, resource and rules, and
/// one event per change that people hear of (Open, Update, Suppress, Unsuppress, Close, Reopen).
Result<void> apply_changes(Connection& to, std::int64_t account, std::uint64_t resource,
                           std::span<const findings::Change> changes, std::int64_t now);

/// The same for many resources at once: what a refresh of intelligence writes.
struct ResourceChanges {
  std::uint64_t resource = 0;
  std::vector<findings::Change> changes;
};
Result<void> apply_changes(Connection& to, std::int64_t account,
                           std::span<const ResourceChanges> resources, std::int64_t now);

/// Deletes findings whose time has come, at most `limit`; returns how many.
Result<std::int64_t> delete_expired(Connection& to, std::int64_t now, std::size_t limit);

/// Deletes assessments and vulnerabilities no finding refers to, at most `limit`.
Result<std::int64_t> collect_finding_garbage(Connection& to, std::int64_t account,
                                             std::size_t limit);

}  // namespace vigil::store
