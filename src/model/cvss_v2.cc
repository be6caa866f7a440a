// CVSS 2.0: "A Complete Guide to the Common Vulnerability Scoring System Version 2.0", section 3.2.
//
// Traps: AdjustedTemporal starts from a base score that is itself rounded; that base score can be
// negative (all impact removed by requirements, hard to exploit) and only the end result is
// limited.
#include <algorithm>
#include <cmath>

#include "model/cvss_metrics.h"

namespace vigil::model::cvss {
namespace {

constexpr Metric kMetrics[] = {
    {"AV", "L A N", Group::Base},
    {"AC", "H M L", Group::Base},
    {"Au", "M S N", Group::Base},
    {"C", "N P C", Group::Base},
    {"I", "N P C", Group::Base},
    {"A", "N P C", Group::Base},
    {"E", "ND U POC F H", Group::Temporal},
    {"RL", "ND OF TF W U", Group::Temporal},
    {"RC", "ND UC UR C", Group::Temporal},
    {"CDP", "ND N L LM MH H", Group::Environmental},
    {"TD", "ND N L M H", Group::Environmental},
    {"CR", "ND L M H", Group::Environmental},
    {"IR", "ND L M H", Group::Environmental},
    {"AR", "ND L M H", Group::Environmental},
};

struct Weight {
  std::string_view value;
  double weight;
};

double pick(std::string_view value, std::span<const Weight> weights, double otherwise) {
  for (const Weight& candidate : weights) {
    if (candidate.value == value) return candidate.weight;
  }
  return otherwise;
}

// `otherwise` is the weight of the value left out of the list; "ND" always weighs as it.
double access_vector(const Cvss& v) {
  constexpr Weight kWeights[] = {{"L", 0.395}, {"A", 0.646}};
  return pick(v.get("AV"), kWeights, 1.0);
}
double access_complexity(const Cvss& v) {
  constexpr Weight kWeights[] = {{"H", 0.35}, {"M", 0.61}};
  return pick(v.get("AC"), kWeights, 0.71);
}
double authentication(const Cvss& v) {
  constexpr Weight kWeights[] = {{"M", 0.45}, {"S", 0.56}};
  return pick(v.get("Au"), kWeights, 0.704);
}
double impact(const Cvss& v, std::string_view metric) {
  constexpr Weight kWeights[] = {{"P", 0.275}, {"C", 0.660}};
  return pick(v.get(metric), kWeights, 0.0);
}
double requirement(const Cvss& v, std::string_view metric) {
  constexpr Weight kWeights[] = {{"L", 0.5}, {"H", 1.51}};
  return pick(v.get(metric), kWeights, 1.0);
}
double temporal_factor(const Cvss& v) {
  constexpr Weight kExploitability[] = {{"U", 0.85}, {"POC", 0.9}, {"F", 0.95}};
  constexpr Weight kRemediation[] = {{"OF", 0.87}, {"TF", 0.90}, {"W", 0.95}};
  constexpr Weight kConfidence[] = {{"UC", 0.90}, {"UR", 0.95}};
  return pick(v.get("E"), kExploitability, 1.0) * pick(v.get("RL"), kRemediation, 1.0) *
         pick(v.get("RC"), kConfidence, 1.0);
}
double collateral_damage(const Cvss& v) {
  constexpr Weight kWeights[] = {{"L", 0.1}, {"LM", 0.3}, {"MH", 0.4}, {"H", 0.5}};
  return pick(v.get("CDP"), kWeights, 0.0);
}
double target_distribution(const Cvss& v) {
  constexpr Weight kWeights[] = {{"N", 0.0}, {"L", 0.25}, {"M", 0.75}};
  return pick(v.get("TD"), kWeights, 1.0);
}

/// round_to_1_decimal, a half away from zero. The products have a short exact decimal value; the
/// billionth brings what binary fractions lost of an exact half back to it.
double round_to_tenth(double value) {
  return std::copysign(std::floor(std::abs(value) * 10 + 0.5 + 1e-9) / 10, value);
}

double base_equation(const Cvss& v, double impact_score) {
  const double exploitability = 20 * access_vector(v) * access_complexity(v) * authentication(v);
  const double f = impact_score == 0 ? 0 : 1.176;
  return round_to_tenth((0.6 * impact_score + 0.4 * exploitability - 1.5) * f);
}

double limit(double score) {
  return std::clamp(score, 0.0, 10.0) + 0.0;
}

double base_score(const Cvss& v) {
  const double spared = (1 - impact(v, "C")) * (1 - impact(v, "I")) * (1 - impact(v, "A"));
  return limit(base_equation(v, 10.41 * (1 - spared)));
}

double environmental_score(const Cvss& v) {
  const double spared = (1 - impact(v, "C") * requirement(v, "CR")) *
                        (1 - impact(v, "I") * requirement(v, "IR")) *
                        (1 - impact(v, "A") * requirement(v, "AR"));
  const double adjusted_impact = std::min(10.0, 10.41 * (1 - spared));
  const double adjusted_temporal =
      round_to_tenth(base_equation(v, adjusted_impact) * temporal_factor(v));
  return limit(
      round_to_tenth((adjusted_temporal + (10 - adjusted_temporal) * collateral_damage(v)) *
                     target_distribution(v)));
}

}  // namespace

std::span<const Metric> metrics_v2() {
  return kMetrics;
}

CvssScores score_v2(const Cvss& vector) {
  CvssScores scores;
  scores.overall = scores.base = base_score(vector);
  if (defines_any(vector, kMetrics, Group::Temporal)) {
    scores.overall = round_to_tenth(scores.base * temporal_factor(vector));
    scores.temporal = scores.overall;
  }
  if (defines_any(vector, kMetrics, Group::Environmental)) {
    scores.overall = environmental_score(vector);
    scores.environmental = scores.overall;
  }
  return scores;
}

}  // namespace vigil::model::cvss
