// The version to go to, seen by all that is known of a package and not by the flaws it has now alone.
//
// The fixes of one version's flaws may lie in several release lines: axios 0.21.0 has most of them mended in
// 0.33.0, and one in 1.6.8 only, which has others that 1.15.1 mends.
#pragma once

#include <functional>
#include <string>

#include "intel/snapshot.h"

namespace vigil::findings {

/// As clean_version, with its intelligence. May be empty: then nobody knows better.
using CleanVersion = std::function<std::string(const std::string& ecosystem,
                                               const std::string& name, const std::string& from)>;

/// The lowest version from `from` upwards that no advisory with a fix affects; `from` itself where none does,
/// where it cannot be ordered, or where no fix leads any further. `name` is the normal name.
std::string clean_version(const intel::Snapshot& intelligence, const std::string& ecosystem,
                          const std::string& name, const std::string& from);

}  // namespace vigil::findings
