// How a scanned SBOM rates a vulnerability: one rating a source, and which of them is counted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/vulnerability.h"

namespace vigil::api::scan_sbom {

struct Rating {
  std::string source;    ///< "NVD", "EPSS", "GITHUB", "Ubuntu Linux"
  std::string url;       ///< empty if the source has no page for it
  std::string severity;  ///< CycloneDX: critical, high, medium, low, info, none, unknown
  std::optional<double> score;
  std::string method;  ///< CycloneDX: CVSSv2, CVSSv3, CVSSv31, CVSSv4, other
  std::string vector;  ///< empty for a word alone
};

/// A vendor's own word stands against its number.
///
/// A vulnerability without a CVE id, of which NVD never speaks, also gets the rating that clients
/// count instead, "AMAZON_INSPECTOR": from the best of the others, critical for a malicious package.
std::vector<Rating> ratings_of(const model::Vulnerability& vulnerability);

/// The rating that decides the counters and INSPECTOR's `severity`: NVD's, else AMAZON_INSPECTOR's;
/// null if there is neither.
const Rating* counted(const std::vector<Rating>& ratings);

}  // namespace vigil::api::scan_sbom
