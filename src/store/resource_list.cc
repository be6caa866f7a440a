#include "store/resource_list.h"

#include "findings/assessment.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, type, resource_id, name, platform, status_code, status_reason, first_seen, "
    "last_scanned, removed, critical, high, medium, low, informational, untriaged FROM resource ";

ListedResource read_row(const Row& row) {
  ListedResource resource;
  resource.id = static_cast<std::uint64_t>(row.integer(0));
  resource.type = row.text(1);
  resource.resource_id = row.text(2);
  resource.name = row.text(3);
  resource.platform = row.text(4);
  resource.status_code = row.text(5);
  resource.status_reason = row.text(6);
  resource.first_seen = row.integer(7);
  resource.last_scanned = row.integer(8);
  resource.removed = row.integer(9);
  resource.findings = {row.integer(10), row.integer(11), row.integer(12),
                       row.integer(13), row.integer(14), row.integer(15)};
  return resource;
}

}  // namespace

Result<std::vector<ListedResource>> list_resources(Connection& from,
                                                   const ResourceListQuery& query) {
  std::vector<ListedResource> resources;
  const auto visit = [&](const Row& row) {
    resources.push_back(read_row(row));
    return true;
  };
  const auto limit = static_cast<std::int64_t>(query.limit);
  if (query.type.empty()) {
    static const std::string kAll =
        std::string(kColumns) +
        "WHERE account = $1 AND (type > $2 OR (type = $2 AND resource_id > $3)) "
        "ORDER BY type, resource_id LIMIT $4";
    VIGIL_CHECK(from.query(
        kAll,
        {query.account, std::string_view(query.after_type), std::string_view(query.after), limit},
        visit));
  } else {
    static const std::string kOfType = std::string(kColumns) +
                                       "WHERE account = $1 AND type = $2 AND resource_id > $3 "
                                       "ORDER BY resource_id LIMIT $4";
    VIGIL_CHECK(from.query(
        kOfType,
        {query.account, std::string_view(query.type), std::string_view(query.after), limit},
        visit));
  }
  return resources;
}

Result<ResourceCounts> resource_counts(Connection& from, std::int64_t account,
                                       std::uint64_t resource) {
  ResourceCounts counts;
  VIGIL_CHECK(
      from.query("SELECT critical, high, medium, low, informational, untriaged FROM resource"
                 " WHERE account = $1 AND id = $2",
                 {account, stored_key(resource)}, [&](const Row& row) {
                   counts.active = {row.integer(0), row.integer(1), row.integer(2),
                                    row.integer(3), row.integer(4), row.integer(5)};
                   return false;
                 }));
  VIGIL_CHECK(from.query(
      "SELECT COUNT(*) FROM finding WHERE account = $1 AND resource = $2 AND status = $3",
      {account, stored_key(resource), static_cast<std::int64_t>(findings::Status::Suppressed)},
      [&](const Row& row) {
        counts.suppressed = row.integer(0);
        return false;
      }));
  return counts;
}

}  // namespace vigil::store
