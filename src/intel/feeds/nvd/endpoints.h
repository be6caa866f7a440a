// The yearly feeds, and the one of what changed in the last eight days.
#pragma once

#include <span>

#include "intel/feed.h"

namespace vigil::intel::nvd {

std::span<const Endpoint> endpoints();

}  // namespace vigil::intel::nvd
