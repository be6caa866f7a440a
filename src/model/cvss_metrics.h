// The metrics of each CVSS version, and the equations: what cvss.cc, cvss_v2.cc, cvss_v3.cc and
// cvss_v4.cc share. Not for other rooms: they use cvss.h.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/cvss.h"

namespace vigil::model::cvss {

enum class Group : std::uint8_t { Base, Temporal, Environmental, Supplemental };

/// The one to three letters of a metric's name as a number: comparing it is what makes scoring quick.
/// 0 for other lengths.
constexpr std::uint32_t code_of(std::string_view name) {
  if (name.empty() || name.size() > 3) return 0;
  std::uint32_t code = 0;
  for (const char letter : name) code = code << 8 | static_cast<unsigned char>(letter);
  return code;
}

struct Metric {
  constexpr Metric(std::string_view a_name, std::string_view its_values, Group its_group)
      : name(a_name), values(its_values), group(its_group), code(code_of(a_name)) {}

  std::string_view name;
  /// Separated by blanks. The first of an optional metric is "X" or "ND".
  std::string_view values;
  Group group;
  std::uint32_t code;
};

/// In the order in which the specification writes a vector.
std::span<const Metric> metrics_v2();
std::span<const Metric> metrics_v3();
std::span<const Metric> metrics_v4();

/// Scores of a vector of the version in question. `vector` is valid.
CvssScores score_v2(const Cvss& vector);
CvssScores score_v3(const Cvss& vector);
CvssScores score_v4(const Cvss& vector);

/// True if any metric of the group is defined.
bool defines_any(const Cvss& vector, std::span<const Metric> metrics, Group group);

}  // namespace vigil::model::cvss
