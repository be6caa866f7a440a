// TagResource: adds tags to a filter, or gives those it has another value.
//
// Reference: Inspector2 API, TagResource. Traps: a filter has at most 50 tags, those it had included;
// what is wrong with a tag is BadRequestException.
//
// Not handled: CIS and Code Security configurations and connectors, which do not exist yet.
//
// vigil:owner and vigil:expires have a meaning (api/filter_rules.h).
#include "api/operation.h"
#include "api/tagging.h"

namespace vigil::api::tag_resource {
namespace {

Answer run(const Call& call) {
  VIGIL_CHECK(change_tags(call, [&](Tags& tags) {
    for (const auto& [key, value] : tags_in(call.input["tags"])) tags[key] = value;
  }));
  return "{}";
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "TagResource",
                                           .service = "inspector2",
                                           .method = "POST",
                                           .uri = "/tags/{resourceArn}",
                                           .input = "resourceArn*@uri:Arn, tags*:TagMap",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::tag_resource
