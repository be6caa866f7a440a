// FilterCriteria: ListFindings, the filters and suppression rules.
#include <array>

#include "api/shapes/shapes.h"

namespace vigil::api {
namespace {

constexpr std::array kShapes = {
    NamedShape{"PortRangeFilter", "{beginInclusive:int[0..65535], endInclusive:int[0..65535]}"},
    NamedShape{"PortRangeFilterList", "[PortRangeFilter][1..10]"},
    NamedShape{"PackageFilter",
               "{name:StringFilter, version:StringFilter, epoch:NumberFilter,"
               " release:StringFilter, architecture:StringFilter, sourceLayerHash:StringFilter,"
               " sourceLambdaLayerArn:StringFilter, filePath:StringFilter}"},
    NamedShape{"PackageFilterList", "[PackageFilter][1..10]"},
    NamedShape{"FilterCriteria",
               "{findingArn:StringFilterList, awsAccountId:StringFilterList,"
               " findingType:StringFilterList, severity:StringFilterList,"
               " firstObservedAt:DateFilterList, lastObservedAt:DateFilterList,"
               " updatedAt:DateFilterList, findingStatus:StringFilterList,"
               " title:StringFilterList, inspectorScore:NumberFilterList,"
               " resourceType:StringFilterList, resourceId:StringFilterList,"
               " resourceTags:MapFilterList, ec2InstanceImageId:StringFilterList,"
               " ec2InstanceVpcId:StringFilterList, ec2InstanceSubnetId:StringFilterList,"
               " ecrImagePushedAt:DateFilterList, ecrImageArchitecture:StringFilterList,"
               " ecrImageRegistry:StringFilterList, ecrImageRepositoryName:StringFilterList,"
               " ecrImageTags:StringFilterList, ecrImageHash:StringFilterList,"
               " ecrImageLastInUseAt:DateFilterList, ecrImageInUseCount:NumberFilterList,"
               " portRange:PortRangeFilterList, networkProtocol:StringFilterList,"
               " componentId:StringFilterList, componentType:StringFilterList,"
               " vulnerabilityId:StringFilterList, vulnerabilitySource:StringFilterList,"
               " vendorSeverity:StringFilterList, vulnerablePackages:PackageFilterList,"
               " relatedVulnerabilities:StringFilterList, fixAvailable:StringFilterList,"
               " lambdaFunctionName:StringFilterList, lambdaFunctionLayers:StringFilterList,"
               " lambdaFunctionRuntime:StringFilterList,"
               " lambdaFunctionLastModifiedAt:DateFilterList,"
               " lambdaFunctionExecutionRoleArn:StringFilterList,"
               " exploitAvailable:StringFilterList,"
               " codeVulnerabilityDetectorName:StringFilterList,"
               " codeVulnerabilityDetectorTags:StringFilterList,"
               " codeVulnerabilityFilePath:StringFilterList, epssScore:NumberFilterList,"
               " codeRepositoryProjectName:StringFilterList,"
               " codeRepositoryProviderType:StringFilterList, cloudProvider:StringFilterList,"
               " cloudProviderRegion:StringFilterList,"
               " cloudProviderAccountId:StringFilterList, cloudProviderOrgId:StringFilterList,"
               " cloudVmImageReference:StringFilterList, cloudVmNetworkId:StringFilterList,"
               " cloudVmSubnetIds:StringFilterList, cloudImageRepositoryName:StringFilterList,"
               " cloudImageRegistry:StringFilterList, cloudImageDigest:StringFilterList,"
               " cloudImageTags:StringFilterList, cloudImagePushedAt:DateFilterList,"
               " cloudImageArchitecture:StringFilterList,"
               " cloudImageLastInUseAt:DateFilterList, cloudImageInUseCount:NumberFilterList,"
               " cloudServerlessFunctionName:StringFilterList,"
               " cloudServerlessFunctionRuntime:StringFilterList,"
               " cloudServerlessFunctionLastModifiedAt:DateFilterList,"
               " cloudServerlessFunctionExecutionRole:StringFilterList}"},
    NamedShape{"SortField",
               "AWS_ACCOUNT_ID|FINDING_TYPE|SEVERITY|FIRST_OBSERVED_AT|LAST_OBSERVED_AT|"
               "FINDING_STATUS|RESOURCE_TYPE|ECR_IMAGE_PUSHED_AT|ECR_IMAGE_REPOSITORY_NAME|"
               "ECR_IMAGE_REGISTRY|NETWORK_PROTOCOL|COMPONENT_TYPE|VULNERABILITY_ID|"
               "VULNERABILITY_SOURCE|INSPECTOR_SCORE|VENDOR_SEVERITY|EPSS_SCORE"},
    NamedShape{"SortCriteria", "{field*:SortField, sortOrder*:SortOrder}"},

    NamedShape{"FilterAction", "NONE|SUPPRESS"},
    NamedShape{"FilterArn", "str[1..128]"},
    NamedShape{"FilterDescription", "str[1..512]"},
    NamedShape{"FilterName", "str[1..128]"},
    NamedShape{"FilterReason", "str[1..512]"},
};

}  // namespace

std::span<const NamedShape> filter_shapes() {
  return kShapes;
}

}  // namespace vigil::api
