// GET /vigil/v1/keys: the access keys of this account, without their secrets.
#include "base/json_writer.h"
#include "server/route.h"
#include "store/accounts.h"

namespace vigil::server::keys {
namespace {

HttpResponse answer(const RouteCall& call) {
  std::vector<store::AccessKeyRow> keys;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(keys, store::list_access_keys(from, account));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().key("keys").begin_array();
  for (const store::AccessKeyRow& key : keys) {
    json.begin_object().member("accessKeyId", key.id).member("holder", key.principal);
    json.member("createdAt", key.created);
    if (key.disabled != 0) json.member("disabledAt", key.disabled);
    json.end_object();
  }
  json.end_array().end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/keys",
                                .access = Access::Administrator,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::keys
