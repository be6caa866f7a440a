#include "estate/stored.h"

#include <algorithm>

#include "estate/stored_document.h"

namespace vigil::estate {
namespace {

Result<store::Profile> profile_in(store::Connection& from, std::int64_t account,
                                  std::uint64_t profile) {
  VIGIL_TRY(std::optional<store::Profile> found, store::find_profile(from, account, profile));
  if (!found)
    return fail("there is no profile " + std::to_string(profile), {}, {}, ErrorCode::NotFound);
  return std::move(*found);
}

}  // namespace

Result<Circumstances> stored_circumstances(store::Connection& from, std::int64_t account,
                                           std::uint64_t profile) {
  VIGIL_TRY(const store::Profile found, profile_in(from, account, profile));
  VIGIL_TRY(const std::vector<store::PackageVersion> packages,
            store::packages_of_set(from, account, found.package_set));
  return circumstances_of(found.body, packages);
}

Result<Circumstances> stored_circumstances(store::Connection& from, std::int64_t account,
                                           std::uint64_t profile, const PackageLookup& lookup) {
  VIGIL_TRY(const store::Profile found, profile_in(from, account, profile));
  VIGIL_TRY(const std::vector<std::uint64_t> members,
            store::members_of_set(from, account, found.package_set));
  return circumstances_of(found.body, members, lookup);
}

Result<std::optional<inventory::Inventory>> stored_inventory(store::Connection& from,
                                                             std::int64_t account,
                                                             std::uint64_t resource) {
  VIGIL_TRY(const auto row, store::find_resource(from, account, resource));
  if (!row || row->profile == 0) return std::nullopt;
  VIGIL_TRY(const auto profile, store::find_profile(from, account, row->profile));
  VIGIL_TRY(const auto body, store::resource_body(from, account, resource));
  if (!profile || !body) return fail("the inventory of a resource is not whole", row->resource_id);
  VIGIL_TRY(const auto versions, store::packages_of_set(from, account, profile->package_set));
  std::vector<std::string_view> documents;
  documents.reserve(versions.size());
  for (const store::PackageVersion& version : versions) documents.push_back(version.body);
  std::sort(documents.begin(), documents.end());
  VIGIL_TRY(inventory::Inventory inventory, assemble_inventory(documents, body->runtime));
  return std::optional(std::move(inventory));
}

}  // namespace vigil::estate
