// BatchGetFindingDetails: what is known of the vulnerabilities of up to ten findings beyond the findings
// themselves: CISA's catalogue, exploits, weaknesses, references, EPSS.
//
// Reference: Inspector2 API, BatchGetFindingDetails. Traps: an ARN of another account or of nothing
// fails by itself, in `errors`; the others are answered. The same ARN twice is answered once.
//
// Not handled: riskScore, evidences and ttps, because nobody publishes what they hold.
//
// The texts come from what was stored with the finding, so they are those of the intelligence that
// the finding was last assessed with.
#include <map>
#include <set>

#include "api/caller.h"
#include "api/operation.h"
#include "api/transaction.h"
#include "findings/document.h"
#include "findings/identity.h"
#include "store/find.h"

namespace vigil::api::batch_get_finding_details {
namespace {

struct Sought {
  std::string arn;
  std::string_view error;  ///< an error code; empty: it may be looked for
  findings::FindingId id;
};

std::vector<Sought> sought_by(const Call& call) {
  std::vector<Sought> sought;
  std::set<std::string_view> seen;
  for (const base::Json& item : call.input["findingArns"].items()) {
    if (!seen.insert(item.text()).second) continue;
    Sought one{.arn = std::string(item.text()), .error = {}, .id = {}};
    const auto arn = findings::parse_finding_arn(one.arn);
    if (!arn) {
      one.error = "FINDING_DETAILS_NOT_FOUND";
    } else if (arn->account != call.caller.account) {
      one.error = "ACCESS_DENIED";
    } else {
      one.id = arn->id;
    }
    sought.push_back(std::move(one));
  }
  return sought;
}

std::string_view message_of(std::string_view error) {
  return error == "ACCESS_DENIED" ? kNoAccess : "There is no finding of this ARN";
}

Answer run(const Call& call) {
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  std::vector<Sought> sought = sought_by(call);
  std::vector<findings::FindingId> ids;
  for (const Sought& one : sought) {
    if (one.error.empty()) ids.push_back(one.id);
  }
  VIGIL_TRY(const auto found,
            read(call.estate.store(),
                 [&](store::Connection& from) -> Outcome<std::vector<store::FoundFinding>> {
                   return or_internal(store::find_by_id(from, account, ids));
                 }));
  std::map<std::string, const store::FoundFinding*> by_arn;
  for (const store::FoundFinding& finding : found) {
    by_arn.emplace(findings::finding_arn(finding.region, call.caller.account, finding.id),
                   &finding);
  }

  base::JsonWriter json;
  json.begin_object();
  json.key("findingDetails").begin_array();
  for (Sought& one : sought) {
    if (!one.error.empty()) continue;
    if (const auto finding = by_arn.find(one.arn); finding != by_arn.end()) {
      json.raw(findings::finding_detail_document(one.arn, finding->second->vulnerability_body));
    } else {
      one.error = "FINDING_DETAILS_NOT_FOUND";
    }
  }
  json.end_array();
  json.key("errors").begin_array();
  for (const Sought& one : sought) {
    if (one.error.empty()) continue;
    json.begin_object()
        .member("findingArn", one.arn)
        .member("errorCode", one.error)
        .member("errorMessage", message_of(one.error))
        .end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "BatchGetFindingDetails",
                                           .service = "inspector2",
                                           .method = "POST",
                                           .uri = "/findings/details/batch/get",
                                           .input = "findingArns*:[FindingArn][1..10]",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::batch_get_finding_details
