// GET /vigil/v1/resources/{resourceId}/sbom?format=cyclonedx|spdx|json: the stored inventory of a
// resource as a bill of materials, to be saved as a file.
//
// It says what was found when the resource was last scanned, which is also its time: the same
// inventory is the same file.
#include "deliver/bill.h"
#include "estate/stored.h"
#include "findings/identity.h"
#include "server/attachment.h"
#include "server/route.h"
#include "store/inventory.h"

namespace vigil::server::resource_sbom {
namespace {

struct Found {
  store::ResourceRow row;
  std::optional<inventory::Inventory> inventory;
};

Result<std::optional<Found>> find(store::Connection& from, const std::string& account_digits,
                                  const std::string& resource_id) {
  VIGIL_TRY(const std::int64_t account, store::account_number(account_digits));
  const std::uint64_t id = findings::resource_key(account_digits, resource_id);
  VIGIL_TRY(const auto row, store::find_resource(from, account, id));
  if (!row) return std::nullopt;
  Found found{.row = *row, .inventory = std::nullopt};
  VIGIL_TRY(found.inventory, estate::stored_inventory(from, account, id));
  return std::optional(std::move(found));
}

/// As far as bills tell of it: its name, and whether it is a machine, an image or an application.
findings::Resource subject_of(const store::ResourceRow& row, const std::string& account) {
  findings::Resource resource;
  resource.type = row.type;
  resource.id = row.resource_id;
  resource.account = account;
  resource.region = row.region;
  resource.platform = row.platform;
  resource.name = row.name.empty() ? row.resource_id : row.name;
  if (row.type == "AWS_ECR_CONTAINER_IMAGE") resource.image.emplace();
  if (row.type == "AWS_LAMBDA_FUNCTION") resource.function.emplace();
  if (row.type == "CODE_REPOSITORY") resource.repository.emplace();
  return resource;
}

std::string formats() {
  std::string names;
  for (const deliver::Bill* bill : deliver::all_bills()) {
    names += (names.empty() ? "" : ", ") + std::string(bill->name);
  }
  return names;
}

HttpResponse answer(const RouteCall& call) {
  const std::string& resource_id = call.labels.find("resourceId")->second;
  const auto format = call.query.find("format");
  const deliver::Bill* bill =
      deliver::find_bill(format == call.query.end() ? "cyclonedx" : format->second);
  if (bill == nullptr) {
    return error_response(api::validation_error("format must be one of " + formats()));
  }
  std::optional<Found> found;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(found, find(from, call.caller.account, resource_id));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  if (!found) return error_response(api::not_found("There is no resource " + resource_id + "."));
  if (!found->inventory) {
    return error_response(
        api::not_found("No inventory of the resource " + resource_id + " is stored."));
  }
  const findings::Resource resource = subject_of(found->row, call.caller.account);
  HttpResponse response;
  response.body = bill->write(
      {.resource = resource, .inventory = *found->inventory, .time = found->row.last_scanned});
  const std::string name = dated_name(resource.name, found->row.last_scanned);
  make_attachment(response, "application/json", name + "." + std::string(bill->name) + ".json");
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/resources/{resourceId}/sbom",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::resource_sbom
