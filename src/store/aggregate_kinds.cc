// The 15 aggregation types of Inspector2 as data (API reference, ListFindingAggregations).
#include <algorithm>

#include "store/aggregate_groups.h"

namespace vigil::store {
namespace {

using enum GroupBy;

constexpr std::string_view kInstances[] = {"AWS_EC2_INSTANCE"};
constexpr std::string_view kImages[] = {"AWS_ECR_CONTAINER_IMAGE"};
constexpr std::string_view kFunctions[] = {"AWS_LAMBDA_FUNCTION"};
constexpr std::string_view kRepositories[] = {"CODE_REPOSITORY"};
constexpr std::string_view kAllInstances[] = {"AWS_EC2_INSTANCE",
                                              "Microsoft.Compute/virtualMachines"};
constexpr std::string_view kAllImages[] = {"AWS_ECR_CONTAINER_IMAGE",
                                           "Microsoft.ContainerRegistry/registry/containerImage"};
constexpr std::string_view kAllFunctions[] = {"AWS_LAMBDA_FUNCTION", "Microsoft.Web/sites"};

constexpr ResourceMember kAmis[] = {{.name = "amis", .field = "ec2InstanceImageId"}};
constexpr ResourceMember kRepositoryNames[] = {
    {.name = "repositories", .field = "ecrImageRepositoryName"}};
constexpr ResourceMember kOfInstances[] = {
    {.name = "amis", .field = "ec2InstanceImageId"},
    {.name = "operatingSystems", .column = "platform"},
    {.name = "instanceIds", .field = "resourceId"},
    {.name = "instanceTags", .field = "resourceTags"},
};
constexpr ResourceMember kOfImages[] = {
    {.name = "resourceIds", .field = "resourceId"},
    {.name = "imageShas", .field = "ecrImageHash"},
    {.name = "repositories", .field = "ecrImageRepositoryName"},
    {.name = "architectures", .field = "ecrImageArchitecture"},
    {.name = "imageTags", .field = "ecrImageTags"},
    {.name = "lastInUseAt", .field = "ecrImageLastInUseAt"},
    {.name = "inUseCount", .field = "ecrImageInUseCount"},
};
constexpr ResourceMember kOfFunctions[] = {
    {.name = "resourceIds", .field = "resourceId"},
    {.name = "functionNames", .field = "lambdaFunctionName"},
    {.name = "runtimes", .field = "lambdaFunctionRuntime"},
    {.name = "functionTags", .field = "resourceTags"},
};
constexpr ResourceMember kOfRepositories[] = {
    {.name = "resourceIds", .field = "resourceId"},
    {.name = "projectNames", .field = "codeRepositoryProjectName"},
    {.name = "providerTypes", .field = "codeRepositoryProviderType"},
};
constexpr ResourceMember kOfImageLayers[] = {
    {.name = "repositories", .field = "ecrImageRepositoryName"},
    {.name = "resourceIds", .field = "resourceId"},
    {.name = "cloudProviders", .field = "cloudProvider"},
    {.name = "cloudAccountIds", .field = "cloudProviderAccountId"},
    {.name = "cloudOrgIds", .field = "cloudProviderOrgId"},
    {.name = "cloudRegions", .field = "cloudProviderRegion"},
    {.name = "cloudPartitions", .constant = "aws"},
};
constexpr ResourceMember kOfLambdaLayers[] = {
    {.name = "functionNames", .field = "lambdaFunctionName"},
    {.name = "resourceIds", .field = "resourceId"},
};
constexpr ResourceMember kOfAllInstances[] = {
    {.name = "resourceIds", .field = "resourceId"},
    {.name = "operatingSystems", .column = "platform"},
    {.name = "instanceTags", .field = "resourceTags"},
    {.name = "vmImageReferences", .field = "cloudVmImageReference"},
    {.name = "cloudProviders", .field = "cloudProvider"},
    {.name = "cloudAccountIds", .field = "cloudProviderAccountId"},
    {.name = "cloudOrgIds", .field = "cloudProviderOrgId"},
    {.name = "cloudRegions", .field = "cloudProviderRegion"},
    {.name = "cloudPartitions", .constant = "aws"},
};
constexpr ResourceMember kOfAllImages[] = {
    {.name = "resourceIds", .field = "resourceId"},
    {.name = "imageDigests", .field = "cloudImageDigest"},
    {.name = "repositories", .field = "cloudImageRepositoryName"},
    {.name = "registries", .field = "cloudImageRegistry"},
    {.name = "architectures", .field = "cloudImageArchitecture"},
    {.name = "imageTags", .field = "cloudImageTags"},
    {.name = "lastInUseAt", .field = "cloudImageLastInUseAt"},
    {.name = "inUseCount", .field = "cloudImageInUseCount"},
    {.name = "cloudProviders", .field = "cloudProvider"},
    {.name = "cloudAccountIds", .field = "cloudProviderAccountId"},
    {.name = "cloudOrgIds", .field = "cloudProviderOrgId"},
    {.name = "cloudRegions", .field = "cloudProviderRegion"},
    {.name = "cloudPartitions", .constant = "aws"},
};
constexpr ResourceMember kOfAllFunctions[] = {
    {.name = "resourceIds", .field = "resourceId"},
    {.name = "functionNames", .field = "cloudServerlessFunctionName"},
    {.name = "runtimes", .field = "cloudServerlessFunctionRuntime"},
    {.name = "functionTags", .field = "resourceTags"},
    {.name = "cloudProviders", .field = "cloudProvider"},
    {.name = "cloudAccountIds", .field = "cloudProviderAccountId"},
    {.name = "cloudOrgIds", .field = "cloudProviderOrgId"},
    {.name = "cloudRegions", .field = "cloudProviderRegion"},
    {.name = "cloudPartitions", .constant = "aws"},
};

// In the order of AggregationType. Answers of FINDING_TYPE name no type, only the account: the
// request's findingType is what tells them apart.
constexpr AggregationKind kKinds[] = {
    {AggregationType::FindingType, "FINDING_TYPE", Account, {}, "", "", "", {}},
    {AggregationType::Package, "PACKAGE", Package, {}, "", "packageName", "", {}},
    {AggregationType::Title, "TITLE", Title, {}, "", "title", "", {}},
    {AggregationType::Repository, "REPOSITORY", Attribute, kImages, "ecrImageRepositoryName",
     "repository", "", kRepositoryNames},
    {AggregationType::Ami, "AMI", Attribute, kInstances, "ec2InstanceImageId", "ami", "", kAmis},
    {AggregationType::AwsEc2Instance, "AWS_EC2_INSTANCE", Resource, kInstances, "", "instanceId",
     "", kOfInstances},
    {AggregationType::AwsEcrContainer, "AWS_ECR_CONTAINER", Resource, kImages, "", "resourceId", "",
     kOfImages},
    {AggregationType::ImageLayer, "IMAGE_LAYER", Layer, kImages, "layer", "layerHash",
     "layerHashes", kOfImageLayers},
    {AggregationType::Account, "ACCOUNT", Account, {}, "", "", "", {}},
    {AggregationType::AwsLambdaFunction, "AWS_LAMBDA_FUNCTION", Resource, kFunctions, "",
     "resourceId", "", kOfFunctions},
    {AggregationType::LambdaLayer, "LAMBDA_LAYER", Layer, kFunctions, "lambda_layer", "layerArn",
     "layerArns", kOfLambdaLayers},
    {AggregationType::CodeRepository, "CODE_REPOSITORY", Resource, kRepositories, "", "resourceId",
     "", kOfRepositories},
    {AggregationType::VmInstance, "VM_INSTANCE", Resource, kAllInstances, "", "resourceId", "",
     kOfAllInstances},
    {AggregationType::ContainerImage, "CONTAINER_IMAGE", Resource, kAllImages, "", "resourceId", "",
     kOfAllImages},
    {AggregationType::ServerlessFunction, "SERVERLESS_FUNCTION", Resource, kAllFunctions, "",
     "resourceId", "", kOfAllFunctions},
};

}  // namespace

const AggregationKind& kind_of(AggregationType type) {
  return *std::ranges::find(kKinds, type, &AggregationKind::type);
}

std::array<std::string_view, 2> sort_columns(AggregationSort sort) {
  switch (sort) {
    case AggregationSort::Critical:
      return {"g.critical", "g.high"};
    case AggregationSort::High:
      return {"g.high", "g.critical"};
    case AggregationSort::All:
      return {"g.total", "g.critical"};
    case AggregationSort::AffectedInstances:
    case AggregationSort::AffectedImages:
      return {"g.affected", "g.critical"};
    case AggregationSort::NetworkFindings:
      return {"g.network", "g.critical"};
  }
  return {"g.critical", "g.high"};
}

std::array<std::int64_t, 2> sort_values(const Group& group, AggregationSort sort) {
  switch (sort) {
    case AggregationSort::Critical:
      return {group.critical, group.high};
    case AggregationSort::High:
      return {group.high, group.critical};
    case AggregationSort::All:
      return {group.all, group.critical};
    case AggregationSort::AffectedInstances:
    case AggregationSort::AffectedImages:
      return {group.affected, group.critical};
    case AggregationSort::NetworkFindings:
      return {group.network, group.critical};
  }
  return {};
}

GroupPosition position_of(const Group& group) {
  return {group.value, group.account, group.id, group.text};
}

bool is_behind(const Group& group, const GroupPosition* after, bool descending) {
  if (after == nullptr) return true;
  const GroupPosition position = position_of(group);
  return descending ? position < *after : position > *after;
}

std::span<const findings::StringTest> Aggregation::strings(const std::string& member) const {
  const auto found = query->strings.find(member);
  if (found == query->strings.end()) return {};
  return found->second;
}

std::vector<std::string_view> resource_types(const Aggregation& aggregation) {
  std::vector<std::string_view> types(aggregation.kind->resource_types.begin(),
                                      aggregation.kind->resource_types.end());
  const std::string& wanted = aggregation.query->resource_type;
  if (!wanted.empty()) std::erase_if(types, [&](std::string_view type) { return type != wanted; });
  return types;
}

}  // namespace vigil::store
