// resourceMetadata: the part of a resource that ListCoverage shows, from the stored Resource object.
#pragma once

#include "base/json_writer.h"
#include "store/coverage.h"

namespace vigil::api::list_coverage {

/// "resourceMetadata": {...}; left out for types of which nothing is to be told.
void write_metadata(base::JsonWriter& json, const store::CoverageRow& row);

}  // namespace vigil::api::list_coverage
