// How much a finding weighs where many are compared: what to fix first (docs/scoring.md).
#pragma once

#include <cstdint>

#include "model/severity.h"

namespace vigil::findings {

/// 1000 in CISA's catalogue of what is exploited, else 100 critical, 20 high, 4 medium, 1 below;
/// twice that where the package is in use. The sum over findings is a risk.
constexpr std::int64_t weight_of(model::Severity severity, bool known_exploited, bool in_use) {
  std::int64_t weight = 1;
  if (severity == model::Severity::Critical) weight = 100;
  if (severity == model::Severity::High) weight = 20;
  if (severity == model::Severity::Medium) weight = 4;
  if (known_exploited) weight = 1000;
  return in_use ? weight * 2 : weight;
}

}  // namespace vigil::findings
