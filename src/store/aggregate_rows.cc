// The members that name a group, under the API's names.
#include <algorithm>

#include "findings/filter_table.h"
#include "store/aggregate_groups.h"
#include "store/store.h"

namespace vigil::store {
namespace {

using findings::fields::number_of;

/// A field of a resource under the name it has in a row.
struct Named {
  std::uint16_t field;
  std::string_view name;
};

constexpr Named kOfInstances[] = {{number_of("ec2InstanceImageId"), "ami"}};
constexpr Named kOfAllInstances[] = {{number_of("cloudVmImageReference"), "vmImageReference"}};
constexpr Named kOfImages[] = {
    {number_of("ecrImageHash"), "imageSha"},
    {number_of("ecrImageRepositoryName"), "repository"},
    {number_of("ecrImageArchitecture"), "architecture"},
    {number_of("ecrImageTags"), "imageTags"},
    {number_of("ecrImageLastInUseAt"), "lastInUseAt"},
    {number_of("ecrImageInUseCount"), "inUseCount"},
};
constexpr Named kOfAllImages[] = {
    {number_of("cloudImageDigest"), "imageDigest"},
    {number_of("cloudImageRepositoryName"), "repository"},
    {number_of("cloudImageRegistry"), "registry"},
    {number_of("cloudImageArchitecture"), "architecture"},
    {number_of("cloudImageTags"), "imageTags"},
    {number_of("cloudImageLastInUseAt"), "lastInUseAt"},
    {number_of("cloudImageInUseCount"), "inUseCount"},
};
constexpr Named kOfFunctions[] = {
    {number_of("lambdaFunctionName"), "functionName"},
    {number_of("lambdaFunctionRuntime"), "runtime"},
    {number_of("lambdaFunctionLastModifiedAt"), "lastModifiedAt"},
};
constexpr Named kOfAllFunctions[] = {
    {number_of("cloudServerlessFunctionName"), "functionName"},
    {number_of("cloudServerlessFunctionRuntime"), "runtime"},
    {number_of("cloudServerlessFunctionLastModifiedAt"), "lastModifiedAt"},
};
constexpr Named kOfRepositories[] = {
    {number_of("codeRepositoryProjectName"), "projectNames"},
    {number_of("codeRepositoryProviderType"), "providerType"},
};
constexpr Named kOfImageLayers[] = {{number_of("ecrImageRepositoryName"), "repository"}};
constexpr Named kOfLambdaLayers[] = {{number_of("lambdaFunctionName"), "functionName"}};
constexpr Named kCloud[] = {
    {number_of("cloudProvider"), "cloudProvider"},
    {number_of("cloudProviderAccountId"), "cloudAccountId"},
    {number_of("cloudProviderOrgId"), "cloudOrgId"},
};

struct Members {
  std::span<const Named> named;
  std::string_view tags;  ///< what the resource's tags are called; empty: not said
  bool cloud = false;
  bool operating_system = false;
};
Members members_of(AggregationType type) {
  switch (type) {
    case AggregationType::AwsEc2Instance:
      return {kOfInstances, "instanceTags", false, true};
    case AggregationType::VmInstance:
      return {kOfAllInstances, "tags", true, true};
    case AggregationType::AwsEcrContainer:
      return {kOfImages, ""};
    case AggregationType::ContainerImage:
      return {kOfAllImages, "", true};
    case AggregationType::AwsLambdaFunction:
      return {kOfFunctions, "lambdaTags"};
    case AggregationType::ServerlessFunction:
      return {kOfAllFunctions, "tags", true};
    case AggregationType::CodeRepository:
      return {kOfRepositories, ""};
    case AggregationType::ImageLayer:
      return {kOfImageLayers, ""};
    case AggregationType::LambdaLayer:
      return {kOfLambdaLayers, ""};
    case AggregationType::FindingType:
    case AggregationType::Package:
    case AggregationType::Title:
    case AggregationType::Repository:
    case AggregationType::Ami:
    case AggregationType::Account:
      return {};
  }
  return {};
}

void add_attribute(AggregationRow& row, std::string_view name, const Row& attribute) {
  const std::string key(name);
  if (name == "imageTags") {
    row.lists[key].emplace_back(attribute.text(2));
  } else if (!attribute.is_null(3)) {
    row.numbers[key] = static_cast<std::int64_t>(attribute.real(3));
  } else {
    row.texts.emplace(key, attribute.text(2));
  }
}

Result<void> add_resource(Connection& from, const Aggregation& aggregation, const Group& group,
                          AggregationRow& row) {
  const Members members = members_of(aggregation.kind->type);
  const bool is_layer = aggregation.kind->by == GroupBy::Layer;
  const std::string id(is_layer ? std::string_view("resourceId") : aggregation.kind->member);
  VIGIL_CHECK(from.query(
      "SELECT r.resource_id, r.platform, r.region FROM resource r WHERE r.account = $1 AND "
      "r.id = $2",
      {group.account, group.id}, [&](const Row& resource) {
        row.texts[id] = resource.text(0);
        if (members.operating_system && !resource.text(1).empty()) {
          row.texts["operatingSystem"] = resource.text(1);
        }
        if (members.cloud) {
          row.texts["cloudRegion"] = resource.text(2);
          row.texts["cloudPartition"] = "aws";
        }
        return false;
      }));
  return from.query(
      "SELECT x.field, x.key, x.text, x.number FROM resource_attribute x WHERE x.account = $1 AND "
      "x.resource = $2 ORDER BY x.field, x.key, x.text",
      {group.account, group.id}, [&](const Row& attribute) {
        const std::int64_t field = attribute.integer(0);
        for (const Named& named : members.named) {
          if (named.field == field) add_attribute(row, named.name, attribute);
        }
        if (members.cloud) {
          for (const Named& named : kCloud) {
            if (named.field == field) add_attribute(row, named.name, attribute);
          }
        }
        if (field == number_of("resourceTags") && !members.tags.empty()) {
          row.maps[std::string(members.tags)].emplace(attribute.text(1), attribute.text(2));
        }
        return true;
      });
}

}  // namespace

Result<AggregationRow> row_of(Connection& from, const Aggregation& aggregation,
                              const Group& group) {
  AggregationRow row;
  row.account = group.account;
  row.all = group.all;
  row.critical = group.critical;
  row.high = group.high;
  row.medium = group.medium;
  row.exploit_available = group.exploit;
  row.fix_available = group.fix;
  row.network = group.network;
  row.affected = group.affected;
  const GroupBy by = aggregation.kind->by;
  if (by != GroupBy::Resource && !aggregation.kind->member.empty()) {
    row.texts[std::string(aggregation.kind->member)] = group.text;
  }
  if (by == GroupBy::Title) {
    VIGIL_CHECK(from.query("SELECT v.name FROM vulnerability v WHERE v.account = $1 AND v.id = $2",
                           {group.account, group.id}, [&](const Row& vulnerability) {
                             row.texts["vulnerabilityId"] = vulnerability.text(0);
                             return false;
                           }));
  }
  if (by == GroupBy::Resource || by == GroupBy::Layer) {
    VIGIL_CHECK(add_resource(from, aggregation, group, row));
  }
  return row;
}

}  // namespace vigil::store
