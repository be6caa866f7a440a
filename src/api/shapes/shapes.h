// The named shapes of Inspector2's requests, one file a subject. Names, bounds, words and patterns are
// those of the service model; its newest members count (the model of August 2026).
#pragma once

#include <span>

#include "api/shape.h"

namespace vigil::api {

std::span<const NamedShape> common_shapes();
std::span<const NamedShape> filter_shapes();
std::span<const NamedShape> aggregation_shapes();
std::span<const NamedShape> coverage_shapes();
std::span<const NamedShape> configuration_shapes();

}  // namespace vigil::api
