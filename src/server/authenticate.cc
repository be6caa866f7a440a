#include "server/authenticate.h"

#include "base/base64.h"
#include "base/hmac.h"
#include "base/text.h"
#include "base/time.h"
#include "server/access_keys.h"
#include "server/session/same_site.h"

namespace vigil::server {
namespace {

HttpResponse refuse(std::string type, int status, std::string message) {
  return error_response({.type = std::move(type), .status = status, .message = std::move(message)});
}

}  // namespace

Authenticator::Authenticator(estate::Estate& estate, const MasterKey& key, Sessions& sessions)
    : estate_(estate),
      sessions_(sessions),
      keys_(signing_keys(estate.store(), key)),
      verifier_(estate.settings().region, keys_) {}

Authenticated Authenticator::operator()(const HttpRequest& request, const Demand& demand) {
  const std::string_view authorization = request.header("Authorization");
  if (demand.access == Access::Scraper && authorization.starts_with("Basic ")) {
    return by_basic(base::trim(authorization.substr(6)));
  }
  const std::string token = session_token(request);
  if (authorization.empty() && !token.empty()) return by_session(request, token);
  return by_signature(request, demand);
}

Authenticated Authenticator::by_signature(const HttpRequest& request, const Demand& demand) {
  // Clients sign with the time of day, whatever clock the estate is set to for a trial.
  auto caller = verifier_.verify(request, demand.service, demand.changes, base::now());
  if (!caller) return error_response(caller.error());
  return Identity{.account = caller->account,
                  .principal = caller->principal,
                  .region = caller->region,
                  .user = false,
                  .administrator = false};
}

Authenticated Authenticator::by_session(const HttpRequest& request, std::string_view token) {
  if (from_another_site(request)) return error_response(other_site_refused());
  const auto session = sessions_.find(token, estate_.now(), is_users_doing(request));
  if (!session) return error_response(api::internal(session.error()));
  if (!*session) {
    return refuse("UnauthorizedException", 401, "The session has ended. Log in again.");
  }
  // Every operation is a POST, so what only reads asks for the token too.
  if (request.method != "GET" && request.method != "HEAD" && !has_csrf_token(request, **session)) {
    return refuse("AccessDeniedException", 403, "The request lacks the session's second token.");
  }
  return Identity{.account = store::account_digits((*session)->user.account),
                  .principal = (*session)->user.name,
                  .region = estate_.settings().region,
                  .user = true,
                  .administrator = (*session)->user.administrator};
}

Authenticated Authenticator::by_basic(std::string_view credentials) {
  const auto refusal = [] {
    HttpResponse response =
        refuse("UnrecognizedClientException", 401, "The access key is not known.");
    response.headers.push_back({"WWW-Authenticate", "Basic realm=\"vigil\""});
    return response;
  };
  const auto decoded = base::decode_base64(credentials);
  if (!decoded) return refusal();
  const std::size_t colon = decoded->find(':');
  if (colon == std::string::npos) return refusal();
  const auto key = keys_(std::string_view(*decoded).substr(0, colon));
  if (!key) return error_response(api::internal(key.error()));
  if (!*key ||
      !base::equal_in_constant_time((*key)->secret, std::string_view(*decoded).substr(colon + 1))) {
    return refusal();
  }
  return Identity{.account = (*key)->account,
                  .principal = (*key)->principal,
                  .region = estate_.settings().region,
                  .user = false,
                  .administrator = false};
}

}  // namespace vigil::server
