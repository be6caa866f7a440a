// EPSS scores change every day for nearly every CVE, without a word about any package. They are stored
// once per vulnerability, so a refresh writes them there and touches no finding, but for those whose
// score the policy makes depend on them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "estate/estate.h"
#include "intel/snapshot.h"

namespace vigil::estate {

/// Brings the EPSS scores and texts of an account's vulnerabilities to what the snapshot says. The
/// ids of those whose new score lies on another side of a bound of the policy are added to `crossing`.
Result<void> follow_epss(Estate& estate, std::int64_t account, const intel::Snapshot& intelligence,
                         const std::function<bool()>& stop, std::vector<std::string>& crossing);

}  // namespace vigil::estate
