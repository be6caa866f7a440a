// Ways through what is stored that background work takes, in portions: resources of a type or not
// scanned for long, findings of a rule; and notes of work that has begun, so that it is ended after a
// crash.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "findings/identity.h"
#include "findings/reconcile.h"
#include "store/engine.h"
#include "store/inventory.h"

namespace vigil::store {

/// Resources of a type, removed ones too, by resource id after `after`, at most `limit`.
Result<std::vector<ResourceRow>> resources_of_type(Connection& from, std::int64_t account,
                                                   std::string_view type, std::string_view after,
                                                   std::size_t limit);

/// Ids of resources of a type that are ACTIVE and were last scanned before a time, at most `limit`;
/// those that were never scanned are left out.
Result<std::vector<std::uint64_t>> resources_scanned_before(Connection& from, std::int64_t account,
                                                            std::string_view type,
                                                            std::int64_t before, std::size_t limit);

/// What filters may ask of a resource besides its columns, as put_resource was given it.
Result<std::vector<findings::Attribute>> resource_attributes(Connection& from, std::int64_t account,
                                                             std::uint64_t resource);

/// Findings of a resource about some vulnerabilities, ascending by vulnerability, closed ones too.
Result<std::vector<findings::Known>> some_findings_of(
    Connection& from, std::int64_t account, std::uint64_t resource,
    std::span<const std::uint64_t> vulnerabilities);

/// Findings that a rule hides, by resource and vulnerability after `after`, at most `limit`.
Result<std::vector<findings::FindingId>> findings_of_rule(Connection& from, std::int64_t account,
                                                          std::uint64_t rule,
                                                          const findings::FindingId& after,
                                                          std::size_t limit);

/// A stored vulnerability as a refresh compares it.
struct KnownVulnerability {
  std::uint64_t id = 0;
  std::string name;
  double epss = -1;  ///< -1: it has none
};
/// Vulnerabilities of packages, by id after `after` in the store's order, at most `limit`. Begin with
/// the lowest: kFirstVulnerability.
inline constexpr std::uint64_t kFirstVulnerability = std::uint64_t{1} << 63;
Result<std::vector<KnownVulnerability>> vulnerabilities_from(Connection& from, std::int64_t account,
                                                             std::uint64_t first,
                                                             std::size_t limit);

/// Settings whose names begin with `prefix`, by name.
Result<std::map<std::string, std::string>> settings_with(Connection& from, std::string_view prefix);
Result<void> delete_setting(Connection& to, std::string_view name);

}  // namespace vigil::store
