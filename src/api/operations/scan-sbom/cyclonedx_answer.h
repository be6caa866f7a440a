// The answer as CycloneDX 1.5: the document that was sent, with what was found.
#pragma once

#include <cstdint>
#include <string>

#include "api/operations/scan-sbom/scan.h"

namespace vigil::api::scan_sbom {

/// Everything of `document` stays but former results: `vulnerabilities` and properties below
/// "amazon:inspector:sbom_scanner:". Components without a bom-ref get one.
std::string cyclonedx_answer(const base::Json& document, const Scan& scan, std::int64_t now);

}  // namespace vigil::api::scan_sbom
