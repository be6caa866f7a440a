// A finding as Inspector2's API and reports write it.
#pragma once

#include "base/json_writer.h"
#include "findings/finding.h"

namespace vigil::deliver {

/// One Finding object with the members of the Inspector2 model, the same as the API (findings/document.h); what is unknown is
/// absent. Times are seconds since 1970, as the API writes them.
void write_finding(base::JsonWriter& json, const findings::Resource& resource,
                   const findings::Finding& finding);

}  // namespace vigil::deliver
