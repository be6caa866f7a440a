#include "store/findings.h"

#include <algorithm>
#include <tuple>

#include "store/keys.h"

namespace vigil::store {
namespace {

using findings::Known;

/// The columns of a Known from this one on, in the order of kColumns.
Known known_from(const Row& row, int first) {
  Known known;
  known.vulnerability = key_from(row.integer(first));
  known.assessment = key_from(row.integer(first + 1));
  known.status = static_cast<findings::Status>(row.integer(first + 2));
  known.rule = key_from(row.integer(first + 3));
  known.first_observed = row.integer(first + 4);
  known.last_observed = row.integer(first + 5);
  known.updated = row.integer(first + 6);
  known.closed = row.integer(first + 7);
  known.delete_after = row.integer(first + 8);
  return known;
}

void sort_by_vulnerability(std::vector<Known>& known) {
  std::sort(known.begin(), known.end(), [](const Known& left, const Known& right) {
    return left.vulnerability < right.vulnerability;
  });
}

struct Expired {
  std::int64_t account = 0;
  std::uint64_t resource = 0;
  Known known;
};

}  // namespace

Result<std::vector<Known>> findings_of(Connection& from, std::int64_t account,
                                       std::uint64_t resource) {
  std::vector<Known> known;
  VIGIL_CHECK(from.query(
      "SELECT vulnerability, assessment, status, rule, first_observed, last_observed, updated,"
      " closed, delete_after FROM finding WHERE account = $1 AND resource = $2",
      {account, stored_key(resource)}, [&](const Row& row) {
        known.push_back(known_from(row, 0));
        return true;
      }));
  sort_by_vulnerability(known);
  return known;
}

Result<std::vector<std::vector<Known>>> findings_of(Connection& from, std::int64_t account,
                                                    std::span<const std::uint64_t> resources) {
  std::vector<std::uint64_t> sorted(resources.begin(), resources.end());
  sort_unique(sorted);
  std::vector<std::vector<Known>> by_key(sorted.size());
  VIGIL_CHECK(query_keys(
      from,
      "SELECT resource, vulnerability, assessment, status, rule, first_observed, last_observed,"
      " updated, closed, delete_after FROM finding WHERE account = $1 AND resource IN ({keys})",
      std::initializer_list<Value>{account}, sorted, [&](const Row& row) {
        const auto place = std::lower_bound(sorted.begin(), sorted.end(), key_from(row.integer(0)));
        by_key[static_cast<std::size_t>(place - sorted.begin())].push_back(known_from(row, 1));
        return true;
      }));
  std::vector<std::vector<Known>> all;
  all.reserve(resources.size());
  for (std::vector<Known>& known : by_key) sort_by_vulnerability(known);
  for (const std::uint64_t resource : resources) {
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), resource);
    all.push_back(by_key[static_cast<std::size_t>(place - sorted.begin())]);
  }
  return all;
}

Result<void> apply_changes(Connection& to, std::int64_t account, std::uint64_t resource,
                           std::span<const findings::Change> changes, std::int64_t now) {
  const ResourceChanges one{resource, {changes.begin(), changes.end()}};
  return apply_changes(to, account, std::span(&one, 1), now);
}

Result<std::int64_t> delete_expired(Connection& to, std::int64_t now, std::size_t limit) {
  std::vector<Expired> expired;
  VIGIL_CHECK(
      to.query("SELECT account, resource, vulnerability, assessment, status, rule, first_observed,"
               " last_observed, updated, closed, delete_after FROM finding"
               " WHERE delete_after > 0 AND delete_after <= $1 ORDER BY delete_after LIMIT $2",
               {now, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
                 expired.push_back({row.integer(0), key_from(row.integer(1)), known_from(row, 2)});
                 return true;
               }));
  std::sort(expired.begin(), expired.end(), [](const Expired& left, const Expired& right) {
    return std::tie(left.account, left.resource, left.known.vulnerability) <
           std::tie(right.account, right.resource, right.known.vulnerability);
  });
  for (auto at = expired.begin(); at != expired.end();) {
    const std::int64_t account = at->account;
    std::vector<ResourceChanges> resources;
    for (; at != expired.end() && at->account == account; ++at) {
      if (resources.empty() || resources.back().resource != at->resource) {
        resources.push_back({at->resource, {}});
      }
      findings::Change change;
      change.kind = findings::ChangeKind::Delete;
      change.before = at->known;
      change.after.vulnerability = at->known.vulnerability;
      resources.back().changes.push_back(change);
    }
    VIGIL_CHECK(apply_changes(to, account, resources, now));
  }
  return static_cast<std::int64_t>(expired.size());
}

}  // namespace vigil::store
