// The score of a vulnerability on a resource, and how it came about.
//
// The context changes CVSS metrics, the standard equations give the number, and every change is
// listed with its reason. Deterministic: the same input gives the same output, byte for byte.
//
//   score::Context context{.exposure = score::Exposure::None, .ecosystem = "Debian:12"};
//   score::Score result = score::score(score::default_policy(), vulnerability, context);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/cvss.h"
#include "model/severity.h"
#include "model/vulnerability.h"
#include "score/facts.h"
#include "score/policy.h"

namespace vigil::score {

struct Adjustment {
  std::string metric;  ///< "MAV"
  std::string from;    ///< the value that counted before: the base vector's AV for MAV; "X"
  std::string to;      ///< "P"
  std::string reason;
};

struct AppliedFloor {
  double score = 0;
  std::string reason;
};

struct Score {
  model::Severity severity = model::Severity::Untriaged;
  /// Where there is no CVSS rating there is no number, and the vectors are empty.
  std::optional<double> base_score;
  std::string base_vector;      ///< as published
  std::string base_source;      ///< "DEBIAN_CVE", "NVD", "GITHUB"; without CVSS: whose word decided
  std::string base_version;     ///< "3.1"
  std::string adjusted_vector;  ///< the base metrics and every change, canonical
  std::optional<double> score;  ///< final, with the floor
  std::vector<Adjustment> adjustments;  ///< in the order of the policy's rules
  /// Set if the floor lifted the score: the vector alone would give less.
  std::optional<AppliedFloor> floor;
  /// "CVSS" or "vendor" (its word), or empty for Untriaged.
  std::string severity_source;
};

/// The rating a score starts from: the first by the policy's order of versions, then of sources,
/// whose vector is valid. `ecosystem` decides who the vendor is. Null if there is none.
const model::CvssRating* choose_base(const Policy& policy,
                                     const model::Vulnerability& vulnerability,
                                     std::string_view ecosystem);

Score score(const Policy& policy, const model::Vulnerability& vulnerability,
            const Context& context);

/// A vector scored under given facts: what `score` does after it has chosen one. An error if the
/// vector is not valid.
Result<Score> score_vector(const Policy& policy, std::string_view vector, const Facts& facts);

}  // namespace vigil::score
