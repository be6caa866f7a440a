// POST /vigil/v1/users {"name": ..., "password": ..., "administrator": ...}: makes a console user of this
// account.
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "server/audit.h"
#include "server/route.h"
#include "server/session/users.h"

namespace vigil::server::user_creation {
namespace {

constexpr std::size_t kMostBytes = 8192;

HttpResponse answer(const RouteCall& call) {
  base::JsonParser parser;
  const auto body = parser.parse(call.request.body);
  if (!body || !body->is_object()) {
    return error_response(api::validation_error("The body is no JSON object."));
  }
  const auto account = store::account_number(call.caller.account);
  if (!account) return error_response(api::internal(account.error()));
  const NewUser user{.name = (*body)["name"].text(),
                     .password = (*body)["password"].text(),
                     .administrator = (*body)["administrator"].truth().value_or(false)};
  const auto made =
      make_user(call.estate.store(), call.login.passwords(), *account, user, call.now);
  if (!made) return error_response(made.error());
  audit(call, user.administrator ? "made an administrator" : "made a user", call.caller.principal,
        user.name);
  base::JsonWriter json;
  json.begin_object().member("name", user.name).member("administrator", user.administrator);
  json.member("createdAt", call.now).member("sessions", 0).end_object();
  return json_response(201, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "POST",
                                .pattern = "/vigil/v1/users",
                                .access = Access::Administrator,
                                .body_limit = kMostBytes,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::user_creation
