// GET /vigil/v1/health: is the server able to answer? 200, or 503 where the store cannot be read. The
// only thing that needs no authentication, so it says nothing else.
#include "server/route.h"

namespace vigil::server::health {
namespace {

HttpResponse answer(const RouteCall& call) {
  const auto readable = call.estate.store().read([](store::Connection& from) {
    return from.query("SELECT 1", {}, [](const store::Row&) { return true; });
  });
  if (!readable) return json_response(503, R"({"status":"store unavailable"})");
  return json_response(200, R"({"status":"ok"})");
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/health",
                                .access = Access::Anybody,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::health
