// Profiles, and the question a refresh of intelligence asks: which of them hold a changed package?
// It is answered by the index over (ecosystem, subject, version key), then by that of the members of
// sets, then by that of the profiles' sets; its cost follows what is found, not the size of the fleet.
#include <algorithm>
#include <string>

#include "store/ecosystems.h"
#include "store/inventory.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

/// How many ranges one statement looks up.
constexpr std::size_t kRanges = 32;

std::string range_query(std::size_t ranges, bool bounded) {
  std::string sql;
  const std::size_t each = bounded ? 4 : 3;
  for (std::size_t i = 0; i < ranges; ++i) {
    const auto place = [&](std::size_t offset) {
      return " $" + std::to_string(2 + i * each + offset);
    };
    if (i > 0) sql += " UNION ALL ";
    sql += "SELECT id FROM package_version WHERE account = $1 AND ecosystem =" + place(0) +
           " AND subject =" + place(1) + " AND version_key >=" + place(2);
    if (bounded) sql += " AND version_key <" + place(3);
  }
  return sql;
}

Result<void> packages_within(Connection& from, std::int64_t account,
                             std::span<const ChangedPackage* const> changed, bool bounded,
                             std::vector<std::uint64_t>& packages) {
  std::vector<Value> values;
  for (std::size_t at = 0; at < changed.size();) {
    const std::size_t left = changed.size() - at;
    const std::size_t count = left >= kRanges ? kRanges : 1;
    values.assign(1, account);
    for (const ChangedPackage* package : changed.subspan(at, count)) {
      values.insert(values.end(), {std::string_view(package->ecosystem),
                                   std::string_view(package->subject), Blob{package->low_key}});
      if (bounded) values.emplace_back(Blob{package->high_key});
    }
    VIGIL_CHECK(from.query(range_query(count, bounded), values, [&](const Row& row) {
      packages.push_back(key_from(row.integer(0)));
      return true;
    }));
    at += count;
  }
  return ok();
}

/// The stored packages that one of the changes is about, ascending.
Result<std::vector<std::uint64_t>> packages_of(Connection& from, std::int64_t account,
                                               std::span<const ChangedPackage> changed) {
  std::vector<const ChangedPackage*> open;
  std::vector<const ChangedPackage*> bounded;
  for (const ChangedPackage& package : changed) {
    (package.high_key.empty() ? open : bounded).push_back(&package);
  }
  std::vector<std::uint64_t> packages;
  VIGIL_CHECK(packages_within(from, account, open, false, packages));
  VIGIL_CHECK(packages_within(from, account, bounded, true, packages));
  sort_unique(packages);
  return packages;
}

struct Holding {
  std::uint64_t set = 0;
  std::uint64_t package = 0;
};

bool by_set(const Holding& left, const Holding& right) {
  return left.set < right.set;
}

/// Adds the sets that inherit one of the packages from their base.
Result<void> add_inheriting(Connection& from, std::int64_t account,
                            std::span<const Holding> holdings, std::vector<std::uint64_t>& sets) {
  const std::vector<std::uint64_t> bases = sets;
  return query_keys(
      from,
      "SELECT id, base, removed FROM package_set"
      " WHERE account = $1 AND base <> 0 AND base IN ({keys})",
      std::initializer_list<Value>{account}, bases, [&](const Row& row) {
        const std::vector<std::uint64_t> removed = unpack_keys(row.text(2));
        const auto [first, last] = std::equal_range(holdings.begin(), holdings.end(),
                                                    Holding{key_from(row.integer(1)), 0}, by_set);
        if (std::any_of(first, last, [&](const Holding& holding) {
              return !std::binary_search(removed.begin(), removed.end(), holding.package);
            })) {
          sets.push_back(key_from(row.integer(0)));
        }
        return true;
      });
}

/// The sets that hold one of the packages, ascending.
Result<std::vector<std::uint64_t>> sets_of(Connection& from, std::int64_t account,
                                           std::span<const std::uint64_t> packages) {
  std::vector<Holding> holdings;
  VIGIL_CHECK(query_keys(from,
                         "SELECT package_set, package FROM package_set_member"
                         " WHERE account = $1 AND package IN ({keys})",
                         std::initializer_list<Value>{account}, packages, [&](const Row& row) {
                           holdings.push_back({key_from(row.integer(0)), key_from(row.integer(1))});
                           return true;
                         }));
  std::sort(holdings.begin(), holdings.end(), by_set);
  std::vector<std::uint64_t> sets;
  for (const Holding& holding : holdings) {
    if (sets.empty() || sets.back() != holding.set) sets.push_back(holding.set);
  }
  VIGIL_CHECK(add_inheriting(from, account, holdings, sets));
  sort_unique(sets);
  return sets;
}

}  // namespace

