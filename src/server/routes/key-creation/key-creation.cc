// POST /vigil/v1/keys {"holder": ...}: issues an access key of this account. Its secret is in this answer and
// never shown again.
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "server/access_keys.h"
#include "server/audit.h"
#include "server/installation.h"
#include "server/route.h"

namespace vigil::server::key_creation {
namespace {

constexpr std::size_t kMostBytes = 4096;

HttpResponse answer(const RouteCall& call) {
  if (call.installation == nullptr) {
    return error_response(api::internal(Error{.what = "the installation is not known"}));
  }
  base::JsonParser parser;
  const auto body = parser.parse(call.request.body);
  if (!body || !body->is_object()) {
    return error_response(api::validation_error("The body is no JSON object."));
  }
  const std::string holder((*body)["holder"].text());
  AccessKey key;
  const auto issued = call.estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(key, issue_access_key(to, call.installation->key, account, holder, call.now));
    return ok();
  });
  if (!issued && issued.error().where == "holder") {
    return error_response(api::field_error("holder", issued.error().what));
  }
  if (!issued) return error_response(api::internal(issued.error()));
  audit(call, "issued an access key", call.caller.principal, key.id);
  base::JsonWriter json;
  json.begin_object().member("accessKeyId", key.id).member("secretAccessKey", key.secret);
  json.member("holder", holder).end_object();
  HttpResponse response = json_response(201, json.take());
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "POST",
                                .pattern = "/vigil/v1/keys",
                                .access = Access::Administrator,
                                .body_limit = kMostBytes,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::key_creation
