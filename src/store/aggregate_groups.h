// The groups of an aggregation, as the parts of aggregate.cc hand them around.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/aggregate.h"
#include "store/resource_filter.h"

namespace vigil::store {

/// What the rows of an aggregation are made by.
enum class GroupBy : std::uint8_t {
  Account,
  Title,
  Package,
  Resource,
  Attribute,  ///< resources that have the same value of a field
  Layer,      ///< resource, and layer of it that a package lies in
};

struct AggregationKind {
  AggregationType type;
  std::string_view name;  ///< "AWS_EC2_INSTANCE"
  GroupBy by;
  std::span<const std::string_view> resource_types;  ///< empty: any
  std::string_view field;         ///< of Attribute: whose values; of Layer: a column of packages
  std::string_view member;        ///< the group's own name in rows: "ami", "layerHash"
  std::string_view layer_filter;  ///< of Layer: the member that tests layers
  std::span<const ResourceMember> members;
};
const AggregationKind& kind_of(AggregationType type);

/// One group: what it is, and its counters of ACTIVE findings.
struct Group {
  std::int64_t account = 0;
  std::int64_t id = 0;  ///< resource or vulnerability; 0 where the text says it all
  std::string text;     ///< title, package, value, layer
  std::int64_t all = 0, critical = 0, high = 0, medium = 0;
  std::int64_t exploit = 0, fix = 0, network = 0, affected = 0;

  /// What an order goes by first, and then.
  std::array<std::int64_t, 2> value{};
};
/// Column names of a Group in SQL, for a first value and a second one.
std::array<std::string_view, 2> sort_columns(AggregationSort sort);
std::array<std::int64_t, 2> sort_values(const Group& group, AggregationSort sort);

/// Where a group stands; all in the direction of the sort.
struct GroupPosition {
  std::array<std::int64_t, 2> value{};
  std::int64_t account = 0;
  std::int64_t id = 0;
  std::string text;
  friend auto operator<=>(const GroupPosition&, const GroupPosition&) = default;
};
GroupPosition position_of(const Group& group);
/// Is `group` behind `after`?
bool is_behind(const Group& group, const GroupPosition* after, bool descending);

/// A request with what it means.
struct Aggregation {
  const AggregationQuery* query = nullptr;
  const AggregationKind* kind = nullptr;
  std::vector<std::int64_t> accounts;  ///< each once
  ResourceFilter resources;
  const GroupPosition* after = nullptr;
  std::size_t wanted = 0;

  /// The tests of a request's member; empty if there are none.
  [[nodiscard]] std::span<const findings::StringTest> strings(const std::string& member) const;
};

/// The first groups behind `after`, at most `wanted` of each account, in no order.
Result<std::vector<Group>> groups_of_assessments(Connection& from, const Aggregation& aggregation);
Result<std::vector<Group>> groups_of_resources(Connection& from, const Aggregation& aggregation);
Result<std::vector<Group>> groups_of_attributes(Connection& from, const Aggregation& aggregation);
Result<std::vector<Group>> groups_of_layers(Connection& from, const Aggregation& aggregation);

/// The row of a group with the texts that name it.
Result<AggregationRow> row_of(Connection& from, const Aggregation& aggregation, const Group& group);

/// The types of resources to look at: those of the kind, narrowed by the request.
std::vector<std::string_view> resource_types(const Aggregation& aggregation);

/// "SELECT ... FROM (" grouped ") g WHERE ... ORDER BY ... LIMIT ...": the columns id, label, total,
/// critical, high, medium, exploit, fix, network, affected of the groups that come first.
Result<void> read_groups(Connection& from, const Aggregation& aggregation, std::int64_t account,
                         const std::function<void(SqlText&)>& add_grouped, std::vector<Group>& to);

}  // namespace vigil::store
