#include "api/operations/list-coverage/metadata.h"

#include "base/json_tree.h"

namespace vigil::api::list_coverage {
namespace {

using base::Json;
using base::JsonWriter;

/// Writes a member of the stored object under the name it has here, if it is there.
void copy_text(JsonWriter& json, std::string_view name, const Json& text) {
  json.optional_member(name, text.text());
}
void copy_integer(JsonWriter& json, std::string_view name, const Json& number) {
  if (const auto value = number.integer()) json.member(name, *value);
}
void copy_list(JsonWriter& json, std::string_view name, const Json& list) {
  if (!list.is_array()) return;
  json.key(name).begin_array();
  for (const Json& item : list.items()) json.value(item.text());
  json.end_array();
}
void copy_map(JsonWriter& json, std::string_view name, const Json& map) {
  if (!map.is_object()) return;
  json.key(name).begin_object();
  for (const auto& [key, value] : map.members()) json.member(key, value.text());
  json.end_object();
}

std::string_view system_of(std::string_view platform) {
  if (platform.empty()) return "UNKNOWN";
  if (platform.starts_with("WINDOWS")) return "WINDOWS";
  return platform.starts_with("MACOS") ? "MACOS" : "LINUX";
}

void write_instance(JsonWriter& json, const Json& resource, const store::CoverageRow& row) {
  json.key("ec2").begin_object();
  copy_map(json, "tags", resource["tags"]);
  if (const Json image = resource["details"]["awsEc2Instance"]["imageId"];
      image.text().starts_with("ami-")) {
    copy_text(json, "amiId", image);
  }
  json.member("platform", system_of(row.platform)).end_object();
}

void write_image(JsonWriter& json, const Json& resource) {
  const Json image = resource["details"]["awsEcrContainerImage"];
  json.key("ecrImage").begin_object();
  copy_list(json, "tags", image["imageTags"]);
  copy_integer(json, "lastInUseAt", image["lastInUseAt"]);
  copy_integer(json, "inUseCount", image["inUseCount"]);
  json.end_object();
}

void write_function(JsonWriter& json, const Json& resource) {
  const Json function = resource["details"]["awsLambdaFunction"];
  json.key("lambdaFunction").begin_object();
  copy_map(json, "functionTags", resource["tags"]);
  copy_list(json, "layers", function["layers"]);
  copy_text(json, "functionName", function["functionName"]);
  copy_text(json, "runtime", function["runtime"]);
  json.end_object();
}

}  // namespace

void write_metadata(JsonWriter& json, const store::CoverageRow& row) {
  base::JsonParser parser;
  const auto resource = parser.parse(row.resource_body);
  if (!resource) return;
  const bool instance = row.resource_type == "AWS_EC2_INSTANCE";
  const bool image = row.resource_type == "AWS_ECR_CONTAINER_IMAGE";
  const bool function = row.resource_type == "AWS_LAMBDA_FUNCTION";
  if (!instance && !image && !function) return;
  json.key("resourceMetadata").begin_object();
  if (instance) write_instance(json, *resource, row);
  if (image) write_image(json, *resource);
  if (function) write_function(json, *resource);
  json.end_object();
}

}  // namespace vigil::api::list_coverage
