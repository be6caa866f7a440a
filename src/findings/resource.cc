#include "findings/resource.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace vigil::findings {
namespace {

/// Collects the values of a resource by the names of their fields.
class Attributes {
 public:
  void text(std::string_view field, std::string_view value) {
    std::string kept = attribute_text(value);
    if (!kept.empty()) list_.push_back({number_of(field), {}, std::move(kept), {}, {}});
  }
  void texts(std::string_view field, const std::vector<std::string>& values) {
    for (const std::string& value : values) text(field, value);
  }
  void number(std::string_view field, std::int64_t value) {
    list_.push_back({number_of(field), {}, std::to_string(value), static_cast<double>(value), {}});
  }
  void time(std::string_view field, std::int64_t seconds) {
    if (seconds != 0) number(field, seconds);
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
  static std::uint16_t number_of(std::string_view field) { return filter_field(field).value(); }

  std::vector<Attribute> list_;
};

void add(Attributes& to, const InstanceDetails& instance) {
  to.text("ec2InstanceImageId", instance.image_id);
  to.text("cloudVmImageReference", instance.image_id);
  to.text("ec2InstanceVpcId", instance.vpc_id);
  to.text("cloudVmNetworkId", instance.vpc_id);
  to.text("ec2InstanceSubnetId", instance.subnet_id);
  to.text("cloudVmSubnetIds", instance.subnet_id);
}

void add(Attributes& to, const ImageDetails& image) {
  for (const std::string_view field : {"ecrImageArchitecture", "cloudImageArchitecture"})
    to.text(field, image.architecture);
  for (const std::string_view field : {"ecrImageRegistry", "cloudImageRegistry"})
    to.text(field, image.registry);
  for (const std::string_view field : {"ecrImageRepositoryName", "cloudImageRepositoryName"})
    to.text(field, image.repository);
  for (const std::string_view field : {"ecrImageTags", "cloudImageTags"})
    to.texts(field, image.tags);
  for (const std::string_view field : {"ecrImageHash", "cloudImageDigest"})
    to.text(field, image.digest);
  for (const std::string_view field : {"ecrImagePushedAt", "cloudImagePushedAt"})
    to.time(field, image.pushed);
  for (const std::string_view field : {"ecrImageLastInUseAt", "cloudImageLastInUseAt"})
    to.time(field, image.last_in_use);
  if (!image.in_use_count) return;
  for (const std::string_view field : {"ecrImageInUseCount", "cloudImageInUseCount"})
    to.number(field, *image.in_use_count);
}

void add(Attributes& to, const FunctionDetails& function) {
  to.text("lambdaFunctionName", function.name);
  to.text("cloudServerlessFunctionName", function.name);
  to.text("lambdaFunctionRuntime", function.runtime);
  to.text("cloudServerlessFunctionRuntime", function.runtime);
  to.text("lambdaFunctionExecutionRoleArn", function.role_arn);
  to.text("cloudServerlessFunctionExecutionRole", function.role_arn);
  to.time("lambdaFunctionLastModifiedAt", function.last_modified);
  to.time("cloudServerlessFunctionLastModifiedAt", function.last_modified);
  to.texts("lambdaFunctionLayers", function.layers);
}

void add(Attributes& to, const RepositoryDetails& repository) {
  to.text("codeRepositoryProjectName", repository.project_name);
  to.text("codeRepositoryProviderType", repository.provider_type);
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

std::vector<Attribute> attributes_of(const Resource& resource) {
  Attributes attributes;
  attributes.text("cloudProvider", "AWS");
  attributes.text("cloudProviderAccountId", resource.account);
  attributes.text("cloudProviderOrgId", resource.organisation);
  for (const auto& [key, value] : resource.tags) attributes.tag(key, value);
  if (resource.instance) add(attributes, *resource.instance);
  if (resource.image) add(attributes, *resource.image);
  if (resource.function) add(attributes, *resource.function);
  if (resource.repository) add(attributes, *resource.repository);
  return attributes.take();
}

}  // namespace vigil::findings
