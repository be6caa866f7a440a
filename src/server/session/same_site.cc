#include "server/session/same_site.h"

#include "base/text.h"

namespace vigil::server {

bool from_another_site(const HttpRequest& request) {
  // "same-site" is another host of the same domain, or another port of this host: not this server.
  const std::string_view relation = request.header("Sec-Fetch-Site");
  if (!relation.empty()) return relation != "same-origin" && relation != "none";
  const std::string_view origin = request.header("Origin");
  if (origin.empty()) return false;
  // The scheme does not count: behind a proxy that ends TLS the browser's is not ours.
  const std::size_t mark = origin.find("://");
  if (mark == std::string_view::npos) return true;  // "null": a page that hides where it is from
  return !base::equals_ignoring_case(origin.substr(mark + 3), request.header("Host"));
}

api::ApiError other_site_refused() {
  return api::access_denied("A page of another site must not ask this.");
}

}  // namespace vigil::server
