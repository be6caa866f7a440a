// Inspector2's Resource object: details under the AWS name and under the provider-neutral one.
#include <algorithm>

#include "base/json_writer.h"
#include "findings/document.h"
#include "findings/texts.h"

namespace vigil::findings {
namespace {

using base::JsonWriter;

// Inspector2's bounds of tags and lists.
constexpr std::size_t kTagKeyCharacters = 128;
constexpr std::size_t kTagValueCharacters = 256;
constexpr std::size_t kLayers = 5;
constexpr std::size_t kSubnets = 16;
constexpr std::size_t kSecurityGroups = 5;

void write_time(JsonWriter& json, std::string_view name, std::int64_t seconds) {
  if (seconds != 0) json.member(name, seconds);
}

void write_addresses(JsonWriter& json, const Resource& resource) {
  json.optional_member("ipV4Addresses", resource.ipv4);
  json.optional_member("ipV6Addresses", resource.ipv6);
}

void write_instance(JsonWriter& json, const Resource& resource) {
  const InstanceDetails instance = resource.instance.value_or(InstanceDetails{});
  json.key("awsEc2Instance").begin_object();
  json.optional_member("type", instance.type).optional_member("imageId", instance.image_id);
  write_addresses(json, resource);
  json.optional_member("keyName", instance.key_name);
  json.optional_member("iamInstanceProfileArn", instance.profile_arn);
  json.optional_member("vpcId", instance.vpc_id).optional_member("subnetId", instance.subnet_id);
  write_time(json, "launchedAt", instance.launched);
  json.optional_member("platform", resource.platform).end_object();

  json.key("vm").begin_object();
  json.optional_member("type", instance.type).optional_member("vmName", resource.name);
  json.optional_member("vmImageReference", instance.image_id);
  write_addresses(json, resource);
  json.optional_member("networkId", instance.vpc_id);
  if (!instance.subnet_id.empty())
    json.key("subnetIds").begin_array().value(instance.subnet_id).end_array();
  json.optional_member("securityGroupIds", instance.security_group_ids);
  write_time(json, "launchedAt", instance.launched);
  json.optional_member("platform", resource.platform);
  json.optional_member("executionRole", instance.profile_arn);
  json.optional_member("keyName", instance.key_name).end_object();
}

void write_image(JsonWriter& json, const Resource& resource, bool is_aws) {
  const ImageDetails& image = *resource.image;
  json.key(is_aws ? "awsEcrContainerImage" : "image").begin_object();
  json.member("repositoryName", image.repository).optional_member("imageTags", image.tags);
  write_time(json, "pushedAt", image.pushed);
  json.optional_member("author", image.author);
  json.optional_member("architecture", image.architecture);
  json.member(is_aws ? "imageHash" : "imageDigest", image.digest);
  json.member("registry", image.registry).optional_member("platform", resource.platform);
  write_time(json, "lastInUseAt", image.last_in_use);
  if (image.in_use_count) json.member("inUseCount", *image.in_use_count);
  json.end_object();
}

void write_network(JsonWriter& json, const FunctionDetails& function, std::string_view network) {
  json.optional_member("subnetIds", function.subnet_ids, kSubnets);
  json.optional_member("securityGroupIds", function.security_group_ids, kSecurityGroups);
  json.optional_member(network, function.vpc_id);
}

void write_package(JsonWriter& json, const FunctionDetails& function) {
  json.optional_member("packageType", function.package_type);
  json.optional_member("architectures", function.architectures, 1);
  write_time(json, "lastModifiedAt", function.last_modified);
}

void write_function(JsonWriter& json, const FunctionDetails& function) {
  json.key("awsLambdaFunction").begin_object();
  json.member("functionName", function.name).member("runtime", function.runtime);
  json.member("codeSha256", function.code_digest).member("version", function.version);
  json.member("executionRoleArn", function.role_arn);
  json.optional_member("layers", function.layers, kLayers);
  if (!function.vpc_id.empty()) {
    json.key("vpcConfig").begin_object();
    write_network(json, function, "vpcId");
    json.end_object();
  }
  write_package(json, function);
  json.end_object();

  json.key("serverlessFunction").begin_object();
  json.optional_member("serverlessFunctionName", function.name);
  json.optional_member("runtime", function.runtime);
  json.optional_member("codeDigest", function.code_digest);
  json.optional_member("version", function.version);
  json.optional_member("executionRole", function.role_arn);
  json.optional_member("layers", function.layers);
  write_network(json, function, "networkId");
  write_package(json, function);
  json.end_object();
}

void write_repository(JsonWriter& json, const RepositoryDetails& repository) {
  json.key("codeRepository").begin_object();
  json.optional_member("projectName", repository.project_name);
  json.optional_member("integrationArn", repository.integration_arn);
  json.optional_member("providerType", repository.provider_type).end_object();
}

}  // namespace

std::string resource_document(const Resource& resource) {
  JsonWriter json;
  json.begin_object().member("type", resource.type).member("id", resource.id);
  json.member("partition", "aws").member("region", resource.region);
  if (!resource.tags.empty()) {
    json.key("tags").begin_object();
    for (const auto& [key, value] : resource.tags)
      json.member(shortened(key, kTagKeyCharacters), shortened(value, kTagValueCharacters));
    json.end_object();
  }
  json.key("details").begin_object();
  if (resource.type == "AWS_EC2_INSTANCE") write_instance(json, resource);
  if (resource.image) {
    write_image(json, resource, true);
    write_image(json, resource, false);
  }
  if (resource.function) write_function(json, *resource.function);
  if (resource.repository) write_repository(json, *resource.repository);
  json.end_object();
  json.member("provider", "AWS").member("providerAccountId", resource.account);
  json.optional_member("providerOrgId", resource.organisation);
  return json.end_object().take();
}

}  // namespace vigil::findings
