// DELETE /vigil/v1/keys/{accessKeyId}: disables an access key of this account, for good and at once. Once
// more is no error.
#include "server/access_keys.h"
#include "server/audit.h"
#include "server/route.h"

namespace vigil::server::key_removal {
namespace {

HttpResponse answer(const RouteCall& call) {
  const std::string& id = call.labels.find("accessKeyId")->second;
  bool known = false;
  const auto done = call.estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(known, withdraw_access_key(to, account, id, call.now));
    return ok();
  });
  if (!done) return error_response(api::internal(done.error()));
  if (!known) return error_response(api::not_found("There is no such access key."));
  audit(call, "disabled an access key", call.caller.principal, id);
  return json_response(200, "{}");
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "DELETE",
                                .pattern = "/vigil/v1/keys/{accessKeyId}",
                                .access = Access::Administrator,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::key_removal
