// How many resources there are of each type, and how many of them are scanned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store {

struct Watched {
  std::string resource_type;
  std::int64_t watched = 0;
  std::int64_t not_watched = 0;
};

/// By type. What was terminated is nobody's any more.
Result<std::vector<Watched>> watched(Connection& from, std::int64_t account);

}  // namespace vigil::store
