// DELETE /vigil/v1/resources/{resourceId}: the resource is gone. Its findings close and are deleted 3
// days later. Once more is no error.
#include "estate/removal.h"
#include "server/route.h"

namespace vigil::server::resource_removal {
namespace {

HttpResponse answer(const RouteCall& call) {
  const std::string& resource_id = call.labels.find("resourceId")->second;
  const auto removed = estate::remove_resource(call.estate, call.caller.account, resource_id);
  if (removed) return json_response(200, "{}");
  if (removed.error().code == ErrorCode::NotFound) {
    return error_response(api::not_found("There is no resource " + resource_id + "."));
  }
  return error_response(api::internal(removed.error()));
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "DELETE",
                                .pattern = "/vigil/v1/resources/{resourceId}",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::resource_removal
