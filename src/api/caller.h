// The caller's own account, which is all that a request may speak of until there are organisations.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.h"
#include "base/json_writer.h"

namespace vigil::api {

/// What Inspector says of another account in `failedAccounts`.
inline constexpr std::string_view kNoAccess =
    "Invoking account does not have access to this account";

/// The number of the caller's account.
Outcome<std::int64_t> caller_account(const Call& call);

/// The accounts a request names, the caller's first and others apart; none named: the caller's. Each
/// is there once.
struct RequestedAccounts {
  bool own = false;
  std::vector<std::string> others;
};
RequestedAccounts requested_accounts(const Call& call, std::string_view member);

/// "failedAccounts": [...] with ACCESS_DENIED for each of these; always written, possibly empty.
void write_failed_accounts(base::JsonWriter& json, const std::vector<std::string>& others);

}  // namespace vigil::api
