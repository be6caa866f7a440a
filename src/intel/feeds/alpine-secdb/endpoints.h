// One document per branch and repository.
#pragma once

#include <span>

#include "intel/feed.h"

namespace vigil::intel::alpine_secdb {

std::span<const Endpoint> endpoints();

}  // namespace vigil::intel::alpine_secdb
