// The resource of an ingest document (findings/ingest_document.h), with the details of its type.
#pragma once

#include "base/json_reader.h"
#include "base/json_writer.h"
#include "findings/resource.h"

namespace vigil::findings {

/// Without account, region and organisation. What holds nothing is left out.
void write_ingest_resource(base::JsonWriter& json, const Resource& resource);
/// Type and id must be there.
void read_ingest_resource(base::JsonReader& reader, const base::Json& value, Resource& out);

}  // namespace vigil::findings
