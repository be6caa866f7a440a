// Syft's own JSON: artifacts with purl, locations, licences and CPEs, and the distribution.
//
// Reference: the JSON schema that Syft publishes with its releases (schema.json of each model version).
#pragma once

#include "base/json_tree.h"
#include "inventory/sbom/sbom.h"

namespace vigil::inventory {

bool is_syft(const base::Json& document);
Result<Sbom> read_syft(const base::Json& document, const SbomLimits& limits);

}  // namespace vigil::inventory
