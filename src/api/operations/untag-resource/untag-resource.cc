// UntagResource: takes tags from a filter.
//
// Reference: Inspector2 API, UntagResource. Traps: the keys are a query parameter that is repeated
// (?tagKeys=a&tagKeys=b); a key the filter does not have is no error.
//
// Not handled: CIS and Code Security configurations and connectors, which do not exist yet.
//
// vigil:owner and vigil:expires have a meaning (api/filter_rules.h): without the tag, the rule has
// neither owner nor end.
#include "api/operation.h"
#include "api/tagging.h"

namespace vigil::api::untag_resource {
namespace {

Answer run(const Call& call) {
  VIGIL_CHECK(change_tags(call, [&](Tags& tags) {
    for (const base::Json& key : call.input["tagKeys"].items()) tags.erase(std::string(key.text()));
  }));
  return "{}";
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "UntagResource",
                                           .service = "inspector2",
                                           .method = "DELETE",
                                           .uri = "/tags/{resourceArn}",
                                           .input = "resourceArn*@uri:Arn, tagKeys*@q:TagKeyList",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::untag_resource
