// The stored form of documents: a few JSON objects, one a line, so that documents are put together
// by copying what stands between the braces. Compact JSON holds no line feed, so a line feed ends an
// object wherever texts come from.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/json_writer.h"

namespace vigil::findings {

inline constexpr std::string_view kPackageVulnerability = "PACKAGE_VULNERABILITY";

/// The lines of vulnerability_document, in the order of the members in a Finding.
enum VulnerabilityLine : std::size_t {
  kVulnerabilityPresentation,  ///< members of Finding: description
  kVulnerabilityDetails,       ///< members of packageVulnerabilityDetails
  kVulnerabilityIntelligence,  ///< members of Finding: exploitabilityDetails, epss
  kVulnerabilityMore,          ///< members of FindingDetail; in no Finding
  kVulnerabilityLines,
};

/// The lines of assessment_document.
enum AssessmentLine : std::size_t {
  kAssessmentPresentation,  ///< members of Finding: title, remediation
  kAssessmentScore,         ///< inspectorScore, networkReachabilityDetails
  kAssessmentDetails,       ///< members of packageVulnerabilityDetails
  kAssessmentFix,           ///< fixAvailable, exploitAvailable, codeVulnerabilityDetails
  kAssessmentLines,
};

std::string join_lines(std::initializer_list<std::string_view> lines);

/// Lines that are missing are empty.
template <std::size_t Count>
std::array<std::string_view, Count> split_lines(std::string_view text) {
  std::array<std::string_view, Count> lines;
  for (std::string_view& line : lines) {
    const std::size_t end = text.find('\n');
    line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// Writes the members of a stored object into the object that is open.
inline void write_members(base::JsonWriter& json, std::string_view object) {
  if (object.size() > 2) json.raw(object.substr(1, object.size() - 2));
}

}  // namespace vigil::findings
