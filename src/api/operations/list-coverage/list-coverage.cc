// ListCoverage: what is watched, one row for each resource and scan type, with the reason where it is
// not.
//
// Reference: Inspector2 API, ListCoverage; the reasons: ScanStatusReason. Traps: a page may hold 200,
// but 100 unless asked; lastScannedAt and scanMode are left out where there is none.
//
// Not handled: metadata of code repositories, whose visibility Vigil does not know.
//
// What could not be scanned is here with a reason, never missing.
#include "api/coverage_query.h"
#include "api/operation.h"
#include "api/operations/list-coverage/metadata.h"
#include "api/page_token.h"
#include "api/transaction.h"

namespace vigil::api::list_coverage {
namespace {

void write_row(base::JsonWriter& json, const store::CoverageRow& row) {
  json.begin_object()
      .member("resourceType", row.resource_type)
      .member("resourceId", row.resource_id)
      .member("accountId", store::account_digits(row.account))
      .member("scanType", row.scan_type);
  json.key("scanStatus")
      .begin_object()
      .member("statusCode", row.status_code)
      .member("reason", row.status_reason)
      .end_object();
  write_metadata(json, row);
  if (row.last_scanned != 0) json.member("lastScannedAt", row.last_scanned);
  json.optional_member("scanMode", row.scan_mode);
  json.end_object();
}

Answer run(const Call& call) {
  VIGIL_TRY(store::CoverageQuery query, coverage_query(call));
  query.limit = static_cast<std::size_t>(call.input["maxResults"].integer().value_or(100));
  VIGIL_TRY(query.after, page_position(call));
  VIGIL_TRY(const store::CoveragePage page,
            read(call.estate.store(), [&](store::Connection& from) -> Outcome<store::CoveragePage> {
              return or_stale_page(call, store::coverage(from, query));
            }));
  base::JsonWriter json;
  json.begin_object();
  json.key("coveredResources").begin_array();
  for (const store::CoverageRow& row : page.rows) write_row(json, row);
  json.end_array();
  VIGIL_TRY(const std::string next, page_token(call, page.next));
  json.optional_member("nextToken", next);
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "ListCoverage",
                                           .service = "inspector2",
                                           .method = "POST",
                                           .uri = "/coverage/list",
                                           .input =
                                               "maxResults:int[1..200], nextToken:NextToken,"
                                               " filterCriteria:CoverageFilterCriteria",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::list_coverage
