// Where OSV publishes the records of the ecosystems that are matched.
#pragma once

#include <span>

#include "intel/feed.h"

namespace vigil::intel::osv {

std::span<const Endpoint> endpoints();

}  // namespace vigil::intel::osv
