// Package versions and the sets of them. A set is a root, which lists all its packages, or it is the
// difference to a root. A chain is never longer than that one step, so that reading a set and finding
// the sets of a package take one look each.
#include <algorithm>
#include <iterator>

#include "store/inventory.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

/// A difference is worth it up to one part in so many of the set.
constexpr std::size_t kDifferenceShare = 4;

struct StoredSet {
  std::uint64_t base = 0;
  std::vector<std::uint64_t> members;
  std::vector<std::uint64_t> removed;
};

Result<std::optional<StoredSet>> read_set(Connection& from, std::int64_t account,
                                          std::uint64_t id) {
  std::optional<StoredSet> set;
  VIGIL_CHECK(
      from.query("SELECT base, members, removed FROM package_set WHERE account = $1 AND id = $2",
                 {account, stored_key(id)}, [&](const Row& row) {
                   set = StoredSet{.base = key_from(row.integer(0)),
                                   .members = unpack_keys(row.text(1)),
                                   .removed = unpack_keys(row.text(2))};
                   return false;
                 }));
  return set;
}

std::vector<std::uint64_t> without(std::span<const std::uint64_t> all,
                                   std::span<const std::uint64_t> these) {
  std::vector<std::uint64_t> rest;
  std::set_difference(all.begin(), all.end(), these.begin(), these.end(), std::back_inserter(rest));
  return rest;
}

std::vector<std::uint64_t> joined(std::span<const std::uint64_t> left,
                                  std::span<const std::uint64_t> right) {
  std::vector<std::uint64_t> all;
  std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(all));
  return all;
}

/// `ids` as the difference to the root of `similar`, or as a root where that saves too little.
Result<StoredSet> as_difference(Connection& from, std::int64_t account,
                                std::vector<std::uint64_t> ids, std::uint64_t similar) {
  StoredSet set;
  if (similar != 0) {
    VIGIL_TRY(auto root, read_set(from, account, similar));
    std::uint64_t base = similar;
    if (root && root->base != 0) {
      base = root->base;
      VIGIL_TRY(root, read_set(from, account, base));
    }
    if (root) {
      set.members = without(ids, root->members);
      set.removed = without(root->members, ids);
      if ((set.members.size() + set.removed.size()) * kDifferenceShare <= ids.size()) {
        set.base = base;
        return set;
      }
    }
  }
  set.members = std::move(ids);
  set.removed.clear();
  return set;
}

/// Stores those of `packages` that `wanted` names and the store lacks.
Result<void> put_packages(Connection& to, std::int64_t account,
                          std::span<const PackageVersion* const> packages,
                          std::span<const std::uint64_t> wanted) {
  std::vector<std::uint64_t> present;
  VIGIL_CHECK(query_keys(to, "SELECT id FROM package_version WHERE account = $1 AND id IN ({keys})",
                         std::initializer_list<Value>{account}, wanted, [&](const Row& row) {
                           present.push_back(key_from(row.integer(0)));
                           return true;
                         }));
  sort_unique(present);
  std::vector<std::uint64_t> missing = without(wanted, present);
  sort_as_stored(missing);
  constexpr std::size_t kColumns = 6;
  std::vector<Value> rows;
  rows.reserve(missing.size() * kColumns);
  for (const std::uint64_t id : missing) {
    const PackageVersion& package = **std::lower_bound(
        packages.begin(), packages.end(), id,
        [](const PackageVersion* left, std::uint64_t key) { return left->id < key; });
    rows.insert(rows.end(), {account, stored_key(id), std::string_view(package.ecosystem),
                             std::string_view(package.subject), Blob{package.version_key},
                             std::string_view(package.body)});
  }
  return to.execute_many(
      "INSERT INTO package_version (account, id, ecosystem, subject, version_key, body)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, id) DO NOTHING",
      kColumns, rows);
}

