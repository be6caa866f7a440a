// DELETE /vigil/v1/session: ends the session of the request's cookie.
#include "server/audit.h"
#include "server/route.h"

namespace vigil::server::logout {
namespace {

HttpResponse answer(const RouteCall& call) {
  if (const auto ended = call.sessions.end(session_token(call.request)); !ended) {
    return error_response(api::internal(ended.error()));
  }
  audit(call, "logged out", call.caller.principal);
  HttpResponse response = json_response(200, "{}");
  response.headers.push_back({"Set-Cookie", ended_session_cookie(call.request.secure)});
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "DELETE",
                                .pattern = "/vigil/v1/session",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::logout
