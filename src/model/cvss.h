// CVSS vectors of versions 2.0, 3.0, 3.1 and 4.0: parse, change single metrics, score, print.
//
//   VIGIL_TRY(model::Cvss cvss, model::parse_cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
//   cvss.scores().overall;              // 9.8
//   VIGIL_CHECK(cvss.set("MAV", "P"));
//   cvss.scores().environmental;        // 6.8
//   cvss.text();                        // "CVSS:3.1/AV:N/.../MAV:P"
//
// The rules are those of FIRST: "A Complete Guide to the Common Vulnerability Scoring System
// Version 2.0" (2007), the specification documents of v3.0 (2015), v3.1 (2019) and v4.0 (2023).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::model {

enum class CvssVersion : std::uint8_t { V20, V30, V31, V40 };

/// "2.0", "3.0", "3.1", "4.0"
std::string_view cvss_version_name(CvssVersion version);

/// All scores are 0.0 to 10.0 with one decimal.
struct CvssScores {
  double base = 0;
  /// The base metrics with the temporal ones (4.0: threat, CVSS-BT); nothing if none is defined.
  std::optional<double> temporal;
  /// With every metric (4.0: CVSS-BE or CVSS-BTE); nothing if no environmental metric is defined.
  std::optional<double> environmental;
  /// What the whole vector says: the environmental score if there is one, else the temporal, else
  /// the base score.
  double overall = 0;
};

/// A valid vector: every base metric has a value. A small value type; copying is cheap.
class Cvss {
 public:
  [[nodiscard]] CvssVersion version() const { return version_; }

  /// The value of a metric by its abbreviation: "N". An optional metric that is not given is "X"
  /// (2.0: "ND"); a metric this version does not have is "".
  [[nodiscard]] std::string_view get(std::string_view metric) const;
  /// True if the metric has a value other than "X" or "ND".
  [[nodiscard]] bool defines(std::string_view metric) const;
  /// As `get`, but the modified metric's value where one is defined: effective("AV") reads MAV
  /// first.
  [[nodiscard]] std::string_view effective(std::string_view metric) const;
  /// Changes one metric; "X" (2.0: "ND") clears an optional one. An error names the metric.
  Result<void> set(std::string_view metric, std::string_view value);

  /// The base metrics alone.
  [[nodiscard]] Cvss base_only() const;

  /// By the equations of its version.
  [[nodiscard]] CvssScores scores() const;
  /// Canonical text: the specification's order of metrics, undefined ones left out, prefix
  /// "CVSS:3.1/" except for 2.0, which has none.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Cvss&, const Cvss&) = default;

 private:
  friend Result<Cvss> parse_cvss(std::string_view text);
  explicit Cvss(CvssVersion version) : version_(version) {}

  static constexpr std::size_t kMaximumMetrics = 32;  // 4.0 has them all
  CvssVersion version_;
  /// Per metric, in the order of the version's table, the place of its value in the metric's list.
  std::array<std::uint8_t, kMaximumMetrics> values_{};
};

/// Reads a vector. What the specification rejects is an error that names the metric: an unknown
/// metric or value (both are case sensitive), a metric given twice, a base metric missing, in 4.0
/// also a wrong order (3.x allows any; for 2.0 any is taken). Beyond the specification it takes,
/// for real sources write them so: white space around the vector, and for 2.0 parentheses around it
/// (NVD's pages) and a prefix "CVSS:2.0/" or "CVSS2#" (OpenVAS, Nessus).
Result<Cvss> parse_cvss(std::string_view text);

/// The qualitative rating of a score: "NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL" (v3.1 section 5,
/// v4.0 section 6). 2.0 has no scale of its own: NVD's is used, LOW below 4, MEDIUM below 7, HIGH.
std::string_view cvss_rating(CvssVersion version, double score);

}  // namespace vigil::model
