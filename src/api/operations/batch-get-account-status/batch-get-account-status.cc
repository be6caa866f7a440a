// BatchGetAccountStatus: is scanning on, for the account and for each scan type.
//
// Reference: Inspector2 API, BatchGetAccountStatus. Traps: no accountIds, or none in them, means the
// caller's account; every key of resourceState is there; failedAccounts is always there; errorCode and
// errorMessage, which the model requires of a state, are left out by the service where nothing failed.
//
// Not handled: member accounts: other accounts than the caller's fail with ACCESS_DENIED.
//
// Terraform polls this until no status ends in ING.
#include "api/account_status.h"
#include "api/caller.h"
#include "api/operation.h"
#include "api/transaction.h"
#include "store/accounts.h"

namespace vigil::api::batch_get_account_status {
namespace {

Answer run(const Call& call) {
  const RequestedAccounts accounts = requested_accounts(call, "accountIds");
  base::JsonWriter json;
  json.begin_object().key("accounts").begin_array();
  if (accounts.own) {
    VIGIL_TRY(const std::int64_t account, caller_account(call));
    VIGIL_TRY(const ScanTypes types,
              read(call.estate.store(), [&](store::Connection& from) -> Outcome<ScanTypes> {
                return or_internal(store::scan_types(from, account));
              }));
    write_account_state(json, call.caller.account, types);
  }
  json.end_array();
  write_failed_accounts(json, accounts.others);
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "BatchGetAccountStatus",
                                           .service = "inspector2",
                                           .method = "POST",
                                           .uri = "/status/batch/get",
                                           .input = "accountIds:AccountIdSet",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::batch_get_account_status
