// Which systems and ecosystems an account's resources are of: what intelligence has to cover.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store {

/// The ecosystems of stored packages, each once, ascending; "" are packages of none. Costs one look into
/// an index per ecosystem, however many packages there are.
Result<std::vector<std::string>> stored_ecosystems(Connection& from, std::int64_t account);

/// How many resources hold a package of this ecosystem. Costs what `profiles_holding` does for all of
/// its packages.
Result<std::int64_t> count_resources_holding(Connection& from, std::int64_t account,
                                             std::string_view ecosystem);

/// How many resources are not assessed because no intelligence covers their system, by platform.
Result<std::map<std::string, std::int64_t>> count_unsupported_systems(Connection& from,
                                                                      std::int64_t account);

}  // namespace vigil::store
