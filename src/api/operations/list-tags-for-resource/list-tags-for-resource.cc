// ListTagsForResource: the tags of a filter.
//
// Reference: Inspector2 API, ListTagsForResource. Traps: the ARN is one part of the path, so its
// slashes come encoded; `tags` is there even if it is empty.
//
// Not handled: CIS and Code Security configurations and connectors, which do not exist yet.
//
// Tags of scanned resources are another thing: they belong to the resource.
#include "api/operation.h"
#include "api/tagging.h"

namespace vigil::api::list_tags_for_resource {
namespace {

Answer run(const Call& call) {
  VIGIL_TRY(const Tags tags, read_tags(call));
  base::JsonWriter json;
  json.begin_object().key("tags").begin_object();
  for (const auto& [key, value] : tags) json.member(key, value);
  json.end_object().end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "ListTagsForResource",
                                           .service = "inspector2",
                                           .method = "GET",
                                           .uri = "/tags/{resourceArn}",
                                           .input = "resourceArn*@uri:Arn",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::list_tags_for_resource
