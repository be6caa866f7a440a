// The fifteen aggregations as data: what each may be asked and how its groups are written.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "store/aggregate.h"

namespace vigil::api::list_finding_aggregations {

/// What a member of a group holds, and where store::AggregationRow keeps it.
enum class Source : std::uint8_t {
  Text,    ///< texts
  List,    ///< lists
  Map,     ///< maps
  Number,  ///< numbers; a time is one too
  Account,
  Exploitable,
  Fixable,
  Network,
  Affected,
  Severities,  ///< {all, critical, high, medium}
};

struct GroupMember {
  std::string_view name;
  Source source;
};

struct Kind {
  std::string_view name;  ///< AggregationType
  store::AggregationType type;
  std::string_view member;  ///< of the unions AggregationRequest and AggregationResponse
  std::span<const GroupMember> members;
};

/// By AggregationType; null for an unknown one.
const Kind* find_kind(std::string_view name);

}  // namespace vigil::api::list_finding_aggregations
