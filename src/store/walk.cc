#include "store/walk.h"

#include <algorithm>

#include "store/keys.h"

namespace vigil::store {

Result<std::vector<ResourceRow>> resources_of_type(Connection& from, std::int64_t account,
                                                   std::string_view type, std::string_view after,
                                                   std::size_t limit) {
  std::vector<ResourceRow> found;
  VIGIL_CHECK(from.query(
      "SELECT id, resource_id, name, region, platform, profile, inventory, status_code,"
      " status_reason, scan_mode, first_seen, last_scanned, removed FROM resource"
      " WHERE account = $1 AND type = $2 AND resource_id > $3 ORDER BY resource_id LIMIT $4",
      {account, type, after, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
        found.push_back({.account = account,
                         .id = key_from(row.integer(0)),
                         .type = std::string(type),
                         .resource_id = std::string(row.text(1)),
                         .name = std::string(row.text(2)),
                         .region = std::string(row.text(3)),
                         .platform = std::string(row.text(4)),
                         .profile = key_from(row.integer(5)),
                         .inventory = std::string(row.text(6)),
                         .status_code = std::string(row.text(7)),
                         .status_reason = std::string(row.text(8)),
                         .scan_mode = std::string(row.text(9)),
                         .first_seen = row.integer(10),
                         .last_scanned = row.integer(11),
                         .removed = row.integer(12)});
        return true;
      }));
  return found;
}

Result<std::vector<std::uint64_t>> resources_scanned_before(Connection& from, std::int64_t account,
                                                            std::string_view type,
                                                            std::int64_t before,
                                                            std::size_t limit) {
  std::vector<std::uint64_t> found;
  VIGIL_CHECK(
      from.query("SELECT id FROM resource WHERE account = $1 AND last_scanned > 0"
                 " AND last_scanned < $2 AND type = $3 AND status_code = 'ACTIVE' AND removed = 0"
                 " ORDER BY last_scanned, id LIMIT $4",
                 {account, before, type, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
                   found.push_back(key_from(row.integer(0)));
                   return true;
                 }));
  return found;
}

Result<std::vector<std::uint64_t>> images_pushed_before(Connection& from, std::int64_t account,
                                                        std::int64_t pushed, std::int64_t used,
                                                        std::size_t limit) {
  const std::int64_t pushed_field = findings::filter_field("ecrImagePushedAt").value();
  const std::int64_t used_field = findings::filter_field("ecrImageLastInUseAt").value();
  std::vector<std::uint64_t> found;
  VIGIL_CHECK(from.query(
      "SELECT r.id FROM resource r JOIN resource_attribute p"
      " ON p.account = r.account AND p.resource = r.id AND p.field = $2"
      " WHERE r.account = $1 AND r.type = 'AWS_ECR_CONTAINER_IMAGE' AND r.status_code = 'ACTIVE'"
      " AND r.removed = 0 AND p.number < $3 AND NOT EXISTS (SELECT 1 FROM resource_attribute u"
      " WHERE u.account = r.account AND u.resource = r.id AND u.field = $4 AND u.number >= $5)"
      " LIMIT $6",
      {account, pushed_field, static_cast<double>(pushed), used_field, static_cast<double>(used),
       static_cast<std::int64_t>(limit)},
      [&](const Row& row) {
        found.push_back(key_from(row.integer(0)));
        return true;
      }));
  return found;
}

Result<std::vector<std::uint64_t>> removed_resources(Connection& from, std::int64_t account,
                                                     std::string_view reason, std::int64_t before,
                                                     std::size_t limit) {
  std::vector<std::uint64_t> found;
  VIGIL_CHECK(
      from.query("SELECT id FROM resource WHERE account = $1 AND removed > 0 AND removed < $2"
                 " AND status_reason = $3 AND NOT EXISTS (SELECT 1 FROM finding f"
                 " WHERE f.account = resource.account AND f.resource = resource.id) LIMIT $4",
                 {account, before, reason, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
                   found.push_back(key_from(row.integer(0)));
                   return true;
                 }));
  return found;
}

Result<std::int64_t> delete_resources(Connection& to, std::int64_t account,
                                      std::span<const std::uint64_t> resources) {
  const Value owner[] = {account};
  VIGIL_CHECK(
      execute_keys(to, "DELETE FROM resource_attribute WHERE account = $1 AND resource IN ({keys})",
                   owner, resources));
  VIGIL_CHECK(execute_keys(to, "DELETE FROM resource_body WHERE account = $1 AND id IN ({keys})",
                           owner, resources));
  return execute_keys(to, "DELETE FROM resource WHERE account = $1 AND id IN ({keys})", owner,
                      resources);
}

Result<std::vector<findings::Attribute>> resource_attributes(Connection& from, std::int64_t account,
                                                             std::uint64_t resource) {
  std::vector<findings::Attribute> found;
  VIGIL_CHECK(
      from.query("SELECT field, key, text, number FROM resource_attribute"
                 " WHERE account = $1 AND resource = $2",
                 {account, stored_key(resource)}, [&](const Row& row) {
                   findings::Attribute attribute;
                   attribute.field = static_cast<std::uint16_t>(row.integer(0));
                   attribute.key = row.text(1);
                   attribute.text = row.text(2);
                   if (!row.is_null(3)) attribute.number = row.real(3);
                   found.push_back(std::move(attribute));
                   return true;
                 }));
  return found;
}

Result<std::vector<findings::Known>> some_findings_of(
    Connection& from, std::int64_t account, std::uint64_t resource,
    std::span<const std::uint64_t> vulnerabilities) {
  std::vector<findings::Known> found;
  VIGIL_CHECK(query_keys(from,
                         "SELECT vulnerability, assessment, status, rule, first_observed,"
                         " last_observed, updated, closed, delete_after FROM finding"
                         " WHERE account = $1 AND resource = $2 AND vulnerability IN ({keys})",
                         std::initializer_list<Value>{account, stored_key(resource)},
                         vulnerabilities, [&](const Row& row) {
                           found.push_back({.vulnerability = key_from(row.integer(0)),
                                            .assessment = key_from(row.integer(1)),
                                            .status = static_cast<findings::Status>(row.integer(2)),
                                            .rule = key_from(row.integer(3)),
                                            .first_observed = row.integer(4),
                                            .last_observed = row.integer(5),
                                            .updated = row.integer(6),
                                            .closed = row.integer(7),
                                            .delete_after = row.integer(8)});
                           return true;
                         }));
  std::sort(found.begin(), found.end(), [](const findings::Known& a, const findings::Known& b) {
    return a.vulnerability < b.vulnerability;
  });
  return found;
}

Result<std::vector<findings::FindingId>> findings_of_rule(Connection& from, std::int64_t account,
                                                          std::uint64_t rule,
                                                          const findings::FindingId& after,
                                                          std::size_t limit) {
  std::vector<findings::FindingId> found;
  VIGIL_CHECK(from.query(
      "SELECT resource, vulnerability FROM finding WHERE account = $1 AND rule = $2 AND rule <> 0"
      " AND (resource > $3 OR (resource = $3 AND vulnerability > $4))"
      " ORDER BY resource, vulnerability LIMIT $5",
      {account, stored_key(rule), stored_key(after.resource), stored_key(after.vulnerability),
       static_cast<std::int64_t>(limit)},
      [&](const Row& row) {
        found.push_back({key_from(row.integer(0)), key_from(row.integer(1))});
        return true;
      }));
  return found;
}

Result<std::vector<KnownVulnerability>> vulnerabilities_from(Connection& from, std::int64_t account,
                                                             std::uint64_t first,
                                                             std::size_t limit) {
  std::vector<KnownVulnerability> found;
  VIGIL_CHECK(from.query(
      "SELECT id, name, epss FROM vulnerability WHERE account = $1 AND id >= $2"
      " AND type = 'PACKAGE_VULNERABILITY' ORDER BY id LIMIT $3",
      {account, stored_key(first), static_cast<std::int64_t>(limit)}, [&](const Row& row) {
        found.push_back({key_from(row.integer(0)), std::string(row.text(1)),
                         row.is_null(2) ? -1 : row.real(2)});
        return true;
      }));
  return found;
}

Result<void> update_vulnerabilities(Connection& to, std::int64_t account,
                                    std::span<const findings::VulnerabilityEntry> entries) {
  std::map<std::uint64_t, const findings::VulnerabilityEntry*> changed;
  std::vector<std::uint64_t> keys;
  for (const findings::VulnerabilityEntry& entry : entries) {
    if (changed.emplace(entry.key, &entry).second) keys.push_back(entry.key);
  }
  VIGIL_CHECK(
      query_keys(to,
                 "SELECT v.id, v.epss, b.digest, v.due FROM vulnerability v"
                 " JOIN vulnerability_body b ON b.account = v.account AND b.id = v.id"
                 " WHERE v.account = $1 AND v.id IN ({keys})",
                 std::initializer_list<Value>{account}, keys, [&](const Row& row) {
                   const auto at = changed.find(key_from(row.integer(0)));
                   if (at == changed.end()) return true;
                   const auto epss = row.is_null(1) ? std::nullopt : std::optional(row.real(1));
                   const auto due = row.is_null(3) ? std::nullopt : std::optional(row.integer(3));
                   const findings::VulnerabilityEntry& entry = *at->second;
                   if (entry.epss == epss && entry.due == due && entry.digest == row.text(2))
                     changed.erase(at);
                   return true;
                 }));
  std::vector<Value> rows;
  std::vector<Value> bodies;
  for (const auto& [key, entry] : changed) {
    rows.insert(rows.end(),
                {account, stored_key(key), entry->epss ? Value(*entry->epss) : Value(nullptr),
                 entry->due ? Value(*entry->due) : Value(nullptr)});
    bodies.insert(bodies.end(), {account, stored_key(key), std::string_view(entry->digest),
                                 std::string_view(entry->body)});
  }
  VIGIL_CHECK(to.execute_many(
      "UPDATE vulnerability SET epss = $3, due = $4 WHERE account = $1 AND id = $2", 4, rows));
  return to.execute_many(
      "UPDATE vulnerability_body SET digest = $3, body = $4 WHERE account = $1 AND id = $2", 4,
      bodies);
}

Result<std::int64_t> delete_client_tokens(Connection& to, std::int64_t before, std::size_t limit) {
  return to.execute(
      "DELETE FROM client_token WHERE (account, operation, token) IN"
      " (SELECT account, operation, token FROM client_token WHERE created < $1 LIMIT $2)",
      {before, static_cast<std::int64_t>(limit)});
}

Result<std::map<std::string, std::string>> settings_with(Connection& from,
                                                         std::string_view prefix) {
  std::map<std::string, std::string> found;
  VIGIL_CHECK(from.query("SELECT name, value FROM setting WHERE substr(name, 1, $2) = $1",
                         {prefix, static_cast<std::int64_t>(prefix.size())}, [&](const Row& row) {
                           found.emplace(row.text(0), row.text(1));
                           return true;
                         }));
  return found;
}

Result<void> delete_setting(Connection& to, std::string_view name) {
  VIGIL_CHECK(to.execute("DELETE FROM setting WHERE name = $1", {name}));
  return ok();
}

}  // namespace vigil::store
