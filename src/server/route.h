// One route of Vigil's own interface, /vigil/v1/: what Inspector has no operation for.
//
// One directory per route, server/routes/<name>/<name>.cc, defines
//   namespace vigil::server::<name> { const Route& route(); }
// and nothing else has to be edited.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/error.h"
#include "estate/estate.h"
#include "server/http.h"
#include "server/metrics.h"
#include "server/registry_hook.h"
#include "server/session/login.h"
#include "server/session/sessions.h"

namespace vigil::server {

class ChangeFeed;

/// Who asks, as a signature or a session proved.
struct Identity {
  std::string account;    ///< 12 digits
  std::string principal;  ///< user name, or who an access key was issued to
  std::string region;
  bool user = false;  ///< a console user; the principal of a key is a name for logs, no more
  bool administrator = false;  ///< may manage users and keys; no access key may
};

enum class Access : std::uint8_t {
  Anybody,        ///< health, and logging in
  Account,        ///< a signature or a session
  Administrator,  ///< the session of one
  Scraper,  ///< also HTTP basic authentication with an access key, which is all Prometheus can do
};

struct Installation;

struct RouteCall {
  estate::Estate& estate;
  Metrics& metrics;
  Login& login;
  Sessions& sessions;
  const HttpRequest& request;
  Identity caller;                                         ///< empty where anybody may ask
  std::map<std::string, std::string, std::less<>> labels;  ///< of the pattern, decoded
  std::map<std::string, std::string, std::less<>> query;  ///< decoded; of a repeated name the first
  std::int64_t now = 0;
  RegistryHook* registry = nullptr;            ///< null where no registry is watched
  const Installation* installation = nullptr;  ///< null only in tests that do without
  ChangeFeed* changes = nullptr;               ///< for streams; null only as above
};

struct Route {
  std::string_view method;
  std::string_view pattern;  ///< "/vigil/v1/resources/{resourceId}/inventory"
  Access access = Access::Account;
  std::size_t body_limit = 0;  ///< bytes of the request's body
  HttpResponse (*run)(const RouteCall& call);
};

std::span<const Route* const> all_routes();

/// The route of a request's path and method, of several the one with fewest labels. `known_path` tells a
/// wrong method from a wrong path.
struct RouteMatch {
  const Route* route = nullptr;
  bool known_path = false;
  std::map<std::string, std::string, std::less<>> labels;
};
RouteMatch find_route(std::span<const Route* const> routes, std::string_view method,
                      std::string_view path);

/// "a=1&b=x%20y" decoded; of a repeated name the first counts. Nothing if an escape is broken.
std::optional<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view query);
/// Percent-decoding; nothing if an escape is broken.
std::optional<std::string> decode_percent(std::string_view text);

HttpResponse json_response(int status, std::string body);
/// The same members and header as errors of the AWS operations have.
HttpResponse error_response(const api::ApiError& error);

}  // namespace vigil::server
