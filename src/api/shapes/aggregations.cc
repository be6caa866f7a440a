// ListFindingAggregations.
#include <array>

#include "api/shapes/shapes.h"

namespace vigil::api {
namespace {

constexpr std::array kShapes = {
    NamedShape{"AggregationType",
               "FINDING_TYPE|PACKAGE|TITLE|REPOSITORY|AMI|AWS_EC2_INSTANCE|AWS_ECR_CONTAINER|"
               "IMAGE_LAYER|ACCOUNT|AWS_LAMBDA_FUNCTION|LAMBDA_LAYER|CODE_REPOSITORY|VM_INSTANCE|"
               "CONTAINER_IMAGE|SERVERLESS_FUNCTION"},
    NamedShape{"AggregationFindingType",
               "NETWORK_REACHABILITY|PACKAGE_VULNERABILITY|CODE_VULNERABILITY"},
    NamedShape{"AggregationResourceType",
               "AWS_EC2_INSTANCE|AWS_ECR_CONTAINER_IMAGE|AWS_LAMBDA_FUNCTION|CODE_REPOSITORY|"
               "Microsoft.Compute/virtualMachines|"
               "Microsoft.ContainerRegistry/registry/containerImage|Microsoft.Web/sites"},
    NamedShape{"AccountAggregation",
               "{findingType:AggregationFindingType, resourceType:AggregationResourceType,"
               " sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"AmiAggregation",
               "{amis:StringFilterList, sortOrder:SortOrder,"
               " sortBy:CRITICAL|HIGH|ALL|AFFECTED_INSTANCES}"},
    NamedShape{"AwsEcrContainerAggregation",
               "{resourceIds:StringFilterList, imageShas:StringFilterList,"
               " repositories:StringFilterList, architectures:StringFilterList,"
               " imageTags:StringFilterList, sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL,"
               " lastInUseAt:DateFilterList, inUseCount:NumberFilterList}"},
    NamedShape{"Ec2InstanceAggregation",
               "{amis:StringFilterList, operatingSystems:StringFilterList,"
               " instanceIds:StringFilterList, instanceTags:MapFilterList,"
               " sortOrder:SortOrder, sortBy:NETWORK_FINDINGS|CRITICAL|HIGH|ALL}"},
    NamedShape{"FindingTypeAggregation",
               "{findingType:AggregationFindingType, resourceType:AggregationResourceType,"
               " sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"ImageLayerAggregation",
               "{repositories:StringFilterList, resourceIds:StringFilterList,"
               " layerHashes:StringFilterList, cloudProviders:StringFilterList,"
               " cloudAccountIds:StringFilterList, cloudOrgIds:StringFilterList,"
               " cloudRegions:StringFilterList, cloudPartitions:StringFilterList,"
               " sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"PackageAggregation",
               "{packageNames:StringFilterList, sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"RepositoryAggregation",
               "{repositories:StringFilterList, sortOrder:SortOrder,"
               " sortBy:CRITICAL|HIGH|ALL|AFFECTED_IMAGES}"},
    NamedShape{"TitleAggregation",
               "{titles:StringFilterList, vulnerabilityIds:StringFilterList,"
               " resourceType:AggregationResourceType, findingType:AggregationFindingType,"
               " sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"LambdaLayerAggregation",
               "{functionNames:StringFilterList, resourceIds:StringFilterList,"
               " layerArns:StringFilterList, sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"LambdaFunctionAggregation",
               "{resourceIds:StringFilterList, functionNames:StringFilterList,"
               " runtimes:StringFilterList, functionTags:MapFilterList, sortOrder:SortOrder,"
               " sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"CodeRepositoryAggregation",
               "{projectNames:StringFilterList, providerTypes:StringFilterList,"
               " sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL, resourceIds:StringFilterList}"},
    NamedShape{"VmInstanceAggregation",
               "{resourceIds:StringFilterList, operatingSystems:StringFilterList,"
               " instanceTags:MapFilterList, vmImageReferences:StringFilterList,"
               " cloudProviders:StringFilterList, cloudPartitions:StringFilterList,"
               " cloudRegions:StringFilterList, cloudOrgIds:StringFilterList,"
               " cloudAccountIds:StringFilterList, sortOrder:SortOrder,"
               " sortBy:CRITICAL|HIGH|ALL|NETWORK_FINDINGS}"},
    NamedShape{"ContainerImageAggregation",
               "{resourceIds:StringFilterList, imageDigests:StringFilterList,"
               " repositories:StringFilterList, registries:StringFilterList,"
               " architectures:StringFilterList, imageTags:StringFilterList,"
               " cloudProviders:StringFilterList, cloudPartitions:StringFilterList,"
               " cloudRegions:StringFilterList, cloudOrgIds:StringFilterList,"
               " cloudAccountIds:StringFilterList, lastInUseAt:DateFilterList,"
               " inUseCount:NumberFilterList, sortOrder:SortOrder, sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"ServerlessFunctionAggregation",
               "{resourceIds:StringFilterList, functionNames:StringFilterList,"
               " runtimes:StringFilterList, functionTags:MapFilterList,"
               " cloudProviders:StringFilterList, cloudPartitions:StringFilterList,"
               " cloudRegions:StringFilterList, cloudOrgIds:StringFilterList,"
               " cloudAccountIds:StringFilterList, sortOrder:SortOrder,"
               " sortBy:CRITICAL|HIGH|ALL}"},
    NamedShape{"AggregationRequest",
               "<accountAggregation:AccountAggregation, amiAggregation:AmiAggregation,"
               " awsEcrContainerAggregation:AwsEcrContainerAggregation,"
               " ec2InstanceAggregation:Ec2InstanceAggregation,"
               " findingTypeAggregation:FindingTypeAggregation,"
               " imageLayerAggregation:ImageLayerAggregation,"
               " packageAggregation:PackageAggregation,"
               " repositoryAggregation:RepositoryAggregation,"
               " titleAggregation:TitleAggregation,"
               " lambdaLayerAggregation:LambdaLayerAggregation,"
               " lambdaFunctionAggregation:LambdaFunctionAggregation,"
               " codeRepositoryAggregation:CodeRepositoryAggregation,"
               " vmInstanceAggregation:VmInstanceAggregation,"
               " containerImageAggregation:ContainerImageAggregation,"
               " serverlessFunctionAggregation:ServerlessFunctionAggregation>"},
};

}  // namespace

std::span<const NamedShape> aggregation_shapes() {
  return kShapes;
}

}  // namespace vigil::api
