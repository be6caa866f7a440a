#include "server/resource_json.h"

namespace vigil::server {

void write_listed_resource(base::JsonWriter& json, const store::ListedResource& resource) {
  json.member("resourceType", resource.type).member("resourceId", resource.resource_id);
  json.optional_member("name", resource.name);
  json.optional_member("platform", resource.platform);
  json.key("scanStatus").begin_object().member("statusCode", resource.status_code);
  json.member("reason", resource.status_reason).end_object();
  json.member("firstSeenAt", resource.first_seen);
  if (resource.last_scanned != 0) json.member("lastScannedAt", resource.last_scanned);
  if (resource.removed != 0) json.member("removedAt", resource.removed);
  json.key("activeFindings");
  write_counts(json, resource.findings);
}

void write_counts(base::JsonWriter& json, const store::SeverityCounts& counts) {
  json.begin_object().member("critical", counts.critical).member("high", counts.high);
  json.member("medium", counts.medium).member("low", counts.low);
  json.member("informational", counts.informational).member("untriaged", counts.untriaged);
  json.end_object();
}

}  // namespace vigil::server
