// CVSS 4.0: the specification document, section 8, "CVSS v4.0 Scoring".
//
// A vector falls into one of 270 macrovectors by the levels of six equivalence sets (EQ1..EQ6; EQ3
// and EQ6 depend on each other). The macrovector has a published score, that of its most severe
// vectors. From there the score goes down: per set, by the share that the vector's severity
// distance (steps below the most severe vector) has of the set's depth, of the difference to the
// score of the next lower macrovector; the mean over the sets that have a lower one is subtracted.
//
// Everything up to the final rounding is done in whole numbers: tenths for scores, and 840 as a
// common multiple of all depths. So a half is a half, and needs no epsilon.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "model/cvss_metrics.h"
#include "model/cvss_v4_table.h"

namespace vigil::model::cvss {
namespace {

constexpr Metric kMetrics[] = {
    {"AV", "N A L P", Group::Base},
    {"AC", "L H", Group::Base},
    {"AT", "N P", Group::Base},
    {"PR", "N L H", Group::Base},
    {"UI", "N P A", Group::Base},
    {"VC", "H L N", Group::Base},
    {"VI", "H L N", Group::Base},
    {"VA", "H L N", Group::Base},
    {"SC", "H L N", Group::Base},
    {"SI", "H L N", Group::Base},
    {"SA", "H L N", Group::Base},
    {"E", "X A P U", Group::Temporal},
    {"CR", "X H M L", Group::Environmental},
    {"IR", "X H M L", Group::Environmental},
    {"AR", "X H M L", Group::Environmental},
    {"MAV", "X N A L P", Group::Environmental},
    {"MAC", "X L H", Group::Environmental},
    {"MAT", "X N P", Group::Environmental},
    {"MPR", "X N L H", Group::Environmental},
    {"MUI", "X N P A", Group::Environmental},
    {"MVC", "X H L N", Group::Environmental},
    {"MVI", "X H L N", Group::Environmental},
    {"MVA", "X H L N", Group::Environmental},
    {"MSC", "X H L N", Group::Environmental},
    {"MSI", "X S H L N", Group::Environmental},
    {"MSA", "X S H L N", Group::Environmental},
    {"S", "X N P", Group::Supplemental},
    {"AU", "X N Y", Group::Supplemental},
    {"R", "X A U I", Group::Supplemental},
    {"V", "X D C", Group::Supplemental},
    {"RE", "X L M H", Group::Supplemental},
    {"U", "X Clear Green Amber Red", Group::Supplemental},
};

/// The severity levels of a vector's effective metrics, 0 the most severe of each metric.
struct Levels {
  std::array<int, 3> reach;    ///< AV, PR, UI (EQ1)
  std::array<int, 2> ease;     ///< AC, AT (EQ2)
  std::array<int, 6> impact;   ///< VC, VI, VA, CR, IR, AR (EQ3 and EQ6)
  std::array<int, 3> further;  ///< SC, SI, SA (EQ4); level 0 is Safety, which SC cannot have
  int maturity;                ///< E (EQ5)
};

int level(std::string_view value, std::string_view order) {
  return static_cast<int>(order.find(value.front()));
}

Levels levels_of(const Cvss& v) {
  const auto of = [&v](std::string_view metric, std::string_view order) {
    return level(v.effective(metric), order);
  };
  // Not defined counts as the most severe: E as Attacked, the requirements as High.
  const auto optional = [&v](std::string_view metric, std::string_view order) {
    return v.defines(metric) ? level(v.get(metric), order) : 0;
  };
  return {{of("AV", "NALP"), of("PR", "NLH"), of("UI", "NPA")},
          {of("AC", "LH"), of("AT", "NP")},
          {of("VC", "HLN"), of("VI", "HLN"), of("VA", "HLN"), optional("CR", "HML"),
           optional("IR", "HML"), optional("AR", "HML")},
          {of("SC", "SHLN"), of("SI", "SHLN"), of("SA", "SHLN")},
          optional("E", "APU")};
}

/// EQ1..EQ6, tables 24 to 29 of the specification.
using Macrovector = std::array<int, 6>;

Macrovector macrovector_of(const Levels& l) {
  const auto [av, pr, ui] = l.reach;
  const auto [vc, vi, va, cr, ir, ar] = l.impact;
  const auto [sc, si, sa] = l.further;
  constexpr int kPhysical = 3;
  constexpr int kSafety = 0;
  constexpr int kHigh = 1;
  Macrovector m{};
  if (av == 0 && pr == 0 && ui == 0) {
    m[0] = 0;
  } else {
    m[0] = (av == 0 || pr == 0 || ui == 0) && av != kPhysical ? 1 : 2;
  }
  m[1] = l.ease[0] == 0 && l.ease[1] == 0 ? 0 : 1;
  if (vc == 0 && vi == 0) {
    m[2] = 0;
  } else {
    m[2] = vc == 0 || vi == 0 || va == 0 ? 1 : 2;
  }
  if (si == kSafety || sa == kSafety) {
    m[3] = 0;
  } else {
    m[3] = sc == kHigh || si == kHigh || sa == kHigh ? 1 : 2;
  }
  m[4] = l.maturity;
  m[5] = (cr == 0 && vc == 0) || (ir == 0 && vi == 0) || (ar == 0 && va == 0) ? 0 : 1;
  return m;
}

/// The published score in tenths; nothing for a macrovector that does not exist.
std::optional<int> lookup(const Macrovector& m) {
  constexpr std::array<int, 6> kSizes = {3, 2, 3, 3, 3, 2};
  std::size_t index = 0;
  for (std::size_t i = 0; i < m.size(); ++i) {
    if (m[i] >= kSizes[i]) return std::nullopt;
    index = index * static_cast<std::size_t>(kSizes[i]) + static_cast<std::size_t>(m[i]);
  }
  const int tenths = kCvss4MacrovectorTenths[index];
  if (tenths == 0) return std::nullopt;
  return tenths;
}

std::optional<int> lookup_below(Macrovector m, std::size_t set) {
  ++m[set];
  return lookup(m);
}

/// EQ3 and EQ6 go down together: one step in either; of two ways the one with the higher score.
std::optional<int> lookup_below_impact(const Macrovector& m) {
  if (m[2] == 0 && m[5] == 0) return std::max(lookup_below(m, 5), lookup_below(m, 2));
  if (m[2] == 1 && m[5] == 0) return lookup_below(m, 5);
  return lookup_below(m, 2);
}

/// The steps from the first of the set's most severe vectors that is nowhere less severe than this
/// one (table 30: "highest severity vectors").
template <std::size_t N>
int distance(const std::array<int, N>& levels, std::span<const std::array<int, N>> maxima) {
  for (const std::array<int, N>& maximum : maxima) {
    int steps = 0;
    bool reaches = true;
    for (std::size_t i = 0; i < N; ++i) {
      reaches = reaches && levels[i] >= maximum[i];
      steps += levels[i] - maximum[i];
    }
    if (reaches) return steps;
  }
  return 0;  // not reached: every vector of a macrovector lies below one of its maxima
}

int reach_distance(const Levels& l, const Macrovector& m) {
  using Row = std::array<int, 3>;
  static constexpr Row kEq1Level0[] = {{0, 0, 0}};
  static constexpr Row kEq1Level1[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  static constexpr Row kEq1Level2[] = {{3, 0, 0}, {1, 1, 1}};
  if (m[0] == 0) return distance<3>(l.reach, kEq1Level0);
  if (m[0] == 1) return distance<3>(l.reach, kEq1Level1);
  return distance<3>(l.reach, kEq1Level2);
}

int ease_distance(const Levels& l, const Macrovector& m) {
  using Row = std::array<int, 2>;
  static constexpr Row kEq2Level0[] = {{0, 0}};
  static constexpr Row kEq2Level1[] = {{1, 0}, {0, 1}};
  if (m[1] == 0) return distance<2>(l.ease, kEq2Level0);
  return distance<2>(l.ease, kEq2Level1);
}

int impact_distance(const Levels& l, const Macrovector& m) {
  using Row = std::array<int, 6>;
  static constexpr Row kLevels00[] = {{0, 0, 0, 0, 0, 0}};
  static constexpr Row kLevels01[] = {{0, 0, 1, 1, 1, 0}, {0, 0, 0, 1, 1, 1}};
  static constexpr Row kLevels10[] = {{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}};
  static constexpr Row kLevels11[] = {{1, 0, 1, 0, 1, 0},
                                      {1, 0, 0, 0, 1, 1},
                                      {0, 1, 0, 1, 0, 1},
                                      {0, 1, 1, 1, 0, 0},
                                      {1, 1, 0, 0, 0, 1}};
  static constexpr Row kLevels21[] = {{1, 1, 1, 0, 0, 0}};
  if (m[2] == 2) return distance<6>(l.impact, kLevels21);
  if (m[2] == 1) {
    return m[5] == 0 ? distance<6>(l.impact, kLevels10) : distance<6>(l.impact, kLevels11);
  }
  return m[5] == 0 ? distance<6>(l.impact, kLevels00) : distance<6>(l.impact, kLevels01);
}

int further_distance(const Levels& l, const Macrovector& m) {
  using Row = std::array<int, 3>;
  static constexpr Row kEq4[][1] = {{{1, 0, 0}}, {{1, 1, 1}}, {{2, 2, 2}}};
  return distance<3>(l.further, kEq4[m[3]]);
}

/// The depth of each set at its level, in steps (table 31).
constexpr int kDepth1[] = {1, 4, 5};
constexpr int kDepth2[] = {1, 2};
constexpr int kDepth36[][2] = {{7, 6}, {8, 8}, {10, 10}};
constexpr int kDepth4[] = {6, 5, 4};
/// A multiple of every depth.
constexpr int kWhole = 840;

/// The final score in tenths.
int score_tenths(const Levels& l) {
  constexpr int kNone = 2;
  constexpr int kFurtherNone = 3;
  const bool harmless =
      std::all_of(l.impact.begin(), l.impact.begin() + 3, [](int x) { return x == kNone; }) &&
      std::all_of(l.further.begin(), l.further.end(), [](int x) { return x == kFurtherNone; });
  if (harmless) return 0;

  const Macrovector m = macrovector_of(l);
  const int top = lookup(m).value_or(0);
  struct Way {
    std::optional<int> below;
    int steps;
    int depth;
  };
  const Way ways[] = {
      {lookup_below(m, 0), reach_distance(l, m), kDepth1[m[0]]},
      {lookup_below(m, 1), ease_distance(l, m), kDepth2[m[1]]},
      {lookup_below_impact(m), impact_distance(l, m), kDepth36[m[2]][m[5]]},
      {lookup_below(m, 3), further_distance(l, m), kDepth4[m[3]]},
      {lookup_below(m, 4), 0, 1},  // EQ5 has one metric: no distance inside a level
  };
  int sum = 0;    // of the reductions, in tenths * kWhole
  int count = 0;  // sets with a lower macrovector
  for (const Way& way : ways) {
    if (!way.below) continue;
    ++count;
    sum += (top - *way.below) * way.steps * (kWhole / way.depth);
  }
  if (count == 0) return top;
  // Rounded to the nearest tenth, a half up.
  const int denominator = kWhole * count;
  const int numerator = top * denominator - sum;
  return std::clamp((2 * numerator + denominator) / (2 * denominator), 0, 100);
}

double score_of(const Levels& levels) {
  return score_tenths(levels) / 10.0;
}

/// The vector without its metrics of a group.
Cvss without(Cvss vector, Group group) {
  for (const Metric& metric : kMetrics) {
    // Every optional metric takes X, so that this cannot fail.
    if (metric.group == group) (void)vector.set(metric.name, "X");
  }
  return vector;
}

}  // namespace

std::span<const Metric> metrics_v4() {
  return kMetrics;
}

CvssScores score_v4(const Cvss& vector) {
  CvssScores scores;
  const bool environment = defines_any(vector, kMetrics, Group::Environmental);
  const Cvss bare = environment ? without(vector, Group::Environmental) : vector;
  if (defines_any(vector, kMetrics, Group::Temporal)) {
    scores.temporal = score_of(levels_of(bare));
    scores.base = score_of(levels_of(without(bare, Group::Temporal)));
  } else {
    scores.base = score_of(levels_of(bare));
  }
  if (environment) scores.environmental = score_of(levels_of(vector));
  scores.overall = scores.environmental.value_or(scores.temporal.value_or(scores.base));
  return scores;
}

}  // namespace vigil::model::cvss
