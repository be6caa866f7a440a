// Accounts as they begin, and what they are configured to (inspector.md 4.1, 4.3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "estate/estate.h"

namespace vigil::estate {

/// The words are those of the API.
struct Configuration {
  std::string ec2_scan_mode = "EC2_HYBRID";      ///< or EC2_SSM_AGENT_BASED
  std::string ecr_rescan = "DAYS_14";            ///< since it was pushed; also LIFETIME
  std::string ecr_pull_rescan = "DAYS_14";       ///< since it was last pulled or used
  std::string ecr_pull_mode = "LAST_IN_USE_AT";  ///< or LAST_PULL_DATE
  std::int64_t changed = 0;                      ///< seconds since 1970; 0: as it began
};

std::string configuration_json(const Configuration& configuration);
/// What AccountRow::configuration holds; what is absent or no word of the API is the default.
Configuration parse_configuration(std::string_view json);

/// "DAYS_14" -> seconds; nothing for LIFETIME. An unknown word is 14 days, the default.
std::optional<std::int64_t> rescan_seconds(std::string_view duration);

/// A new account with the defaults of new accounts. The first one of an installation has EC2 enabled,
/// so that a server shows findings at once. Errors: Invalid if `digits` are no account or it exists.
Result<void> create_account(Estate& estate, std::string_view digits, std::string_view name);

}  // namespace vigil::estate
