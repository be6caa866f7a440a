// A resource as Vigil's own routes write it.
#pragma once

#include "base/json_writer.h"
#include "store/resource_list.h"

namespace vigil::server {

/// The members, into an object that is open.
void write_listed_resource(base::JsonWriter& json, const store::ListedResource& resource);

/// {"critical": 1, ...}
void write_counts(base::JsonWriter& json, const store::SeverityCounts& counts);

}  // namespace vigil::server
