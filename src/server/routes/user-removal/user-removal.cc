// DELETE /vigil/v1/users/{name}: removes a console user of this account and ends his sessions. Nobody
// removes himself, and the last administrator stays.
#include "server/audit.h"
#include "server/route.h"
#include "server/session/users.h"

namespace vigil::server::user_removal {
namespace {

HttpResponse answer(const RouteCall& call) {
  const std::string& name = call.labels.find("name")->second;
  if (name == call.caller.principal) {
    return error_response(api::conflict("Nobody removes himself.", name, "USER"));
  }
  const auto account = store::account_number(call.caller.account);
  if (!account) return error_response(api::internal(account.error()));
  const auto removed = remove_user(call.estate.store(), *account, name);
  if (!removed) return error_response(removed.error());
  audit(call, "removed a user", call.caller.principal, name);
  return json_response(200, "{}");
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "DELETE",
                                .pattern = "/vigil/v1/users/{name}",
                                .access = Access::Administrator,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::user_removal
