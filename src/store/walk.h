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

/// Resources that were removed for this reason before a time and have no findings left, at most `limit`.
Result<std::vector<std::uint64_t>> removed_resources(Connection& from, std::int64_t account,
                                                     std::string_view reason, std::int64_t before,
                                                     std::size_t limit);
/// Forgets resources, which must have no findings; returns how many there were.
Result<std::int64_t> delete_resources(Connection& to, std::int64_t account,
                                      std::span<const std::uint64_t> resources);

/// What filters may ask of a resource besides its columns, as put_resource was given it.
Result<std::vector<findings::Attribute>> resource_attributes(Connection& from, std::int64_t account,
                                                             std::uint64_t resource);

/// ACTIVE images that were pushed before a time and not used since another, at most `limit`. Of which it
/// is not known when they were pushed are left out.
Result<std::vector<std::uint64_t>> images_pushed_before(Connection& from, std::int64_t account,
                                                        std::int64_t pushed, std::int64_t used,
                                                        std::size_t limit);

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
/// Vulnerabilities of packages from an id on, in the store's order, at most `limit`.
/// kFirstVulnerability is the lowest in that order.
inline constexpr std::uint64_t kFirstVulnerability = std::uint64_t{1} << 63;
Result<std::vector<KnownVulnerability>> vulnerabilities_from(Connection& from, std::int64_t account,
                                                             std::uint64_t first,
                                                             std::size_t limit);

/// Writes the EPSS scores, due days and texts of vulnerabilities that are stored; others are passed over.
Result<void> update_vulnerabilities(Connection& to, std::int64_t account,
                                    std::span<const findings::VulnerabilityEntry> entries);

/// Answers to client tokens made before a time, of all accounts, at most `limit`; returns how many went.
Result<std::int64_t> delete_client_tokens(Connection& to, std::int64_t before, std::size_t limit);

/// Settings whose names begin with `prefix`, by name.
Result<std::map<std::string, std::string>> settings_with(Connection& from, std::string_view prefix);
Result<void> delete_setting(Connection& to, std::string_view name);

}  // namespace vigil::store
