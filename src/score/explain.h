// A score taken apart again: what a finding stores of it (the adjusted vector, which metrics were changed
// and why) tells every step from the base score to the final one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/cvss.h"

namespace vigil::score {

/// The name a floor has among the changes of metrics.
inline constexpr std::string_view kFloorMetric = "Floor";

/// A change as it is stored, in the order in which changes were made.
struct Told {
  std::string metric;  ///< "MAV", kFloorMetric
  std::string reason;
};

struct Step {
  std::string metric;
  std::string from, to;  ///< values of the metric; empty of a floor
  std::string reason;
  double after = 0;  ///< the score once this change and those before it hold
};

struct Explanation {
  model::Cvss base;  ///< the base metrics
  double base_score = 0;
  std::vector<Step> steps;
};

/// `score` is the final one, which a floor lifts to. Error: the vector is not valid.
Result<Explanation> explain(std::string_view adjusted_vector, std::span<const Told> changes,
                            double score);

/// The value of a metric that counted before a change: of a modified metric that is not set, the base
/// metric's.
std::string value_before(const model::Cvss& cvss, std::string_view metric);

}  // namespace vigil::score
