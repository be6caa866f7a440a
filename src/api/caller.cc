#include "api/caller.h"

#include <set>

#include "store/store.h"

namespace vigil::api {

Outcome<std::int64_t> caller_account(const Call& call) {
  return or_internal(store::account_number(call.caller.account));
}

RequestedAccounts requested_accounts(const Call& call, std::string_view member) {
  RequestedAccounts requested;
  std::set<std::string> others;
  bool any = false;
  for (const base::Json& id : call.input[member].items()) {
    any = true;
    if (id.text() == call.caller.account) {
      requested.own = true;
    } else {
      others.emplace(id.text());
    }
  }
  if (!any) requested.own = true;
  requested.others.assign(others.begin(), others.end());
  return requested;
}

void write_failed_accounts(base::JsonWriter& json, const std::vector<std::string>& others) {
  json.key("failedAccounts").begin_array();
  for (const std::string& account : others) {
    json.begin_object()
        .member("accountId", account)
        .member("errorCode", "ACCESS_DENIED")
        .member("errorMessage", kNoAccess)
        .end_object();
  }
  json.end_array();
}

}  // namespace vigil::api
