// ListCoverage and ListCoverageStatistics.
#include <array>

#include "api/shapes/shapes.h"

namespace vigil::api {
namespace {

constexpr std::array kShapes = {
    NamedShape{"CoverageStringFilter", "{comparison*:EQUALS|NOT_EQUALS, value*:str[1..1024]}"},
    NamedShape{"CoverageStringFilterList", "[CoverageStringFilter][1..10]"},
    NamedShape{"CoverageMapFilter",
               "{comparison*:EQUALS, key*:NonEmptyString, value:NonEmptyString}"},
    NamedShape{"CoverageMapFilterList", "[CoverageMapFilter][1..10]"},
    NamedShape{"CoverageDateFilter", "{startInclusive:ts, endInclusive:ts}"},
    NamedShape{"CoverageDateFilterList", "[CoverageDateFilter][1..10]"},
    NamedShape{"CoverageNumberFilter", "{upperInclusive:long, lowerInclusive:long}"},
    NamedShape{"CoverageNumberFilterList", "[CoverageNumberFilter][1..10]"},
    NamedShape{"CoverageFilterCriteria",
               "{scanStatusCode:CoverageStringFilterList,"
               " scanStatusReason:CoverageStringFilterList,"
               " accountId:CoverageStringFilterList,"
               " resourceId:CoverageStringFilterList,"
               " resourceType:CoverageStringFilterList,"
               " scanType:CoverageStringFilterList,"
               " ecrRepositoryName:CoverageStringFilterList,"
               " ecrImageTags:CoverageStringFilterList,"
               " ec2InstanceTags:CoverageMapFilterList,"
               " lambdaFunctionName:CoverageStringFilterList,"
               " lambdaFunctionTags:CoverageMapFilterList,"
               " lambdaFunctionRuntime:CoverageStringFilterList,"
               " lastScannedAt:CoverageDateFilterList,"
               " scanMode:CoverageStringFilterList,"
               " imagePulledAt:CoverageDateFilterList,"
               " ecrImageLastInUseAt:CoverageDateFilterList,"
               " ecrImageInUseCount:CoverageNumberFilterList,"
               " codeRepositoryProjectName:CoverageStringFilterList,"
               " codeRepositoryProviderType:CoverageStringFilterList,"
               " codeRepositoryProviderTypeVisibility:CoverageStringFilterList,"
               " lastScannedCommitId:CoverageStringFilterList,"
               " cloudProvider:CoverageStringFilterList,"
               " cloudProviderAccountId:CoverageStringFilterList,"
               " cloudProviderRegion:CoverageStringFilterList,"
               " cloudVmInstanceTags:CoverageMapFilterList,"
               " cloudContainerImageTags:CoverageStringFilterList,"
               " cloudContainerRepositoryName:CoverageStringFilterList,"
               " cloudContainerRegistryName:CoverageStringFilterList,"
               " cloudServerlessFunctionName:CoverageStringFilterList,"
               " cloudServerlessFunctionRuntime:CoverageStringFilterList,"
               " cloudServerlessFunctionTags:CoverageMapFilterList,"
               " cloudProviderOrgId:CoverageStringFilterList}"},
    NamedShape{"GroupKey",
               "SCAN_STATUS_CODE|SCAN_STATUS_REASON|ACCOUNT_ID|RESOURCE_TYPE|ECR_REPOSITORY_NAME|"
               "PROVIDER|PROVIDER_ACCOUNT_ID|PROVIDER_REGION|PROVIDER_ORG_ID"},
};

}  // namespace

std::span<const NamedShape> coverage_shapes() {
  return kShapes;
}

}  // namespace vigil::api
