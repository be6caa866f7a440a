// What the stored documents of a finding say besides the Finding they become: how its score came about,
// and what to type to be rid of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "score/explain.h"

namespace vigil::findings {

struct StoredScore {
  std::string base_vector;  ///< as published, or the base metrics alone if nobody's says the same
  std::string version;      ///< "3.1"
  std::string source;       ///< "DEBIAN_CVE", "NVD"
  std::string vector;       ///< the final one
  double score = 0;         ///< with the floor
  score::Explanation explanation;
};

/// From vulnerability_document and assessment_document. Nothing where there is no CVSS. Error: what is
/// stored is no score of ours.
Result<std::optional<StoredScore>> stored_score(std::string_view vulnerability,
                                                std::string_view assessment);

/// The commands that bring the fixes, in the order of the packages; packages of one command are named
/// together.
std::vector<std::string> stored_commands(std::string_view assessment);

}  // namespace vigil::findings
