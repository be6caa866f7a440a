// The table of the fields itself, for this room: names are looked up while compiling, so that a name that
// is none does not compile.
#pragma once

#include <algorithm>
#include <array>

#include "findings/filter_fields.h"

namespace vigil::findings::fields {

using enum FieldKind;
using Scope = FieldScope;

// In the order of model::Severity, findings::Status and findings::FixAvailable; a test holds them together.
inline constexpr std::string_view kSeverities[] = {"UNTRIAGED", "INFORMATIONAL", "LOW",
                                                   "MEDIUM",    "HIGH",          "CRITICAL"};
inline constexpr std::string_view kStatuses[] = {"ACTIVE", "SUPPRESSED", "CLOSED"};
inline constexpr std::string_view kFixes[] = {"NO", "PARTIAL", "YES"};
inline constexpr std::string_view kNoYes[] = {"NO", "YES"};

// The fields of FilterCriteria (Inspector2 API reference, 2020-06-08), grouped as its members are. The
// number of a row is stored: new rows only at the end.
inline constexpr std::array kFields = {
    FilterField{"findingArn", String, Scope::Finding, ""},
    FilterField{"awsAccountId", String, Scope::Finding, "account"},
    FilterField{"findingType", String, Scope::Assessment, "type"},
    FilterField{"severity", String, Scope::Assessment, "severity", kSeverities},
    FilterField{"findingStatus", String, Scope::Finding, "status", kStatuses},
    FilterField{"title", String, Scope::Assessment, "title"},
    FilterField{"resourceType", String, Scope::Assessment, "resource_type"},
    FilterField{"resourceId", String, Scope::Resource, "resource_id"},
    FilterField{"ec2InstanceImageId", String, Scope::Resource, ""},
    FilterField{"ec2InstanceVpcId", String, Scope::Resource, ""},
    FilterField{"ec2InstanceSubnetId", String, Scope::Resource, ""},
    FilterField{"ecrImageArchitecture", String, Scope::Resource, ""},
    FilterField{"ecrImageRegistry", String, Scope::Resource, ""},
    FilterField{"ecrImageRepositoryName", String, Scope::Resource, ""},
    FilterField{"ecrImageTags", String, Scope::Resource, ""},
    FilterField{"ecrImageHash", String, Scope::Resource, ""},
    FilterField{"networkProtocol", String, Scope::Assessment, ""},
    FilterField{"componentId", String, Scope::Assessment, ""},
    FilterField{"componentType", String, Scope::Assessment, ""},
    FilterField{"vulnerabilityId", String, Scope::Vulnerability, "name"},
    FilterField{"vulnerabilitySource", String, Scope::Assessment, "source"},
    FilterField{"vendorSeverity", String, Scope::Assessment, "vendor_severity"},
    FilterField{"relatedVulnerabilities", String, Scope::Assessment, ""},
    FilterField{"fixAvailable", String, Scope::Assessment, "fix", kFixes},
    FilterField{"exploitAvailable", String, Scope::Assessment, "exploit", kNoYes},
    FilterField{"lambdaFunctionName", String, Scope::Resource, ""},
    FilterField{"lambdaFunctionLayers", String, Scope::Resource, ""},
    FilterField{"lambdaFunctionRuntime", String, Scope::Resource, ""},
    FilterField{"lambdaFunctionExecutionRoleArn", String, Scope::Resource, ""},
    FilterField{"codeVulnerabilityDetectorName", String, Scope::Assessment, ""},
    FilterField{"codeVulnerabilityDetectorTags", String, Scope::Assessment, ""},
    FilterField{"codeVulnerabilityFilePath", String, Scope::Assessment, ""},
    FilterField{"codeRepositoryProjectName", String, Scope::Resource, ""},
    FilterField{"codeRepositoryProviderType", String, Scope::Resource, ""},
    FilterField{"cloudProvider", String, Scope::Resource, ""},
    FilterField{"cloudProviderRegion", String, Scope::Resource, "region"},
    FilterField{"cloudProviderAccountId", String, Scope::Resource, ""},
    FilterField{"cloudProviderOrgId", String, Scope::Resource, ""},
    FilterField{"cloudVmImageReference", String, Scope::Resource, ""},
    FilterField{"cloudVmNetworkId", String, Scope::Resource, ""},
    FilterField{"cloudVmSubnetIds", String, Scope::Resource, ""},
    FilterField{"cloudImageRepositoryName", String, Scope::Resource, ""},
    FilterField{"cloudImageRegistry", String, Scope::Resource, ""},
    FilterField{"cloudImageDigest", String, Scope::Resource, ""},
    FilterField{"cloudImageTags", String, Scope::Resource, ""},
    FilterField{"cloudImageArchitecture", String, Scope::Resource, ""},
    FilterField{"cloudServerlessFunctionName", String, Scope::Resource, ""},
    FilterField{"cloudServerlessFunctionRuntime", String, Scope::Resource, ""},
    FilterField{"cloudServerlessFunctionExecutionRole", String, Scope::Resource, ""},
    FilterField{"firstObservedAt", Date, Scope::Finding, "first_observed"},
    FilterField{"lastObservedAt", Date, Scope::Finding, "last_observed"},
    FilterField{"updatedAt", Date, Scope::Finding, "updated"},
    FilterField{"ecrImagePushedAt", Date, Scope::Resource, ""},
    FilterField{"ecrImageLastInUseAt", Date, Scope::Resource, ""},
    FilterField{"lambdaFunctionLastModifiedAt", Date, Scope::Resource, ""},
    FilterField{"cloudImagePushedAt", Date, Scope::Resource, ""},
    FilterField{"cloudImageLastInUseAt", Date, Scope::Resource, ""},
    FilterField{"cloudServerlessFunctionLastModifiedAt", Date, Scope::Resource, ""},
    FilterField{"inspectorScore", Number, Scope::Assessment, "score"},
    FilterField{"epssScore", Number, Scope::Vulnerability, "epss"},
    FilterField{"ecrImageInUseCount", Number, Scope::Resource, ""},
    FilterField{"cloudImageInUseCount", Number, Scope::Resource, ""},
    FilterField{"resourceTags", Map, Scope::Resource, ""},
    FilterField{"portRange", PortRange, Scope::Assessment, ""},
    FilterField{"vulnerablePackages", Package, Scope::Assessment, ""},
};
static_assert(kFields.size() == 65);

/// The number of a field.
consteval std::uint16_t number_of(std::string_view name) {
  const auto* const found = std::ranges::find(kFields, name, &FilterField::name);
  if (found == kFields.end()) throw "no such field";
  return static_cast<std::uint16_t>(found - kFields.begin());
}

}  // namespace vigil::findings::fields
