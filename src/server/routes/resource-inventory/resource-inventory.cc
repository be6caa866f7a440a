// PUT /vigil/v1/resources/{resourceId}/inventory: what a resource holds now. The body, by its
// Content-Type:
//
//   application/vnd.vigil.inventory+json        findings/ingest_document.h, whole
//   application/vnd.vigil.inventory-delta+json  the same with what changed; 409 and the digest in
//                                               force where it does not fit
//   application/vnd.cyclonedx+json, application/spdx+json
//                                               an SBOM of the resource
//
// With an SBOM the id says which kind of resource it is, and ?name= what people call it.
// Answers when everything is stored. The same document again changes nothing.
#include "base/json_writer.h"
#include "base/text.h"
#include "estate/ingest.h"
#include "estate/stored.h"
#include "findings/identity.h"
#include "findings/ingest_document.h"
#include "findings/texts.h"
#include "inventory/sbom/sbom.h"
#include "server/route.h"

namespace vigil::server::resource_inventory {
namespace {

constexpr std::size_t kMostBytes = std::size_t{100} << 20;

Result<std::optional<inventory::Inventory>> stored(const RouteCall& call,
                                                   const std::string& resource_id) {
  std::optional<inventory::Inventory> found;
  VIGIL_CHECK(call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(found, estate::stored_inventory(
                         from, account, findings::resource_key(call.caller.account, resource_id)));
    return ok();
  }));
  return found;
}

HttpResponse conflict_response(const std::string& digest) {
  base::JsonWriter json;
  json.begin_object();
  json.member("message", "The delta is not based on the inventory that is stored.");
  json.member("digest", digest).end_object();
  HttpResponse response = json_response(409, json.take());
  response.headers.push_back({"x-amzn-ErrorType", "ConflictException"});
  return response;
}

HttpResponse refusal(const Error& error) {
  api::ApiError refused = api::validation_error(error.text());
  if (error.code == ErrorCode::TooLarge) refused.status = 413;
  return error_response(refused);
}

/// What the body says, with a whole inventory; or the answer that refuses it.
using Read = std::variant<findings::IngestDocument, HttpResponse>;

/// The type of a resource by the form of its id (design: Inspector's ids).
std::string_view type_of(std::string_view resource_id) {
  if (resource_id.starts_with("arn:aws:ecr:")) return "AWS_ECR_CONTAINER_IMAGE";
  return resource_id.starts_with("arn:aws:lambda:") ? "AWS_LAMBDA_FUNCTION" : "AWS_EC2_INSTANCE";
}

Read read_document(const RouteCall& call, const std::string& resource_id) {
  auto document = findings::parse_ingest_document(call.request.body);
  if (!document) return refusal(document.error());
  if (document->resource.id != resource_id) {
    return error_response(api::validation_error("resource.id is not the resource of the path."));
  }
  if (!document->delta) return std::move(*document);
  auto base = stored(call, resource_id);
  if (!base) return error_response(api::internal(base.error()));
  if (!*base) return conflict_response("");
  auto applied = inventory::apply_delta(**base, *document->delta);
  if (!applied && applied.error().code == ErrorCode::NotFound) {
    return conflict_response(inventory::digest_of(**base));
  }
  if (!applied) return refusal(applied.error());
  document->inventory = std::move(*applied);
  return std::move(*document);
}

/// An SBOM says what is in a resource, not which resource that is: the path does.
Read read_bill(const RouteCall& call, const std::string& resource_id) {
  auto bill = inventory::read_sbom(call.request.body);
  if (!bill) return refusal(bill.error());
  findings::IngestDocument document;
  document.resource.id = resource_id;
  document.resource.type = type_of(resource_id);
  document.resource.platform =
      findings::platform(bill->inventory.os.id, bill->inventory.os.version);
  document.resource.os_name = bill->inventory.os.name;
  const auto name = call.query.find("name");
  document.resource.name = name == call.query.end() ? resource_id : name->second;
  document.resource.tags = {
      {"vigil:kind", "sbom"}, {"vigil:name", document.resource.name}, {"vigil:origin", "sbom"}};
  document.inventory = std::move(bill->inventory);
  return document;
}

Read read_body(const RouteCall& call, const std::string& resource_id) {
  std::string_view type = call.request.header("Content-Type");
  type = base::trim(type.substr(0, type.find(';')));
  if (type == findings::kInventoryMediaType || type == findings::kDeltaMediaType) {
    return read_document(call, resource_id);
  }
  for (const std::string_view known :
       {"application/vnd.cyclonedx+json", "application/spdx+json", "application/json"}) {
    if (type == known) return read_bill(call, resource_id);
  }
  api::ApiError error = api::validation_error("Content-Type is none that is taken here.");
  error.status = 415;
  return error_response(error);
}

HttpResponse answer(const RouteCall& call) {
  Read read = read_body(call, call.labels.find("resourceId")->second);
  if (auto* refused = std::get_if<HttpResponse>(&read)) return std::move(*refused);
  auto& document = std::get<findings::IngestDocument>(read);
  document.resource.account = call.caller.account;
  document.resource.region = call.estate.settings().region;
  const auto ingested =
      estate::ingest(call.estate, document.resource, *document.inventory, document.facts);
  if (!ingested) return error_response(api::internal(ingested.error()));
  base::JsonWriter json;
  json.begin_object().member("digest", ingested->digest).member("changed", ingested->changed);
  json.member("opened", static_cast<std::uint64_t>(ingested->opened));
  json.member("updated", static_cast<std::uint64_t>(ingested->updated));
  json.member("closed", static_cast<std::uint64_t>(ingested->closed));
  json.member("reopened", static_cast<std::uint64_t>(ingested->reopened));
  json.member("unchanged", static_cast<std::uint64_t>(ingested->unchanged)).end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "PUT",
                                .pattern = "/vigil/v1/resources/{resourceId}/inventory",
                                .access = Access::Account,
                                .body_limit = kMostBytes,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::resource_inventory
