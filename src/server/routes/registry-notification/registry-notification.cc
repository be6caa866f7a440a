// POST /vigil/v1/registry-notification: a registry tells what was pushed to it. Understood are the
// envelopes of the Distribution registry, Harbor's PUSH_ARTIFACT, and ECR's events as EventBridge
// sends them (source/registry/notification.h).
//
// Registries cannot sign requests. They send a header they were told, and that is the proof: the
// setting `registry-token`, as `Authorization: Bearer TOKEN` or, which is all Harbor can do,
// `Authorization: TOKEN`. Without the setting nothing is taken.
//
// Answers 202 before anything is scanned: a registry waits for no scan.
#include "base/hmac.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "estate/registry_inbox.h"
#include "server/route.h"
#include "source/registry/notification.h"

namespace vigil::server::registry_notification {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;

bool is_proved(const RouteCall& call) {
  std::string_view given = base::trim(call.request.header("Authorization"));
  if (given.starts_with("Bearer ")) given = base::trim(given.substr(7));
  return !given.empty() && base::equal_in_constant_time(given, call.registry->token);
}

HttpResponse answer(const RouteCall& call) {
  if (call.registry == nullptr || call.registry->token.empty()) {
    return error_response(api::not_found("This server takes no notifications of a registry."));
  }
  if (!is_proved(call)) {
    return error_response({.type = "UnauthorizedException",
                           .status = 401,
                           .message = "Authorization is not the token that was agreed on."});
  }
  const auto images = source::registry::parse_notification(call.request.body);
  if (!images) return error_response(api::validation_error(images.error().text()));
  if (!call.registry->inbox.put(*images)) {
    return error_response(api::throttled("Too many pushes are waiting to be scanned.", 60));
  }
  base::JsonWriter json;
  json.begin_object().member("images", static_cast<std::uint64_t>(images->size())).end_object();
  return json_response(202, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "POST",
                                .pattern = "/vigil/v1/registry-notification",
                                .access = Access::Anybody,
                                .body_limit = kMostBytes,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::registry_notification
