// CycloneDX as JSON, versions 1.2 to 1.7: an object whose "bomFormat" is "CycloneDX".
#pragma once

#include "inventory/sbom/sbom.h"

namespace vigil::inventory {

Result<Sbom> read_cyclonedx(const base::Json& document, const SbomLimits& limits);

}  // namespace vigil::inventory
