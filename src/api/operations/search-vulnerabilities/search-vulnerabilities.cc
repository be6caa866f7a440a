// SearchVulnerabilities: what the intelligence in force knows of one CVE.
//
// Reference: Inspector2 API, SearchVulnerabilities. Traps: exactly one id; an unknown one gives an
// empty list, not an error; allowed while any scan type is on.
//
// Not handled: atigData and detectionPlatforms (findings/document.h).
//
// Without intelligence the answer is an error: an empty list would say that the CVE is unknown.
#include <algorithm>

#include "api/caller.h"
#include "api/operation.h"
#include "api/page_token.h"
#include "api/transaction.h"
#include "findings/document.h"
#include "store/accounts.h"

namespace vigil::api::search_vulnerabilities {
namespace {

Outcome<bool> any_scan_type(const Call& call) {
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  return read(call.estate.store(), [&](store::Connection& from) -> Outcome<bool> {
    VIGIL_TRY(const auto types, or_internal(store::scan_types(from, account)));
    return std::ranges::any_of(types, [](const auto& type) { return type.second == "ENABLED"; });
  });
}

/// The record of the id itself, not of one that only mentions it.
std::optional<std::uint32_t> index_of(const intel::Snapshot& intelligence, std::string_view id) {
  for (const std::uint32_t index : intelligence.find(id)) {
    if (intelligence.vulnerability_id(index) == id) return index;
  }
  return std::nullopt;
}

Answer run(const Call& call) {
  VIGIL_CHECK(page_position(call));
  VIGIL_TRY(const bool allowed, any_scan_type(call));
  if (!allowed) return tl::unexpected(access_denied("No scan type of the account is enabled."));
  const auto intelligence = call.estate.intelligence();
  if (!intelligence) {
    return tl::unexpected(internal(Error{"no intelligence is loaded", {}, {}, {}}));
  }
  base::JsonWriter json;
  json.begin_object().key("vulnerabilities").begin_array();
  for (const base::Json& id : call.input["filterCriteria"]["vulnerabilityIds"].items()) {
    const auto index = index_of(*intelligence, id.text());
    if (!index) continue;
    VIGIL_TRY(const model::Vulnerability vulnerability,
              or_internal(intelligence->vulnerability(*index)));
    json.raw(findings::search_document(vulnerability));
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "SearchVulnerabilities",
      .service = "inspector2",
      .method = "POST",
      .uri = "/vulnerabilities/search",
      .input = "filterCriteria*:{vulnerabilityIds*:[str~cve][1..1]}, nextToken:NextToken",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::search_vulnerabilities
