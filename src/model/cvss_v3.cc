// CVSS 3.0 and 3.1: the specification documents, section 8 (3.0) and section 7 with appendix A
// (3.1).
//
// The versions differ in two places. Rounding: 3.0 takes the smallest tenth that is not below the
// exact value; 3.1 defines Roundup on integers so that every calculator gets the same number. And
// the modified impact of a changed scope has another polynomial in 3.1.
#include <algorithm>
#include <cmath>

#include "model/cvss_metrics.h"

namespace vigil::model::cvss {
namespace {

constexpr Metric kMetrics[] = {
    {"AV", "N A L P", Group::Base},
    {"AC", "L H", Group::Base},
    {"PR", "N L H", Group::Base},
    {"UI", "N R", Group::Base},
    {"S", "U C", Group::Base},
    {"C", "H L N", Group::Base},
    {"I", "H L N", Group::Base},
    {"A", "H L N", Group::Base},
    {"E", "X H F P U", Group::Temporal},
    {"RL", "X U W T O", Group::Temporal},
    {"RC", "X C R U", Group::Temporal},
    {"CR", "X H M L", Group::Environmental},
    {"IR", "X H M L", Group::Environmental},
    {"AR", "X H M L", Group::Environmental},
    {"MAV", "X N A L P", Group::Environmental},
    {"MAC", "X L H", Group::Environmental},
    {"MPR", "X N L H", Group::Environmental},
    {"MUI", "X N R", Group::Environmental},
    {"MS", "X U C", Group::Environmental},
    {"MC", "X H L N", Group::Environmental},
    {"MI", "X H L N", Group::Environmental},
    {"MA", "X H L N", Group::Environmental},
};

/// Every value of 3.x is one letter.
char letter(std::string_view value) {
  return value.front();
}

double attack_vector(char value) {
  switch (value) {
    case 'N':
      return 0.85;
    case 'A':
      return 0.62;
    case 'L':
      return 0.55;
    default:
      return 0.2;
  }
}
double attack_complexity(char value) {
  return value == 'L' ? 0.77 : 0.44;
}
double privileges_required(char value, bool scope_changed) {
  switch (value) {
    case 'N':
      return 0.85;
    case 'L':
      return scope_changed ? 0.68 : 0.62;
    default:
      return scope_changed ? 0.5 : 0.27;
  }
}
double user_interaction(char value) {
  return value == 'N' ? 0.85 : 0.62;
}
double impact(char value) {
  if (value == 'H') return 0.56;
  return value == 'L' ? 0.22 : 0.0;
}
double requirement(const Cvss& v, std::string_view metric) {
  const char value = letter(v.get(metric));
  if (value == 'H') return 1.5;
  return value == 'L' ? 0.5 : 1.0;
}

double temporal_factor(const Cvss& v) {
  double factor = 1;
  switch (letter(v.get("E"))) {
    case 'F':
      factor *= 0.97;
      break;
    case 'P':
      factor *= 0.94;
      break;
    case 'U':
      factor *= 0.91;
      break;
  }
  switch (letter(v.get("RL"))) {
    case 'W':
      factor *= 0.97;
      break;
    case 'T':
      factor *= 0.96;
      break;
    case 'O':
      factor *= 0.95;
      break;
  }
  switch (letter(v.get("RC"))) {
    case 'R':
      factor *= 0.96;
      break;
    case 'U':
      factor *= 0.92;
      break;
  }
  return factor;
}

double round_up(CvssVersion version, double value) {
  if (version == CvssVersion::V30) {
    // The billionth keeps what binary fractions added to an exact tenth from counting.
    return std::ceil(value * 10 - 1e-9) / 10;
  }
  const long long hundred_thousandths = std::llround(value * 100'000);
  if (hundred_thousandths % 10'000 == 0) return static_cast<double>(hundred_thousandths) / 100'000;
  return (std::floor(static_cast<double>(hundred_thousandths) / 10'000) + 1) / 10;
}

double exploitability(char av, char ac, char pr, char ui, bool scope_changed) {
  return 8.22 * attack_vector(av) * attack_complexity(ac) * privileges_required(pr, scope_changed) *
         user_interaction(ui);
}

double combine(CvssVersion version, double impact_score, double exploitability_score,
               bool scope_changed) {
  if (impact_score <= 0) return 0;
  const double factor = scope_changed ? 1.08 : 1.0;
  return round_up(version, std::min(factor * (impact_score + exploitability_score), 10.0));
}

double base_score(const Cvss& v) {
  const bool changed = v.get("S") == "C";
  const double spared = (1 - impact(letter(v.get("C")))) * (1 - impact(letter(v.get("I")))) *
                        (1 - impact(letter(v.get("A"))));
  const double iss = 1 - spared;
  const double impact_score =
      changed ? 7.52 * (iss - 0.029) - 3.25 * std::pow(iss - 0.02, 15) : 6.42 * iss;
  const double reach = exploitability(letter(v.get("AV")), letter(v.get("AC")), letter(v.get("PR")),
                                      letter(v.get("UI")), changed);
  return combine(v.version(), impact_score, reach, changed);
}

double environmental_score(const Cvss& v) {
  const auto effective = [&v](std::string_view metric) { return letter(v.effective(metric)); };
  const bool changed = effective("S") == 'C';
  const double spared = (1 - impact(effective("C")) * requirement(v, "CR")) *
                        (1 - impact(effective("I")) * requirement(v, "IR")) *
                        (1 - impact(effective("A")) * requirement(v, "AR"));
  const double miss = std::min(1 - spared, 0.915);
  double impact_score = 6.42 * miss;
  if (changed) {
    const double bend = v.version() == CvssVersion::V30 ? std::pow(miss - 0.02, 15)
                                                        : std::pow(miss * 0.9731 - 0.02, 13);
    impact_score = 7.52 * (miss - 0.029) - 3.25 * bend;
  }
  const double reach =
      exploitability(effective("AV"), effective("AC"), effective("PR"), effective("UI"), changed);
  const double untimed = combine(v.version(), impact_score, reach, changed);
  return round_up(v.version(), untimed * temporal_factor(v));
}

}  // namespace

std::span<const Metric> metrics_v3() {
  return kMetrics;
}

CvssScores score_v3(const Cvss& vector) {
  CvssScores scores;
  scores.overall = scores.base = base_score(vector);
  if (defines_any(vector, kMetrics, Group::Temporal)) {
    scores.overall = round_up(vector.version(), scores.base * temporal_factor(vector));
    scores.temporal = scores.overall;
  }
  if (defines_any(vector, kMetrics, Group::Environmental)) {
    scores.overall = environmental_score(vector);
    scores.environmental = scores.overall;
  }
  return scores;
}

}  // namespace vigil::model::cvss