Result<void> put_profile(Connection& to, std::int64_t account, const Profile& profile) {
  bool known = false;
  VIGIL_CHECK(to.query("SELECT 1 FROM profile WHERE account = $1 AND id = $2",
                       {account, stored_key(profile.id)}, [&](const Row&) {
                         known = true;
                         return false;
                       }));
  if (known) return ok();
  bool held = false;
  VIGIL_CHECK(to.query("SELECT 1 FROM package_set WHERE account = $1 AND id = $2",
                       {account, stored_key(profile.package_set)}, [&](const Row&) {
                         held = true;
                         return false;
                       }));
  if (!held) {
    return fail("the package set of a profile is not stored", {}, {}, ErrorCode::NotFound);
  }
  VIGIL_CHECK(
      to.execute("INSERT INTO profile (account, id, package_set, body)"
                 " VALUES ($1, $2, $3, $4) ON CONFLICT (account, id) DO NOTHING",
                 {account, stored_key(profile.id), stored_key(profile.package_set),
                  std::string_view(profile.body)}));
  return ok();
}

Result<std::optional<Profile>> find_profile(Connection& from, std::int64_t account,
                                            std::uint64_t id) {
  std::optional<Profile> profile;
  VIGIL_CHECK(from.query("SELECT package_set, body FROM profile WHERE account = $1 AND id = $2",
                         {account, stored_key(id)}, [&](const Row& row) {
                           profile = Profile{.id = id,
                                             .package_set = key_from(row.integer(0)),
                                             .body = std::string(row.text(1))};
                           return false;
                         }));
  return profile;
}

Result<std::vector<PackageVersion>> packages_about(Connection& from, std::int64_t account,
                                                   std::span<const ChangedPackage> changed) {
  VIGIL_TRY(const std::vector<std::uint64_t> ids, packages_of(from, account, changed));
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
  std::sort(
      packages.begin(), packages.end(),
      [](const PackageVersion& left, const PackageVersion& right) { return left.id < right.id; });
  return packages;
}

Result<std::vector<std::uint64_t>> profiles_holding(Connection& from, std::int64_t account,
                                                    std::span<const ChangedPackage> changed) {
  VIGIL_TRY(const std::vector<std::uint64_t> packages, packages_of(from, account, changed));
  VIGIL_TRY(const std::vector<std::uint64_t> sets, sets_of(from, account, packages));
  std::vector<std::uint64_t> profiles;
  VIGIL_CHECK(query_keys(from,
                         "SELECT id FROM profile WHERE account = $1 AND package_set IN ({keys})",
                         std::initializer_list<Value>{account}, sets, [&](const Row& row) {
                           profiles.push_back(key_from(row.integer(0)));
                           return true;
                         }));
  sort_unique(profiles);
  return profiles;
}

Result<std::int64_t> count_resources_holding(Connection& from, std::int64_t account,
                                             std::string_view ecosystem) {
  std::vector<std::uint64_t> packages;
  VIGIL_CHECK(from.query("SELECT id FROM package_version WHERE account = $1 AND ecosystem = $2",
                         {account, ecosystem}, [&](const Row& row) {
                           packages.push_back(key_from(row.integer(0)));
                           return true;
                         }));
  VIGIL_TRY(const std::vector<std::uint64_t> sets, sets_of(from, account, packages));
  std::int64_t count = 0;
  VIGIL_CHECK(query_keys(from,
                         "SELECT COUNT(*) FROM profile p JOIN resource r ON r.account = p.account"
                         " AND r.profile = p.id WHERE p.account = $1 AND r.removed = 0"
                         " AND p.package_set IN ({keys})",
                         std::initializer_list<Value>{account}, sets, [&](const Row& row) {
                           count += row.integer(0);
                           return true;
                         }));
  return count;
}

Result<std::vector<std::uint64_t>> all_profiles(Connection& from, std::int64_t account) {
  std::vector<std::uint64_t> profiles;
  VIGIL_CHECK(from.query(
      "SELECT p.id FROM profile p WHERE p.account = $1 AND EXISTS (SELECT 1 FROM resource r"
      " WHERE r.account = p.account AND r.profile = p.id AND r.removed = 0)",
      {account}, [&](const Row& row) {
        profiles.push_back(key_from(row.integer(0)));
        return true;
      }));
  sort_unique(profiles);
  return profiles;
}

}  // namespace vigil::store
