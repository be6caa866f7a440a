// `vigil cvss`: the scores of a CVSS vector.
#include "model/cvss.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/lines.h"
#include "cli/output.h"

namespace vigil::cli {
namespace {

/// "9.8 CRITICAL"; "?" and the reason on stderr for an invalid vector.
std::string answer(std::string_view line) {
  const auto cvss = model::parse_cvss(line);
  if (!cvss) {
    report_error(cvss.error());
    return "?\n";
  }
  const double score = cvss->scores().overall;
  return fmt::format("{:.1f} {}\n", score, model::cvss_rating(cvss->version(), score));
}

std::string describe(const model::Cvss& cvss) {
  const model::CvssScores scores = cvss.scores();
  const auto line = [&](std::string_view what, double score) {
    return fmt::format("{:<14}{:>4.1f}  {}\n", what, score,
                       model::cvss_rating(cvss.version(), score));
  };
  std::string out = fmt::format("{:<14}{}\n", "vector", cvss.text());
  out += line("base", scores.base);
  if (scores.temporal)
    out +=
        line(cvss.version() == model::CvssVersion::V40 ? "threat" : "temporal", *scores.temporal);
  if (scores.environmental) out += line("environmental", *scores.environmental);
  return out;
}

std::string describe_json(const model::Cvss& cvss) {
  const model::CvssScores scores = cvss.scores();
  base::JsonWriter json(2);
  json.begin_object()
      .member("version", model::cvss_version_name(cvss.version()))
      .member("vector", cvss.text())
      .member("baseScore", scores.base);
  if (scores.temporal) json.member("temporalScore", *scores.temporal);
  if (scores.environmental) json.member("environmentalScore", *scores.environmental);
  json.member("score", scores.overall)
      .member("severity", model::cvss_rating(cvss.version(), scores.overall))
      .end_object();
  return json.take() + "\n";
}

}  // namespace

int cvss(const CvssOptions& options) {
  if (options.vector == "-") {
    for_each_input_line([](std::string_view line) { print(answer(line)); });
    return kSuccess;
  }
  const auto vector = model::parse_cvss(options.vector);
  if (!vector) return report_error(vector.error());
  print(options.format == "json" ? describe_json(*vector) : describe(*vector));
  return kSuccess;
}

}  // namespace vigil::cli
