// SPDX as JSON, versions 2.2 and 2.3: an object with "spdxVersion" and "packages".
#pragma once

#include "inventory/sbom/sbom.h"

namespace vigil::inventory {

Result<Sbom> read_spdx(const base::Json& document, const SbomLimits& limits);

}  // namespace vigil::inventory
