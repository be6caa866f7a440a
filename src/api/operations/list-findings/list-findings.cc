// ListFindings: findings by filter, sorted, a page at a time.
//
// Reference: Inspector2 API, ListFindings. Traps: maxResults may be 100, but a page never holds more
// than 25 findings: clients go on until there is no nextToken. Without findingStatus in the filter,
// findings of all states are listed. String values are compared, not checked against enumerations.
//
// Not handled: findings of member accounts, until there are organisations.
//
// How pages are found and filters become SQL is told in store/find.h.
#include <algorithm>
#include <array>

#include "api/caller.h"
#include "api/criteria.h"
#include "api/found_finding.h"
#include "api/operation.h"
#include "api/page_token.h"
#include "api/transaction.h"
#include "base/json_writer.h"
#include "store/find.h"

namespace vigil::api::list_findings {
namespace {

constexpr std::int64_t kPage = 25;

store::SortField sort_field(std::string_view name) {
  // In the order of store::SortField.
  static constexpr std::array<std::string_view, 17> kNames = {
      "AWS_ACCOUNT_ID",     "FINDING_TYPE",         "SEVERITY",
      "FIRST_OBSERVED_AT",  "LAST_OBSERVED_AT",     "FINDING_STATUS",
      "RESOURCE_TYPE",      "ECR_IMAGE_PUSHED_AT",  "ECR_IMAGE_REPOSITORY_NAME",
      "ECR_IMAGE_REGISTRY", "NETWORK_PROTOCOL",     "COMPONENT_TYPE",
      "VULNERABILITY_ID",   "VULNERABILITY_SOURCE", "INSPECTOR_SCORE",
      "VENDOR_SEVERITY",    "EPSS_SCORE",
  };
  const auto found = std::ranges::find(kNames, name);
  return static_cast<store::SortField>(found - kNames.begin());
}

Outcome<store::FindQuery> query_of(const Call& call) {
  store::FindQuery query;
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  query.accounts = {account};
  VIGIL_TRY(query.filter, filter_criteria(call, "filterCriteria"));
  if (const base::Json sort = call.input["sortCriteria"]; sort.is_object()) {
    query.sort = sort_field(sort["field"].text());
    query.descending = sort["sortOrder"].text() == "DESC";
  }
  query.limit =
      static_cast<std::size_t>(std::min(call.input["maxResults"].integer().value_or(kPage), kPage));
  VIGIL_TRY(query.after, page_position(call));
  return query;
}

Answer run(const Call& call) {
  VIGIL_TRY(const store::FindQuery query, query_of(call));
  VIGIL_TRY(const store::FindPage page,
            read(call.estate.store(), [&](store::Connection& from) -> Outcome<store::FindPage> {
              return or_stale_page(call, store::find(from, query));
            }));
  base::JsonWriter json;
  json.begin_object();
  json.key("findings").begin_array();
  for (const store::FoundFinding& found : page.findings) json.raw(document_of(found));
  json.end_array();
  VIGIL_TRY(const std::string next, page_token(call, page.next));
  json.optional_member("nextToken", next);
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "ListFindings",
      .service = "inspector2",
      .method = "POST",
      .uri = "/findings/list",
      .input =
          "maxResults:int[1..100], nextToken:NextToken, filterCriteria:FilterCriteria,"
          " sortCriteria:SortCriteria",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::list_findings
