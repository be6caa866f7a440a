// ListFindingAggregations: counts of ACTIVE findings by account, title, package, resource, image layer
// and ten other groups.
//
// Reference: Inspector2 API, ListFindingAggregations; the fifteen types stand in kinds.cc. Traps: the
// member of aggregationRequest has to be that of the type; severityCounts has no member for LOW and
// UNTRIAGED, which count in `all` only. Sorted by CRITICAL, the most first, unless asked otherwise.
//
// Not handled: accounts other than the caller's: accountIds that exclude it leave nothing.
//
// The counts are maintained with every change, not made when asked (store/aggregate.h).
#include <algorithm>

#include "api/caller.h"
#include "api/criteria.h"
#include "api/operation.h"
#include "api/operations/list-finding-aggregations/kinds.h"
#include "api/page_token.h"
#include "api/transaction.h"
#include "api/validate.h"

namespace vigil::api::list_finding_aggregations {
namespace {

store::AggregationSort sort_of(std::string_view name) {
  static constexpr std::pair<std::string_view, store::AggregationSort> kSorts[] = {
      {"HIGH", store::AggregationSort::High},
      {"ALL", store::AggregationSort::All},
      {"AFFECTED_INSTANCES", store::AggregationSort::AffectedInstances},
      {"AFFECTED_IMAGES", store::AggregationSort::AffectedImages},
      {"NETWORK_FINDINGS", store::AggregationSort::NetworkFindings},
  };
  for (const auto& [word, sort] : kSorts) {
    if (word == name) return sort;
  }
  return store::AggregationSort::Critical;
}

/// The request's own filters by the kinds of their lists.
void read_filters(const base::Json& request, const Shape& shape, store::AggregationQuery& query) {
  for (const ShapeMember& member : shape.members) {
    const base::Json list = request[member.name];
    if (is_absent(list) || member.shape->kind != Shape::Kind::List) continue;
    const std::string_view kind = member.shape->name;
    if (kind == "StringFilterList") {
      query.strings[member.name] = string_tests(list);
    } else if (kind == "MapFilterList") {
      query.maps[member.name] = map_tests(list);
    } else {
      query.ranges[member.name] = range_tests(list);
    }
  }
}

/// The union's one member, which has to be that of the type.
Outcome<const Shape*> request_shape(const Call& call, const Kind& kind) {
  const base::Json request = call.input["aggregationRequest"];
  const auto shape =
      std::ranges::find(call.shape->members, "aggregationRequest", &ShapeMember::name);
  const auto member = std::ranges::find(shape->shape->members, kind.member, &ShapeMember::name);
  if (!is_absent(request) && is_absent(request[kind.member])) {
    return tl::unexpected(field_error(
        "aggregationRequest", "Value at 'aggregationRequest' is not '" + std::string(kind.member) +
                                  "', which aggregationType " + std::string(kind.name) + " takes"));
  }
  return member->shape;
}

Outcome<store::AggregationQuery> query_of(const Call& call, const Kind& kind) {
  store::AggregationQuery query;
  query.type = kind.type;
  if (fulfils(string_tests(call.input["accountIds"]), call.caller.account)) {
    VIGIL_TRY(const std::int64_t account, caller_account(call));
    query.accounts = {account};
  }
  VIGIL_TRY(const Shape* shape, request_shape(call, kind));
  if (const base::Json request = call.input["aggregationRequest"][kind.member];
      !is_absent(request)) {
    read_filters(request, *shape, query);
    query.finding_type = request["findingType"].text();
    query.resource_type = request["resourceType"].text();
    query.sort = sort_of(request["sortBy"].text());
    query.descending = request["sortOrder"].text() != "ASC";
  }
  query.limit = static_cast<std::size_t>(call.input["maxResults"].integer().value_or(100));
  VIGIL_TRY(query.after, page_position(call));
  return query;
}

void write_severities(base::JsonWriter& json, const store::AggregationRow& row) {
  json.begin_object()
      .member("all", row.all)
      .member("critical", row.critical)
      .member("high", row.high)
      .member("medium", row.medium)
      .end_object();
}

/// A member whose value is unknown is left out.
void write_member(base::JsonWriter& json, const GroupMember& member,
                  const store::AggregationRow& row) {
  const std::string name(member.name);
  switch (member.source) {
    case Source::Text:
      if (const auto found = row.texts.find(name); found != row.texts.end()) {
        json.optional_member(name, found->second);
      }
      return;
    case Source::List:
      if (const auto found = row.lists.find(name); found != row.lists.end()) {
        json.key(name).begin_array();
        for (const std::string& text : found->second) json.value(text);
        json.end_array();
      }
      return;
    case Source::Map:
      if (const auto found = row.maps.find(name); found != row.maps.end()) {
        json.key(name).begin_object();
        for (const auto& [key, value] : found->second) json.member(key, value);
        json.end_object();
      }
      return;
    case Source::Number:
      if (const auto found = row.numbers.find(name); found != row.numbers.end()) {
        json.member(name, found->second);
      }
      return;
    case Source::Account:
      json.member(name, store::account_digits(row.account));
      return;
    case Source::Exploitable:
      json.member(name, row.exploit_available);
      return;
    case Source::Fixable:
      json.member(name, row.fix_available);
      return;
    case Source::Network:
      json.member(name, row.network);
      return;
    case Source::Affected:
      json.member(name, row.affected);
      return;
    case Source::Severities:
      json.key(name);
      write_severities(json, row);
      return;
  }
}

Answer run(const Call& call) {
  const Kind* kind = find_kind(call.input["aggregationType"].text());
  if (kind == nullptr) {
    return tl::unexpected(internal(Error{"an aggregation type without a kind", {}, {}, {}}));
  }
  VIGIL_TRY(const store::AggregationQuery query, query_of(call, *kind));
  store::AggregationPage page;
  if (!query.accounts.empty()) {
    VIGIL_TRY(page, read(call.estate.store(),
                         [&](store::Connection& from) -> Outcome<store::AggregationPage> {
                           return or_stale_page(call, store::aggregate(from, query));
                         }));
  }
  base::JsonWriter json;
  json.begin_object();
  json.member("aggregationType", kind->name);
  json.key("responses").begin_array();
  for (const store::AggregationRow& row : page.rows) {
    json.begin_object().key(kind->member).begin_object();
    for (const GroupMember& member : kind->members) write_member(json, member, row);
    json.end_object().end_object();
  }
  json.end_array();
  VIGIL_TRY(const std::string next, page_token(call, page.next));
  json.optional_member("nextToken", next);
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "ListFindingAggregations",
      .service = "inspector2",
      .method = "POST",
      .uri = "/findings/aggregation/list",
      .input =
          "aggregationType*:AggregationType, nextToken:NextToken, maxResults:int[1..100],"
          " accountIds:StringFilterList, aggregationRequest:AggregationRequest",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::list_finding_aggregations
