#include "api/operations/list-finding-aggregations/kinds.h"

#include <algorithm>
#include <array>

namespace vigil::api::list_finding_aggregations {
namespace {

using enum Source;

constexpr std::array kFindingType = {
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
    GroupMember{"exploitAvailableCount", Exploitable},
    GroupMember{"fixAvailableCount", Fixable},
    GroupMember{"cloudProvider", Text},
    GroupMember{"cloudAccountId", Text},
    GroupMember{"cloudOrgId", Text},
    GroupMember{"cloudRegion", Text},
    GroupMember{"cloudPartition", Text},
};
constexpr std::array kPackage = {
    GroupMember{"packageName", Text},
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
};
constexpr std::array kTitle = {
    GroupMember{"title", Text},
    GroupMember{"vulnerabilityId", Text},
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
};
constexpr std::array kRepository = {
    GroupMember{"repository", Text},         GroupMember{"accountId", Account},
    GroupMember{"cloudProvider", Text},      GroupMember{"cloudPartition", Text},
    GroupMember{"cloudRegion", Text},        GroupMember{"cloudOrgId", Text},
    GroupMember{"cloudAccountId", Text},     GroupMember{"severityCounts", Severities},
    GroupMember{"affectedImages", Affected},
};
constexpr std::array kAmi = {
    GroupMember{"ami", Text},
    GroupMember{"accountId", Account},
    GroupMember{"cloudProvider", Text},
    GroupMember{"cloudPartition", Text},
    GroupMember{"cloudRegion", Text},
    GroupMember{"cloudOrgId", Text},
    GroupMember{"cloudAccountId", Text},
    GroupMember{"severityCounts", Severities},
    GroupMember{"affectedInstances", Affected},
};
constexpr std::array kEc2Instance = {
    GroupMember{"instanceId", Text},         GroupMember{"ami", Text},
    GroupMember{"operatingSystem", Text},    GroupMember{"instanceTags", Map},
    GroupMember{"accountId", Account},       GroupMember{"severityCounts", Severities},
    GroupMember{"networkFindings", Network},
};
constexpr std::array kAwsEcrContainer = {
    GroupMember{"resourceId", Text},
    GroupMember{"imageSha", Text},
    GroupMember{"repository", Text},
    GroupMember{"architecture", Text},
    GroupMember{"imageTags", List},
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
    GroupMember{"lastInUseAt", Number},
    GroupMember{"inUseCount", Number},
};
constexpr std::array kImageLayer = {
    GroupMember{"repository", Text},     GroupMember{"resourceId", Text},
    GroupMember{"layerHash", Text},      GroupMember{"accountId", Account},
    GroupMember{"cloudProvider", Text},  GroupMember{"cloudAccountId", Text},
    GroupMember{"cloudOrgId", Text},     GroupMember{"cloudRegion", Text},
    GroupMember{"cloudPartition", Text}, GroupMember{"severityCounts", Severities},
};
constexpr std::array kAccount = {
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
    GroupMember{"exploitAvailableCount", Exploitable},
    GroupMember{"fixAvailableCount", Fixable},
};
constexpr std::array kLambdaFunction = {
    GroupMember{"resourceId", Text},       GroupMember{"functionName", Text},
    GroupMember{"runtime", Text},          GroupMember{"lambdaTags", Map},
    GroupMember{"accountId", Account},     GroupMember{"severityCounts", Severities},
    GroupMember{"lastModifiedAt", Number},
};
constexpr std::array kLambdaLayer = {
    GroupMember{"functionName", Text},
    GroupMember{"resourceId", Text},
    GroupMember{"layerArn", Text},
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
};
constexpr std::array kCodeRepository = {
    GroupMember{"projectNames", Text},
    GroupMember{"providerType", Text},
    GroupMember{"severityCounts", Severities},
    GroupMember{"exploitAvailableActiveFindingsCount", Exploitable},
    GroupMember{"fixAvailableActiveFindingsCount", Fixable},
    GroupMember{"accountId", Account},
    GroupMember{"resourceId", Text},
};
constexpr std::array kVmInstance = {
    GroupMember{"resourceId", Text},
    GroupMember{"cloudProvider", Text},
    GroupMember{"cloudAccountId", Text},
    GroupMember{"cloudPartition", Text},
    GroupMember{"cloudRegion", Text},
    GroupMember{"cloudOrgId", Text},
    GroupMember{"vmImageReference", Text},
    GroupMember{"operatingSystem", Text},
    GroupMember{"tags", Map},
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
    GroupMember{"networkFindings", Network},
    GroupMember{"exploitAvailableActiveFindingsCount", Exploitable},
    GroupMember{"fixAvailableActiveFindingsCount", Fixable},
};
constexpr std::array kContainerImage = {
    GroupMember{"resourceId", Text},
    GroupMember{"cloudProvider", Text},
    GroupMember{"cloudAccountId", Text},
    GroupMember{"cloudPartition", Text},
    GroupMember{"cloudRegion", Text},
    GroupMember{"cloudOrgId", Text},
    GroupMember{"imageDigest", Text},
    GroupMember{"repository", Text},
    GroupMember{"registry", Text},
    GroupMember{"architecture", Text},
    GroupMember{"imageTags", List},
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
    GroupMember{"lastInUseAt", Number},
    GroupMember{"inUseCount", Number},
    GroupMember{"exploitAvailableActiveFindingsCount", Exploitable},
    GroupMember{"fixAvailableActiveFindingsCount", Fixable},
};
constexpr std::array kServerlessFunction = {
    GroupMember{"resourceId", Text},
    GroupMember{"cloudProvider", Text},
    GroupMember{"cloudAccountId", Text},
    GroupMember{"cloudPartition", Text},
    GroupMember{"cloudRegion", Text},
    GroupMember{"cloudOrgId", Text},
    GroupMember{"functionName", Text},
    GroupMember{"runtime", Text},
    GroupMember{"tags", Map},
    GroupMember{"accountId", Account},
    GroupMember{"severityCounts", Severities},
    GroupMember{"lastModifiedAt", Number},
    GroupMember{"exploitAvailableActiveFindingsCount", Exploitable},
    GroupMember{"fixAvailableActiveFindingsCount", Fixable},
};

constexpr std::array<Kind, 15> kKinds = {{
    {"FINDING_TYPE", store::AggregationType::FindingType, "findingTypeAggregation", kFindingType},
    {"PACKAGE", store::AggregationType::Package, "packageAggregation", kPackage},
    {"TITLE", store::AggregationType::Title, "titleAggregation", kTitle},
    {"REPOSITORY", store::AggregationType::Repository, "repositoryAggregation", kRepository},
    {"AMI", store::AggregationType::Ami, "amiAggregation", kAmi},
    {"AWS_EC2_INSTANCE", store::AggregationType::AwsEc2Instance, "ec2InstanceAggregation",
     kEc2Instance},
    {"AWS_ECR_CONTAINER", store::AggregationType::AwsEcrContainer, "awsEcrContainerAggregation",
     kAwsEcrContainer},
    {"IMAGE_LAYER", store::AggregationType::ImageLayer, "imageLayerAggregation", kImageLayer},
    {"ACCOUNT", store::AggregationType::Account, "accountAggregation", kAccount},
    {"AWS_LAMBDA_FUNCTION", store::AggregationType::AwsLambdaFunction, "lambdaFunctionAggregation",
     kLambdaFunction},
    {"LAMBDA_LAYER", store::AggregationType::LambdaLayer, "lambdaLayerAggregation", kLambdaLayer},
    {"CODE_REPOSITORY", store::AggregationType::CodeRepository, "codeRepositoryAggregation",
     kCodeRepository},
    {"VM_INSTANCE", store::AggregationType::VmInstance, "vmInstanceAggregation", kVmInstance},
    {"CONTAINER_IMAGE", store::AggregationType::ContainerImage, "containerImageAggregation",
     kContainerImage},
    {"SERVERLESS_FUNCTION", store::AggregationType::ServerlessFunction,
     "serverlessFunctionAggregation", kServerlessFunction},
}};

}  // namespace

const Kind* find_kind(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name, &Kind::name);
  return found == kKinds.end() ? nullptr : &*found;
}

}  // namespace vigil::api::list_finding_aggregations
