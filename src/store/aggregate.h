// ListFindingAggregations: counts of ACTIVE findings by account, title, package, resource, ... from
// the counters that every change maintains.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/filter.h"
#include "store/engine.h"

namespace vigil::store {

/// Inspector2's AggregationType, in its order.
enum class AggregationType : std::uint8_t {
  FindingType,
  Package,
  Title,
  Repository,
  Ami,
  AwsEc2Instance,
  AwsEcrContainer,
  ImageLayer,
  Account,
  AwsLambdaFunction,
  LambdaLayer,
  CodeRepository,
  VmInstance,
  ContainerImage,
  ServerlessFunction,
};
enum class AggregationSort : std::uint8_t {
  Critical,
  High,
  All,
  AffectedInstances,
  AffectedImages,
  NetworkFindings,
};

struct AggregationQuery {
  std::vector<std::int64_t> accounts;  ///< already narrowed by accountIds
  AggregationType type = AggregationType::Account;
  /// The request's own filters under the API's member names ("amis", "operatingSystems",
  /// "packageNames", "instanceTags", "lastInUseAt", ...).
  std::map<std::string, std::vector<findings::StringTest>> strings;
  std::map<std::string, std::vector<findings::MapTest>> maps;
  std::map<std::string, std::vector<findings::RangeTest>> ranges;
  std::string finding_type;   ///< empty: all
  std::string resource_type;  ///< empty: all
  AggregationSort sort = AggregationSort::Critical;
  bool descending = true;
  std::size_t limit = 100;
  std::string after;  ///< AggregationPage::next
};

struct AggregationRow {
  std::int64_t account = 0;
  std::int64_t all = 0, critical = 0, high = 0, medium = 0;
  std::int64_t exploit_available = 0, fix_available = 0, network = 0;
  std::int64_t affected = 0;  ///< instances of an AMI, images of a repository
  /// The group's other members under the API's names: "title", "vulnerabilityId", "packageName",
  /// "resourceId", "repository", "imageSha", "operatingSystem", ...; absent ones are unknown.
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<std::string>> lists;           ///< "imageTags"
  std::map<std::string, std::map<std::string, std::string>> maps;  ///< "instanceTags"
  std::map<std::string, std::int64_t> numbers;                     ///< "lastInUseAt", "inUseCount"
};

struct AggregationPage {
  std::vector<AggregationRow> rows;
  std::string next;
};

Result<AggregationPage> aggregate(Connection& from, const AggregationQuery& query);

}  // namespace vigil::store
