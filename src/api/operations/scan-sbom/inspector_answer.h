// The answer in Inspector's own format: counters, messages and vulnerabilities, without the document.
#pragma once

#include <cstdint>
#include <string>

#include "api/operations/scan-sbom/scan.h"

namespace vigil::api::scan_sbom {

/// Two spellings are in the world: that of recorded answers (cvss_3_base_score, info_message) and
/// that of the documentation's example (cvss3_base_score, info, path).
enum class Spelling : std::uint8_t { Recorded, Documented };

std::string inspector_answer(const Scan& scan, Spelling spelling);

}  // namespace vigil::api::scan_sbom
