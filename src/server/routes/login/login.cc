// POST /vigil/v1/session {"name": ..., "password": ...}: logs a console user in. The answer sets the
// session's cookie and holds the token that every other request but a GET must carry in the header
// x-vigil-csrf.
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "server/audit.h"
#include "server/route.h"
#include "server/session/same_site.h"

namespace vigil::server::login {
namespace {

constexpr std::size_t kMostBytes = 8192;

/// A name that nobody has may be a password in the wrong field, and is not written down.
std::string name_for_log(const RouteCall& call, std::string_view name) {
  std::optional<store::UserRow> user;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(user, store::find_user(from, name));
    return ok();
  });
  return read && user ? user->name : "unknown";
}

HttpResponse answer(const RouteCall& call) {
  if (from_another_site(call.request)) return error_response(other_site_refused());
  base::JsonParser parser;
  const auto body = parser.parse(call.request.body);
  if (!body || !body->is_object()) {
    return error_response(api::validation_error("The body is no JSON object."));
  }
  const std::string_view name = (*body)["name"].text();
  const auto session =
      call.login.log_in(name, (*body)["password"].text(), call.request.remote, call.now);
  if (!session) {
    audit(call, session.error().status == 429 ? "may not try to log in yet" : "failed to log in",
          name_for_log(call, name));
    return error_response(session.error());
  }
  audit(call, "logged in", name);
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
