// An SBOM matched against the intelligence, before it is written in one of the answer's formats.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/operations/scan-sbom/ratings.h"
#include "base/json_tree.h"
#include "base/result.h"
#include "intel/snapshot.h"
#include "inventory/sbom/sbom.h"

namespace vigil::api::scan_sbom {

struct AffectedComponent {
  std::size_t component = 0;  ///< index into Sbom::components
  std::string fixed_version;  ///< empty if there is none
};

struct ScannedVulnerability {
  model::Vulnerability vulnerability;
  std::vector<Rating> ratings;
  std::vector<AffectedComponent> affects;  ///< by component, ascending
};

/// What the answer says about a component that nothing was found for.
struct Verdict {
  bool vulnerable = false;
  std::string text;    ///< "Component scanned: no vulnerabilities found."; empty if vulnerable
  std::string reason;  ///< why it was skipped, more closely; may be empty
};

/// Vulnerabilities by the severity of the rating that counts; info, none and unknown are "other".
struct Counts {
  std::size_t critical = 0, high = 0, medium = 0, low = 0, other = 0;
};

struct Scan {
  inventory::Sbom sbom;
  /// Per component its bom-ref, or "comp-N" where it has none.
  std::vector<std::string> references;
  std::vector<Verdict> verdicts;  ///< per component
  /// The worst first, by the rating that counts, then by id.
  std::vector<ScannedVulnerability> vulnerabilities;
  Counts counts;
};

/// Errors: those of inventory::read_sbom; Invalid if the snapshot is damaged.
Result<Scan> scan(inventory::Sbom sbom, const intel::Snapshot& snapshot);

/// A public exploit is known of it.
bool is_exploitable(const model::Vulnerability& vulnerability);
/// "2022-02-10T00:00:00Z": when the newest public exploit appeared; empty if nobody says.
std::string last_exploit(const model::Vulnerability& vulnerability);

/// "2021-12-10" -> "2021-12-10T00:00:00Z"; empty stays empty.
std::string start_of_day(std::string_view date);

}  // namespace vigil::api::scan_sbom
