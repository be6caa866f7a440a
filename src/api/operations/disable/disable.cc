// Disable: turns scan types of the account off; the findings of their resources close and their
// coverage says so.
//
// Reference: Inspector2 API, Disable. Traps: no resourceTypes means all of them; LAMBDA takes
// LAMBDA_CODE with it; failedAccounts is always there. What is off already stays off.
//
// Not handled: member accounts, which may not turn themselves off: there are none yet.
//
// Many resources are closed in the background; until then the status is DISABLING.
#include "api/account_status.h"
#include "api/caller.h"
#include "api/operation.h"
#include "estate/scan_types.h"

namespace vigil::api::disable {
namespace {

Answer run(const Call& call) {
  const RequestedAccounts accounts = requested_accounts(call, "accountIds");
  base::JsonWriter json;
  json.begin_object().key("accounts").begin_array();
  if (accounts.own) {
    VIGIL_TRY(const std::int64_t account, caller_account(call));
    std::vector<std::string> types;
    for (const base::Json& type : call.input["resourceTypes"].items()) {
      types.emplace_back(type.text());
    }
    VIGIL_TRY(const ScanTypes now,
              or_internal(estate::disable_scan_types(call.estate, account, types)));
    write_account(json, call.caller.account, now);
  }
  json.end_array();
  write_failed_accounts(json, accounts.others);
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "Disable",
      .service = "inspector2",
      .method = "POST",
      .uri = "/disable",
      .input = "accountIds:AccountIdSet, resourceTypes:[ResourceScanType][0..5]",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::disable
