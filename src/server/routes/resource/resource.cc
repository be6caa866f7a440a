// GET /vigil/v1/resources/{resourceId}: one resource with its packages, processes, ports and the counts of
// its findings.
#include <algorithm>

#include "base/json_writer.h"
#include "findings/identity.h"
#include "server/resource_json.h"
#include "server/route.h"
#include "store/inventory.h"

namespace vigil::server::resource {
namespace {

struct Found {
  store::ResourceRow row;
  store::ResourceBody body;
  std::vector<store::PackageVersion> packages;
  store::ResourceCounts counts;
};

Result<std::optional<Found>> find(store::Connection& from, const std::string& account_digits,
                                  const std::string& resource_id) {
  VIGIL_TRY(const std::int64_t account, store::account_number(account_digits));
  const std::uint64_t id = findings::resource_key(account_digits, resource_id);
  Found found;
  VIGIL_TRY(const auto row, store::find_resource(from, account, id));
  if (!row) return std::nullopt;
  found.row = *row;
  VIGIL_TRY(auto body, store::resource_body(from, account, id));
  if (body) found.body = std::move(*body);
  VIGIL_TRY(found.counts, store::resource_counts(from, account, id));
  VIGIL_TRY(const auto profile, store::find_profile(from, account, row->profile));
  if (profile) {
    VIGIL_TRY(found.packages, store::packages_of_set(from, account, profile->package_set));
    // Processes name packages by their place in the canonical inventory, which is sorted by bytes.
    std::ranges::sort(found.packages, {}, &store::PackageVersion::body);
  }
  return found;
}

HttpResponse answer(const RouteCall& call) {
  const std::string& resource_id = call.labels.find("resourceId")->second;
  std::optional<Found> found;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(found, find(from, call.caller.account, resource_id));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  if (!found) return error_response(api::not_found("There is no resource " + resource_id + "."));
  base::JsonWriter json;
  json.begin_object();
  if (!found->body.body.empty()) json.key("resource").raw(found->body.body);
  json.optional_member("name", found->row.name);
  json.key("scanStatus").begin_object().member("statusCode", found->row.status_code);
  json.member("reason", found->row.status_reason).end_object();
  json.member("inventory", found->row.inventory);
  json.member("firstSeenAt", found->row.first_seen);
  if (found->row.last_scanned != 0) json.member("lastScannedAt", found->row.last_scanned);
  if (found->row.removed != 0) json.member("removedAt", found->row.removed);
  if (!found->body.runtime.empty()) json.key("runtime").raw(found->body.runtime);
  json.key("packages").begin_array();
  for (const store::PackageVersion& package : found->packages) json.raw(package.body);
  json.end_array().key("counts");
  write_counts(json, found->counts.active);
  json.member("suppressed", found->counts.suppressed).end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/resources/{resourceId}",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::resource
