// Profiles that no resource has any more, and what only they kept: their sets, the roots of those
// sets, the packages of those. Each step locks its candidates and looks again before it deletes: who
// just began to use one of them has locked it too, and either we see him or he finds it gone.
#include "store/inventory.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

using Keys = std::vector<std::uint64_t>;

Result<Keys> unused_profiles(Connection& to, std::int64_t account, std::size_t limit) {
  Keys candidates;
  VIGIL_CHECK(to.query(
      "SELECT p.id FROM profile p WHERE p.account = $1 AND NOT EXISTS"
      " (SELECT 1 FROM resource r WHERE r.account = p.account AND r.profile = p.id) LIMIT $2",
      {account, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
        candidates.push_back(key_from(row.integer(0)));
        return true;
      }));
  sort_as_stored(candidates);
  VIGIL_TRY(const Keys locked, select_keys(to,
                                           "SELECT id FROM profile WHERE account = $1"
                                           " AND id IN ({keys})\n"
                                           "--postgres ORDER BY id FOR UPDATE\n",
                                           account, candidates));
  return select_keys(to,
                     "SELECT p.id FROM profile p WHERE p.account = $1 AND p.id IN ({keys})"
                     " AND NOT EXISTS (SELECT 1 FROM resource r"
                     " WHERE r.account = p.account AND r.profile = p.id)",
                     account, locked);
}

Result<Keys> unused_sets(Connection& to, std::int64_t account, const Keys& candidates) {
  VIGIL_TRY(const Keys locked, select_keys(to,
                                           "SELECT id FROM package_set WHERE account = $1"
                                           " AND id IN ({keys})\n"
                                           "--postgres ORDER BY id FOR UPDATE\n",
                                           account, candidates));
  return select_keys(to,
                     "SELECT s.id FROM package_set s WHERE s.account = $1 AND s.id IN ({keys})"
                     " AND NOT EXISTS (SELECT 1 FROM profile p"
                     " WHERE p.account = s.account AND p.package_set = s.id)"
                     " AND NOT EXISTS (SELECT 1 FROM package_set d"
                     " WHERE d.account = s.account AND d.base = s.id AND d.base <> 0)",
                     account, locked);
}

Result<std::int64_t> delete_packages(Connection& to, std::int64_t account, Keys candidates) {
  sort_as_stored(candidates);
  VIGIL_TRY(const Keys locked, select_keys(to,
                                           "SELECT id FROM package_version WHERE account = $1"
                                           " AND id IN ({keys})\n"
                                           "--postgres ORDER BY id FOR UPDATE\n",
                                           account, candidates));
  return execute_keys(
      to,
      "DELETE FROM package_version WHERE account = $1 AND id IN ({keys})"
      " AND NOT EXISTS (SELECT 1 FROM package_set_member m"
      " WHERE m.account = package_version.account AND m.package = package_version.id)",
      std::initializer_list<Value>{account}, locked);
}

/// Deletes those of the sets that nobody uses; adds their bases and packages to what may be unused.
Result<std::int64_t> delete_sets(Connection& to, std::int64_t account, const Keys& candidates,
                                 Keys& bases, Keys& packages) {
  VIGIL_TRY(const Keys sets, unused_sets(to, account, candidates));
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
  VIGIL_TRY(const Keys profiles, unused_profiles(to, account, limit));
  VIGIL_TRY(Keys sets, select_keys(to,
                                   "SELECT package_set FROM profile"
                                   " WHERE account = $1 AND id IN ({keys})",
                                   account, profiles));
  VIGIL_TRY(std::int64_t deleted,
            execute_keys(to, "DELETE FROM profile WHERE account = $1 AND id IN ({keys})",
                         std::initializer_list<Value>{account}, profiles));
  Keys packages;
  while (!sets.empty()) {
    Keys bases;
    VIGIL_TRY(const std::int64_t count, delete_sets(to, account, sets, bases, packages));
    deleted += count;
    sort_as_stored(bases);
    sets = std::move(bases);
  }
  VIGIL_TRY(const std::int64_t count, delete_packages(to, account, std::move(packages)));
  return deleted + count;
}

}  // namespace vigil::store
