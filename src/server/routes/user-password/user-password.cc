// PUT /vigil/v1/users/{name}/password {"password": ..., "current": ...}: a new password. Everybody may give
// himself one and has to prove that he knows the current one, also an administrator: a page that was left
// open is not enough. For others of the account an administrator does it without.
#include "base/json_tree.h"
#include "server/audit.h"
#include "server/route.h"
#include "server/session/users.h"

namespace vigil::server::user_password {
namespace {

constexpr std::size_t kMostBytes = 8192;

api::Outcome<void> change(const RouteCall& call, const std::string& name, const base::Json& body) {
  // An access key's holder may have the name of a user and is not he.
  const bool oneself = call.caller.user && name == call.caller.principal;
  if (!oneself && !call.caller.administrator) {
    return tl::unexpected(api::access_denied("This is for administrators, and for oneself."));
  }
  if (oneself) {
    VIGIL_CHECK(call.login.verify(name, body["current"].text(), call.request.remote, call.now)
                    .map_error([](api::ApiError error) {
                      if (error.status == 403) error.message = "The current password is wrong.";
                      return error;
                    }));
  }
  VIGIL_TRY(const std::int64_t account,
            api::or_internal(store::account_number(call.caller.account)));
  return change_password(call.estate.store(), call.login.passwords(), account, name,
                         body["password"].text(),
                         oneself ? session_token(call.request) : std::string());
}

HttpResponse answer(const RouteCall& call) {
  base::JsonParser parser;
  const auto body = parser.parse(call.request.body);
  if (!body || !body->is_object()) {
    return error_response(api::validation_error("The body is no JSON object."));
  }
  const std::string& name = call.labels.find("name")->second;
  const auto changed = change(call, name, *body);
  if (!changed) {
    if (changed.error().status == 403 || changed.error().status == 429) {
      audit(call, "was refused a new password", call.caller.principal, name);
    }
    return error_response(changed.error());
  }
  audit(call, "changed a password", call.caller.principal, name);
  return json_response(200, "{}");
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "PUT",
                                .pattern = "/vigil/v1/users/{name}/password",
                                .access = Access::Account,
                                .body_limit = kMostBytes,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::user_password
