// Inventory, stored inverted: each package version once, each set of packages once, each profile
// once; resources point at profiles. Answers "who holds one of these packages?" without a scan.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "findings/filter_fields.h"
#include "store/engine.h"

namespace vigil::store {

struct PackageVersion {
  std::uint64_t id = 0;
  std::string ecosystem;
  std::string subject;
  std::string version_key;  ///< bytes
  std::string body;
};

struct Profile {
  std::uint64_t id = 0;
  std::uint64_t package_set = 0;
  std::string body;
};

struct ResourceRow {
  std::int64_t account = 0;
  std::uint64_t id = 0;
  std::string type;
  std::string resource_id;
  std::string name;
  std::string region;
  std::string platform;
  std::uint64_t profile = 0;
  std::string inventory;
  std::string status_code = "ACTIVE";
  std::string status_reason = "SUCCESSFUL";
  std::string scan_mode;
  std::int64_t first_seen = 0;
  std::int64_t last_scanned = 0;
  std::int64_t removed = 0;

  friend bool operator==(const ResourceRow&, const ResourceRow&) = default;
};

/// Stores what is not yet there; a set that is there is not written again. `similar`: a stored set
/// that may differ little, as the one the resource had before; then only the difference is written.
Result<void> put_package_set(Connection& to, std::int64_t account, std::uint64_t set,
                             std::span<const PackageVersion> packages, std::uint64_t similar = 0);
/// Is the set stored? Then its packages are too.
Result<bool> has_package_set(Connection& from, std::int64_t account, std::uint64_t set);
/// Ascending by id. Error NotFound if the set is not stored.
Result<std::vector<PackageVersion>> packages_of_set(Connection& from, std::int64_t account,
                                                    std::uint64_t set);
/// Their ids alone, ascending.
Result<std::vector<std::uint64_t>> members_of_set(Connection& from, std::int64_t account,
                                                  std::uint64_t set);
/// Error NotFound if its set is not stored.
Result<void> put_profile(Connection& to, std::int64_t account, const Profile& profile);
Result<std::optional<Profile>> find_profile(Connection& from, std::int64_t account,
                                            std::uint64_t id);

/// Inserts or replaces the resource but for its counters and `first_seen`. Error NotFound if its
/// profile is not stored.
Result<void> put_resource(Connection& to, const ResourceRow& resource, std::string_view body,
                          std::string_view runtime,
                          std::span<const findings::Attribute> attributes);
/// The one row an unchanged rescan writes.
Result<void> touch_resource(Connection& to, std::int64_t account, std::uint64_t id,
                            std::int64_t last_scanned);
Result<void> set_resource_status(Connection& to, std::int64_t account, std::uint64_t id,
                                 std::string_view code, std::string_view reason,
                                 std::int64_t removed);
Result<std::optional<ResourceRow>> find_resource(Connection& from, std::int64_t account,
                                                 std::uint64_t id);
struct ResourceBody {
  std::string body;
  std::string runtime;
};
Result<std::optional<ResourceBody>> resource_body(Connection& from, std::int64_t account,
                                                  std::uint64_t id);

/// A package by the name its advisories use; with bounds, only versions in [low, high).
struct ChangedPackage {
  std::string ecosystem;
  std::string subject;
  std::string low_key;   ///< empty: no lower bound
  std::string high_key;  ///< empty: no upper bound
};
/// The packages that one of the changes is about, ascending by id.
Result<std::vector<PackageVersion>> packages_about(Connection& from, std::int64_t account,
                                                   std::span<const ChangedPackage> changed);
/// The profiles that hold one of the packages, each once, ascending.
Result<std::vector<std::uint64_t>> profiles_holding(Connection& from, std::int64_t account,
                                                    std::span<const ChangedPackage> changed);
/// The resources of a profile after `after`, ascending, at most `limit`; removed ones are left out.
Result<std::vector<std::uint64_t>> resources_of_profile(Connection& from, std::int64_t account,
                                                        std::uint64_t profile, std::uint64_t after,
                                                        std::size_t limit);
/// Ids of all profiles that a resource has, ascending; removed ones do not count.
Result<std::vector<std::uint64_t>> all_profiles(Connection& from, std::int64_t account);

/// Deletes at most `limit` profiles that no resource has, with the sets and packages that nothing
/// points at then; returns how many rows went, 0 if there is nothing to delete.
Result<std::int64_t> collect_inventory_garbage(Connection& to, std::int64_t account,
                                               std::size_t limit);

}  // namespace vigil::store
