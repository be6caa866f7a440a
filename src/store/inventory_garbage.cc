// Profiles that no resource has any more, and what only they kept: their sets, the roots of those
// sets, the packages of those. Only what leads away from a deleted row is looked at, so that the cost
// follows the garbage.
#include "store/inventory.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

using Keys = std::vector<std::uint64_t>;

Result<Keys> unused_profiles(Connection& from, std::int64_t account, std::size_t limit) {
  Keys keys;
  VIGIL_CHECK(from.query(
      "SELECT p.id FROM profile p WHERE p.account = $1 AND NOT EXISTS"
      " (SELECT 1 FROM resource r WHERE r.account = p.account AND r.profile = p.id) LIMIT $2",
      {account, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
        keys.push_back(key_from(row.integer(0)));
        return true;
      }));
  sort_as_stored(keys);
  return keys;
}

/// Deletes those of the sets that nobody uses; adds their bases and packages to what may be unused.
Result<std::int64_t> delete_sets(Connection& to, std::int64_t account, const Keys& candidates,
                                 Keys& bases, Keys& packages) {
  VIGIL_TRY(const Keys sets,
            select_keys(to,
                        "SELECT s.id FROM package_set s WHERE s.account = $1 AND s.id IN ({keys})"
                        " AND NOT EXISTS (SELECT 1 FROM profile p"
                        " WHERE p.account = s.account AND p.package_set = s.id)"
                        " AND NOT EXISTS (SELECT 1 FROM package_set d"
                        " WHERE d.account = s.account AND d.base = s.id AND d.base <> 0)",
                        account, candidates));
  std::vector<Value> rows;
  VIGIL_CHECK(query_keys(to,
                         "SELECT id, base, members FROM package_set"
                         " WHERE account = $1 AND id IN ({keys})",
                         std::initializer_list<Value>{account}, sets, [&](const Row& row) {
                           if (row.integer(1) != 0) bases.push_back(key_from(row.integer(1)));
                           for (const std::uint64_t package : unpack_keys(row.text(2))) {
                             packages.push_back(package);
                             rows.insert(rows.end(),
                                         {account, stored_key(package), row.integer(0)});
                           }
                           return true;
                         }));
  VIGIL_CHECK(to.execute_many(
      "DELETE FROM package_set_member WHERE account = $1 AND package = $2 AND package_set = $3", 3,
      rows));
  return execute_keys(to, "DELETE FROM package_set WHERE account = $1 AND id IN ({keys})",
                      std::initializer_list<Value>{account}, sets);
}

}  // namespace

Result<std::int64_t> collect_inventory_garbage(Connection& to, std::int64_t account,
                                               std::size_t limit) {
  const std::initializer_list<Value> values = {account};
  VIGIL_TRY(const Keys profiles, unused_profiles(to, account, limit));
  VIGIL_TRY(Keys sets, select_keys(to,
                                   "SELECT package_set FROM profile"
                                   " WHERE account = $1 AND id IN ({keys})",
                                   account, profiles));
  VIGIL_TRY(std::int64_t deleted,
            execute_keys(to, "DELETE FROM profile WHERE account = $1 AND id IN ({keys})", values,
                         profiles));
  Keys packages;
  while (!sets.empty()) {
    Keys bases;
    VIGIL_TRY(const std::int64_t count, delete_sets(to, account, sets, bases, packages));
    deleted += count;
    sort_as_stored(bases);
    sets = std::move(bases);
  }
  sort_as_stored(packages);
  VIGIL_TRY(const std::int64_t count,
            execute_keys(to,
                         "DELETE FROM package_version WHERE account = $1 AND id IN ({keys})"
                         " AND NOT EXISTS (SELECT 1 FROM package_set_member m WHERE"
                         " m.account = package_version.account AND m.package = package_version.id)",
                         values, packages));
  return deleted + count;
}

}  // namespace vigil::store