Result<void> put_members(Connection& to, std::int64_t account, std::uint64_t set,
                         std::vector<std::uint64_t> members) {
  sort_as_stored(members);
  constexpr std::size_t kColumns = 3;
  std::vector<Value> rows;
  rows.reserve(members.size() * kColumns);
  for (const std::uint64_t member : members) {
    rows.insert(rows.end(), {account, stored_key(member), stored_key(set)});
  }
  return to.execute_many(
      "INSERT INTO package_set_member (account, package, package_set) VALUES ($1, $2, $3)"
      " ON CONFLICT (account, package, package_set) DO NOTHING",
      kColumns, rows);
}

}  // namespace

Result<bool> has_package_set(Connection& from, std::int64_t account, std::uint64_t set) {
  bool found = false;
  VIGIL_CHECK(from.query("SELECT 1 FROM package_set WHERE account = $1 AND id = $2",
                         {account, stored_key(set)}, [&](const Row&) {
                           found = true;
                           return false;
                         }));
  return found;
}

Result<void> put_package_set(Connection& to, std::int64_t account, std::uint64_t set,
                             std::span<const PackageVersion> packages, std::uint64_t similar) {
  VIGIL_TRY(const bool known, has_package_set(to, account, set));
  if (known) return ok();
  std::vector<const PackageVersion*> sorted;
  std::vector<std::uint64_t> ids;
  for (const PackageVersion& package : packages) {
    sorted.push_back(&package);
    ids.push_back(package.id);
  }
  std::sort(
      sorted.begin(), sorted.end(),
      [](const PackageVersion* left, const PackageVersion* right) { return left->id < right->id; });
  sort_unique(ids);
  VIGIL_TRY(const StoredSet stored, as_difference(to, account, std::move(ids), similar));
  VIGIL_CHECK(put_packages(to, account, sorted, stored.members));
  const std::string members = pack_keys(stored.members);
  const std::string removed = pack_keys(stored.removed);
  VIGIL_CHECK(to.execute(
      "INSERT INTO package_set (account, id, base, members, removed)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, id) DO NOTHING",
      {account, stored_key(set), stored_key(stored.base), Blob{members}, Blob{removed}}));
  return put_members(to, account, set, stored.members);
}

Result<std::vector<std::uint64_t>> members_of_set(Connection& from, std::int64_t account,
                                                  std::uint64_t set) {
  VIGIL_TRY(auto stored, read_set(from, account, set));
  if (!stored) return fail("the package set is not stored", {}, {}, ErrorCode::NotFound);
  if (stored->base == 0) return std::move(stored->members);
  VIGIL_TRY(const auto base, read_set(from, account, stored->base));
  if (!base) return fail("the base of a package set is missing", "package_set");
  return joined(stored->members, without(base->members, stored->removed));
}

Result<std::vector<PackageVersion>> packages_of_set(Connection& from, std::int64_t account,
                                                    std::uint64_t set) {
  VIGIL_TRY(const std::vector<std::uint64_t> ids, members_of_set(from, account, set));
  std::vector<PackageVersion> packages;
  packages.reserve(ids.size());
  VIGIL_CHECK(query_keys(from,
                         "SELECT id, ecosystem, subject, version_key, body FROM package_version"
                         " WHERE account = $1 AND id IN ({keys})",
                         std::initializer_list<Value>{account}, ids, [&](const Row& row) {
                           packages.push_back({.id = key_from(row.integer(0)),
                                               .ecosystem = std::string(row.text(1)),
                                               .subject = std::string(row.text(2)),
                                               .version_key = std::string(row.text(3)),
                                               .body = std::string(row.text(4))});
                           return true;
                         }));
  if (packages.size() != ids.size())
    return fail("packages of a set are missing", "package_version");
  std::sort(
      packages.begin(), packages.end(),
      [](const PackageVersion& left, const PackageVersion& right) { return left.id < right.id; });
  return packages;
}

}  // namespace vigil::store
