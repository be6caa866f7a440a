// The status of an account and of its scan types as Enable, Disable and BatchGetAccountStatus say it.
#pragma once

#include <map>
#include <string>

#include "base/json_writer.h"

namespace vigil::api {

/// Status by scan type; a type that is absent is DISABLED.
using ScanTypes = std::map<std::string, std::string>;

/// ENABLED if any type is; else what is under way; else DISABLED.
std::string account_status(const ScanTypes& types);

/// The Account of Enable and Disable: {"accountId", "status", "resourceStatus": {"ec2": "ENABLED"}}.
void write_account(base::JsonWriter& json, const std::string& account, const ScanTypes& types);

/// The AccountState of BatchGetAccountStatus: states are objects, every type's is there, and the
/// members errorCode and errorMessage are left out, as the service does where there is no error.
void write_account_state(base::JsonWriter& json, const std::string& account,
                         const ScanTypes& types);

}  // namespace vigil::api
