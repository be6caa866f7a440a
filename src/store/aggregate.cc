// Aggregations are read from the counters that every change of a finding maintains, in assessments and in
// resources: some ten thousand rows instead of millions. They count ACTIVE findings only, as
// Inspector's do, and list a group only if it has one. Groups never span accounts, so each account's
// first groups are read by themselves and merged here; pages follow by the position of the last group.
#include "store/aggregate.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_writer.h"
#include "store/aggregate_groups.h"
#include "store/token.h"

namespace vigil::store {
namespace {

constexpr std::size_t kLargestPage = 1000;

/// Everything but the page, as text: what a token belongs to.
std::uint64_t digest(const AggregationQuery& query) {
  base::JsonWriter out;
  out.begin_array().value(static_cast<int>(query.type)).value(static_cast<int>(query.sort));
  out.value(query.descending).value(query.finding_type).value(query.resource_type);
  for (const std::int64_t account : query.accounts) out.value(account);
  add_tests(out, {query.strings, query.maps, query.ranges});
  out.end_array();
  return base::xxh3_64(out.text());
}

std::string encode(const GroupPosition& position, const AggregationQuery& query) {
  TokenWriter out(digest(query));
  out.number(position.value[0]).number(position.value[1]).number(position.account);
  return out.number(position.id).text(position.text).take();
}

Result<GroupPosition> decode(const AggregationQuery& query) {
  TokenReader in(query.after, digest(query));
  GroupPosition out;
  out.value = {in.number(), in.number()};
  out.account = in.number();
  out.id = in.number();
  out.text = in.text();
  VIGIL_CHECK(in.finish());
  return out;
}

/// Members of requests whose groups are assessments'.
Result<void> check_members(const Aggregation& aggregation) {
  const auto is_known = [&](std::string_view member) {
    switch (aggregation.kind->by) {
      case GroupBy::Title:
        return member == "titles" || member == "vulnerabilityIds";
      case GroupBy::Package:
        return member == "packageNames";
      default:
        return false;
    }
  };
  for (const auto& [name, tests] : aggregation.query->strings) {
    if (!tests.empty() && !is_known(name)) return fail("unknown filter", name);
  }
  if (!aggregation.query->maps.empty())
    return fail("unknown filter", aggregation.query->maps.begin()->first);
  if (!aggregation.query->ranges.empty()) {
    return fail("unknown filter", aggregation.query->ranges.begin()->first);
  }
  return ok();
}

Result<Aggregation> understand(const AggregationQuery& query) {
  Aggregation out;
  out.query = &query;
  out.kind = &kind_of(query.type);
  out.wanted = query.limit + 1;
  out.accounts = query.accounts;
  std::ranges::sort(out.accounts);
  out.accounts.erase(std::ranges::unique(out.accounts).begin(), out.accounts.end());
  const bool is_of_assessments = out.kind->resource_types.empty();
  if (is_of_assessments) {
    VIGIL_CHECK(check_members(out));
    return out;
  }
  if (!query.finding_type.empty() && out.kind->by != GroupBy::Layer) {
    return fail("resources are not counted by type of finding", "findingType",
                "leave it out, or aggregate by ACCOUNT or TITLE", ErrorCode::Unsupported);
  }
  auto strings = query.strings;
  if (!out.kind->layer_filter.empty()) strings.erase(std::string(out.kind->layer_filter));
  VIGIL_TRY(out.resources,
            ResourceFilter::make(out.kind->members, {strings, query.maps, query.ranges}));
  return out;
}

Result<std::vector<Group>> groups_of(Connection& from, const Aggregation& aggregation) {
  switch (aggregation.kind->by) {
    case GroupBy::Account:
    case GroupBy::Title:
    case GroupBy::Package:
      return groups_of_assessments(from, aggregation);
    case GroupBy::Resource:
      return groups_of_resources(from, aggregation);
    case GroupBy::Attribute:
      return groups_of_attributes(from, aggregation);
    case GroupBy::Layer:
      return groups_of_layers(from, aggregation);
  }
  return std::vector<Group>{};
}

}  // namespace

Result<AggregationPage> aggregate(Connection& from, const AggregationQuery& query) {
  if (query.limit == 0 || query.limit > kLargestPage) {
    return fail("a page holds 1 to " + std::to_string(kLargestPage) + " groups", "maxResults");
  }
  VIGIL_TRY(Aggregation aggregation, understand(query));
  GroupPosition after;
  if (!query.after.empty()) {
    VIGIL_TRY(after, decode(query));
    aggregation.after = &after;
  }
  VIGIL_TRY(std::vector<Group> groups, groups_of(from, aggregation));
  std::ranges::sort(groups, [&](const Group& a, const Group& b) {
    return query.descending ? position_of(b) < position_of(a) : position_of(a) < position_of(b);
  });
  AggregationPage page;
  if (groups.size() > query.limit) {
    groups.resize(query.limit);
    page.next = encode(position_of(groups.back()), query);
  }
  for (const Group& group : groups) {
    VIGIL_TRY(AggregationRow row, row_of(from, aggregation, group));
    page.rows.push_back(std::move(row));
  }
  return page;
}

}  // namespace vigil::store
