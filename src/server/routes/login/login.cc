// POST /vigil/v1/session {"name": ..., "password": ...}: logs a console user in. The answer sets the
// session's cookie and holds the token that every other request but a GET must carry in the header
// x-vigil-csrf.
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "server/route.h"

namespace vigil::server::login {
namespace {

constexpr std::size_t kMostBytes = 8192;

HttpResponse answer(const RouteCall& call) {
  base::JsonParser parser;
  const auto body = parser.parse(call.request.body);
  if (!body || !body->is_object()) {
    return error_response(api::validation_error("The body is no JSON object."));
  }
  const auto session = call.login.log_in((*body)["name"].text(), (*body)["password"].text(),
                                         call.request.remote, call.now);
  if (!session) return error_response(session.error());
  base::JsonWriter json;
  json.begin_object().member("csrf", session->csrf).member("expiresAt", session->expires);
  json.end_object();
  HttpResponse response = json_response(200, json.take());
  response.headers.push_back(
      {"Set-Cookie", session_cookie(*session, call.request.secure, call.now)});
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "POST",
                                .pattern = "/vigil/v1/session",
                                .access = Access::Anybody,
                                .body_limit = kMostBytes,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::login
