// ListCoverageStatistics: how many rows of coverage there are, by the values of one property.
//
// Reference: Inspector2 API, ListCoverageStatistics. Traps: countsByGroup[].groupKey is typed as a
// GroupKey, but the service gives the group's value ("AWS_EC2_INSTANCE"); a page has at most five
// groups; totalCounts is the total on every page; without groupBy there are no groups.
//
// Not handled: nothing is left out.
//
// Groups come in the order of their values.
#include "api/coverage_query.h"
#include "api/operation.h"
#include "api/page_token.h"
#include "api/transaction.h"
#include "base/json_writer.h"

namespace vigil::api::list_coverage_statistics {
namespace {

constexpr std::size_t kGroupsOfPage = 5;

Answer run(const Call& call) {
  VIGIL_TRY(const store::CoverageQuery query, coverage_query(call));
  VIGIL_TRY(const std::string after, page_position(call));
  const std::string_view group = call.input["groupBy"].text();
  VIGIL_TRY(
      const store::CoverageCounts counts,
      read(call.estate.store(), [&](store::Connection& from) -> Outcome<store::CoverageCounts> {
        return or_internal(store::coverage_statistics(from, query, group));
      }));
  base::JsonWriter json;
  json.begin_object();
  auto next = after.empty() ? counts.by_group.begin() : counts.by_group.upper_bound(after);
  std::string last;
  if (next != counts.by_group.end()) {
    json.key("countsByGroup").begin_array();
    for (std::size_t i = 0; i < kGroupsOfPage && next != counts.by_group.end(); ++i, ++next) {
      last = next->first;
      json.begin_object().member("count", next->second).member("groupKey", last).end_object();
    }
    json.end_array();
  }
  json.member("totalCounts", counts.total);
  if (next != counts.by_group.end()) {
    VIGIL_TRY(const std::string token, page_token(call, last));
    json.member("nextToken", token);
  }
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "ListCoverageStatistics",
      .service = "inspector2",
      .method = "POST",
      .uri = "/coverage/statistics/list",
      .input = "filterCriteria:CoverageFilterCriteria, groupBy:GroupKey, nextToken:NextToken",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::list_coverage_statistics
