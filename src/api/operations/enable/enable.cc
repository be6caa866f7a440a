// Enable: turns scan types of the account on; stored inventories are assessed at once.
//
// Reference: Inspector2 API, Enable. Traps: LAMBDA_CODE needs LAMBDA, on already or in the same
// request; SDKs fill clientToken in and repeat the request with it; failedAccounts is always there.
// What is on already stays on.
//
// Not handled: member accounts: other accounts than the caller's fail with ACCESS_DENIED.
//
// Many resources are assessed in the background; until then the status is ENABLING.
#include "api/account_status.h"
#include "api/caller.h"
#include "api/client_token.h"
#include "api/operation.h"
#include "estate/scan_types.h"

namespace vigil::api::enable {
namespace {

Answer answer_anew(const Call& call) {
  const RequestedAccounts accounts = requested_accounts(call, "accountIds");
  base::JsonWriter json;
  json.begin_object().key("accounts").begin_array();
  if (accounts.own) {
    VIGIL_TRY(const std::int64_t account, caller_account(call));
    std::vector<std::string> types;
    for (const base::Json& type : call.input["resourceTypes"].items()) {
      types.emplace_back(type.text());
    }
    const auto status = estate::enable_scan_types(call.estate, account, types);
    if (!status && status.error().code == ErrorCode::Invalid) {
      return tl::unexpected(field_error("resourceTypes", status.error().text()));
    }
    VIGIL_TRY(const ScanTypes now, or_internal(status));
    write_account(json, call.caller.account, now);
  }
  json.end_array();
  write_failed_accounts(json, accounts.others);
  json.end_object();
  return json.take();
}

Answer run(const Call& call) {
  VIGIL_TRY(const auto earlier, earlier_answer(call));
  if (earlier) return *earlier;
  VIGIL_TRY(std::string answer, answer_anew(call));
  VIGIL_CHECK(keep_answer(call, answer));
  return answer;
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "Enable",
      .service = "inspector2",
      .method = "POST",
      .uri = "/enable",
      .input =
          "accountIds:AccountIdSet, resourceTypes*:[ResourceScanType][1..5],"
          " clientToken:ClientToken",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::enable
