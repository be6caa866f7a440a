#include "estate/coverage.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::estate {
namespace {

constexpr std::string_view kActive = "ACTIVE";
constexpr std::string_view kInactive = "INACTIVE";
constexpr std::string_view kInstance = "AWS_EC2_INSTANCE";
constexpr std::string_view kFunction = "AWS_LAMBDA_FUNCTION";

/// InspectorEc2Exclusion in any case, with any value (inspector.md 4.1); for functions
/// InspectorExclusion with the value LambdaStandardScanning (4.4).
bool is_excluded(const findings::Resource& resource) {
  return std::any_of(resource.tags.begin(), resource.tags.end(), [&](const auto& tag) {
    if (resource.type == kInstance)
      return base::equals_ignoring_case(tag.first, "InspectorEc2Exclusion");
    return resource.type == kFunction && tag.first == "InspectorExclusion" &&
           tag.second == "LambdaStandardScanning";
  });
}

/// A function's packages are those of its language; its system is its provider's matter.
bool depends_on_system(std::string_view resource_type) {
  return resource_type != kFunction && resource_type != "CODE_REPOSITORY";
}

}  // namespace

Coverage coverage_of_system(std::string_view resource_type, std::string_view ecosystem,
                            const intel::Snapshot& intelligence) {
  if (depends_on_system(resource_type) && (ecosystem.empty() || !intelligence.covers(ecosystem)))
    return {kInactive, "UNSUPPORTED_OS", Treatment::Assess};
  return {kActive, "SUCCESSFUL", Treatment::Assess};
}

Coverage coverage_of(const findings::Resource& resource, const inventory::Inventory& inventory,
                     bool scanned, const intel::Snapshot* intelligence) {
  if (!scanned) return {kInactive, kPendingDisable, Treatment::Close};
  if (is_excluded(resource)) return {kInactive, "EXCLUDED_BY_TAG", Treatment::Close};
  if (resource.type == kInstance && inventory.packages.empty()) {
    // A host without a single package is one whose database could not be read.
    const bool known = !inventory.os.ecosystem.empty() || inventory.os.id.empty();
    return {kInactive, known ? "NO_INVENTORY" : "UNSUPPORTED_OS", Treatment::Keep};
  }
  if (intelligence == nullptr) return {kActive, "PENDING_INITIAL_SCAN", Treatment::Wait};
  return coverage_of_system(resource.type, inventory.os.ecosystem, *intelligence);
}

}  // namespace vigil::estate
