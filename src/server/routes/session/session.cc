// GET /vigil/v1/session: who am I? For a session also its second token, so that a page that was loaded
// anew can go on.
#include "base/json_writer.h"
#include "server/route.h"

namespace vigil::server::session {
namespace {

HttpResponse answer(const RouteCall& call) {
  base::JsonWriter json;
  json.begin_object().member("account", call.caller.account);
  json.member("principal", call.caller.principal).member("region", call.caller.region);
  json.member("administrator", call.caller.administrator);
  const std::string token = session_token(call.request);
  if (!token.empty()) {
    const auto found = call.sessions.find(token, call.now, false);
    if (found && *found) {
      json.member("csrf", (*found)->csrf).member("expiresAt", (*found)->expires);
    }
  }
  json.end_object();
  HttpResponse response = json_response(200, json.take());
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/session",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::session
