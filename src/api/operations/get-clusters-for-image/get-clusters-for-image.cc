// GetClustersForImage: the clusters that run a container image.
//
// Reference: Inspector2 API, GetClustersForImage. Traps: the member is `cluster`, not `clusters`; the
// model wants at least one in it, which no client checks.
//
// Not handled: clusters themselves: Vigil watches none yet, so none is known to run any image, and the
// list is empty. That says "known to none", not "runs nowhere"; docs/api.md tells.
//
// The input is checked all the same.
#include "api/operation.h"
#include "api/page_token.h"

namespace vigil::api::get_clusters_for_image {
namespace {

Answer run(const Call& call) {
  VIGIL_CHECK(page_position(call));
  return R"({"cluster":[]})";
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "GetClustersForImage",
      .service = "inspector2",
      .method = "POST",
      .uri = "/cluster/get",
      .input =
          "filter*:{resourceId*:str~ecr-arn}, maxResults:int[1..100],"
          " nextToken:str[1..3000]",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::get_clusters_for_image
