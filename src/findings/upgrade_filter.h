// The filter of ListFindings that shows what an upgrade mends.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "findings/filter.h"
#include "findings/upgrades.h"

namespace vigil::findings {

/// Every ACTIVE finding that was counted passes it. Others may, where an upgrade concerns more than a
/// filter can say: a field takes ten values, so of many packages beginnings of their names stand there.
/// `vulnerabilities` are the ids of what it mends; `resource` is the id where it is only one, else empty.
Filter upgrade_filter(const Upgrade& upgrade, std::span<const std::string> vulnerabilities,
                      std::string_view resource);

}  // namespace vigil::findings
