#include "findings/resource.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "findings/filter_table.h"

namespace vigil::findings {
namespace {

using fields::number_of;

/// A field of AWS's name and its provider-neutral twin.
struct Twins {
  std::uint16_t aws;
  std::uint16_t neutral;
};
consteval Twins twins(std::string_view aws, std::string_view neutral) {
  return {number_of(aws), number_of(neutral)};
}

/// Collects the values of a resource.
class Attributes {
 public:
  void text(std::uint16_t field, std::string_view value) {
    std::string kept = attribute_text(value);
    if (!kept.empty()) list_.push_back({field, {}, std::move(kept), {}, {}});
  }
  void number(std::uint16_t field, std::int64_t value) {
    list_.push_back({field, {}, std::to_string(value), static_cast<double>(value), {}});
  }
  void text(Twins fields, std::string_view value) {
    text(fields.aws, value);
    text(fields.neutral, value);
  }
  void number(Twins fields, std::int64_t value) {
    number(fields.aws, value);
    number(fields.neutral, value);
  }
  void time(Twins fields, std::int64_t seconds) {
    if (seconds != 0) number(fields, seconds);
  }
  void tag(std::string_view key, std::string_view value) {
    list_.push_back(
        {number_of("resourceTags"), attribute_text(key), attribute_text(value), {}, {}});
  }

  /// The key of the store's rows is (field, key, text): what is equal after cutting is one row.
  std::vector<Attribute> take() {
    const auto row = [](const Attribute& one) { return std::tie(one.field, one.key, one.text); };
    std::ranges::sort(list_, {}, row);
    const auto rest = std::ranges::unique(list_, {}, row);
    list_.erase(rest.begin(), rest.end());
    return std::move(list_);
  }

 private:
  std::vector<Attribute> list_;
};

void add(Attributes& to, const InstanceDetails& instance) {
  to.text(twins("ec2InstanceImageId", "cloudVmImageReference"), instance.image_id);
  to.text(twins("ec2InstanceVpcId", "cloudVmNetworkId"), instance.vpc_id);
  to.text(twins("ec2InstanceSubnetId", "cloudVmSubnetIds"), instance.subnet_id);
}

void add(Attributes& to, const ImageDetails& image) {
  to.text(twins("ecrImageArchitecture", "cloudImageArchitecture"), image.architecture);
  to.text(twins("ecrImageRegistry", "cloudImageRegistry"), image.registry);
  to.text(twins("ecrImageRepositoryName", "cloudImageRepositoryName"), image.repository);
  for (const std::string& tag : image.tags) to.text(twins("ecrImageTags", "cloudImageTags"), tag);
  to.text(twins("ecrImageHash", "cloudImageDigest"), image.digest);
  to.time(twins("ecrImagePushedAt", "cloudImagePushedAt"), image.pushed);
  to.time(twins("ecrImageLastInUseAt", "cloudImageLastInUseAt"), image.last_in_use);
  if (image.in_use_count)
    to.number(twins("ecrImageInUseCount", "cloudImageInUseCount"), *image.in_use_count);
}

void add(Attributes& to, const FunctionDetails& function) {
  to.text(twins("lambdaFunctionName", "cloudServerlessFunctionName"), function.name);
  to.text(twins("lambdaFunctionRuntime", "cloudServerlessFunctionRuntime"), function.runtime);
  to.text(twins("lambdaFunctionExecutionRoleArn", "cloudServerlessFunctionExecutionRole"),
          function.role_arn);
  to.time(twins("lambdaFunctionLastModifiedAt", "cloudServerlessFunctionLastModifiedAt"),
          function.last_modified);
  for (const std::string& layer : function.layers)
    to.text(number_of("lambdaFunctionLayers"), layer);
}

void add(Attributes& to, const RepositoryDetails& repository) {
  to.text(number_of("codeRepositoryProjectName"), repository.project_name);
  to.text(number_of("codeRepositoryProviderType"), repository.provider_type);
}

}  // namespace

std::string attribute_text(std::string_view text) {
  std::string clean = base::printable(text);
  if (clean.size() <= kAttributeBytes) return clean;
  std::size_t end = kAttributeBytes;
  while ((static_cast<unsigned char>(clean[end]) & 0xC0U) == 0x80U) --end;
  clean.resize(end);
  return clean;
}

std::string lambda_layer_arn(const Resource& resource, std::string_view layer) {
  if (layer.empty() || layer.starts_with("arn:")) return std::string(layer);
  layer.remove_prefix(layer.rfind('/') + 1);
  if (layer.ends_with(".zip")) layer.remove_suffix(4);
  std::string name;
  for (const char c : layer) name += base::is_alnum(c) || c == '_' ? c : '-';
  return "arn:aws:lambda:" + resource.region + ":" + resource.account + ":layer:" + name + ":1";
}

std::vector<Attribute> attributes_of(const Resource& resource) {
  Attributes attributes;
  attributes.text(number_of("cloudProvider"), "AWS");
  attributes.text(number_of("cloudProviderAccountId"), resource.account);
  attributes.text(number_of("cloudProviderOrgId"), resource.organisation);
  for (const auto& [key, value] : resource.tags) attributes.tag(key, value);
  if (resource.instance) add(attributes, *resource.instance);
  if (resource.image) add(attributes, *resource.image);
  if (resource.function) add(attributes, *resource.function);
  if (resource.repository) add(attributes, *resource.repository);
  return attributes.take();
}

}  // namespace vigil::findings
