#include "findings/stored_finding.h"

#include <algorithm>

#include "base/json_tree.h"
#include "findings/stored_lines.h"

namespace vigil::findings {
namespace {

/// The published vector that the score started from: of this source, and with these base metrics.
std::string published_vector(std::string_view vulnerability, const StoredScore& score) {
  base::JsonParser parser;
  const auto details =
      parser.parse(split_lines<kVulnerabilityLines>(vulnerability)[kVulnerabilityDetails]);
  std::string of_others;
  if (details) {
    for (const base::Json& rating : (*details)["cvss"].items()) {
      const std::string_view vector = rating["scoringVector"].text();
      const auto parsed = model::parse_cvss(vector);
      if (!parsed || parsed->base_only() != score.explanation.base) continue;
      if (rating["source"].text() == score.source) return std::string(vector);
      if (of_others.empty()) of_others = vector;
    }
  }
  return of_others.empty() ? score.explanation.base.text() : of_others;
}

}  // namespace

Result<std::optional<StoredScore>> stored_score(std::string_view vulnerability,
                                                std::string_view assessment) {
  base::JsonParser parser;
  VIGIL_TRY(const base::Json line,
            parser.parse(split_lines<kAssessmentLines>(assessment)[kAssessmentScore]));
  const base::Json cvss = line["inspectorScoreDetails"]["adjustedCvss"];
  const auto final_score = cvss["score"].number();
  if (!final_score) return std::nullopt;
  std::vector<score::Told> changes;
  for (const base::Json& change : cvss["adjustments"].items()) {
    changes.push_back({std::string(change["metric"].text()), std::string(change["reason"].text())});
  }
  VIGIL_TRY(auto explanation, score::explain(cvss["scoringVector"].text(), changes, *final_score));
  StoredScore out{.base_vector = {},
                  .version = std::string(cvss["version"].text()),
                  .source = std::string(cvss["scoreSource"].text()),
                  .vector = std::string(cvss["scoringVector"].text()),
                  .score = *final_score,
                  .explanation = std::move(explanation)};
  out.base_vector = published_vector(vulnerability, out);
  return std::optional(std::move(out));
}

std::vector<std::string> stored_commands(std::string_view assessment) {
  struct Command {
    std::string_view beginning;  ///< without the package's name
    std::vector<std::string_view> names;
  };
  base::JsonParser parser;
  const auto details = parser.parse(split_lines<kAssessmentLines>(assessment)[kAssessmentDetails]);
  std::vector<Command> commands;
  if (!details) return {};
  for (const base::Json& package : (*details)["vulnerablePackages"].items()) {
    const std::string_view text = package["remediation"].text();
    if (text.empty()) continue;
    const std::size_t blank = text.rfind(' ');
    const bool names_it =
        blank != std::string_view::npos && text.substr(blank + 1) == package["name"].text();
    const std::string_view beginning = names_it ? text.substr(0, blank) : text;
    auto command = std::ranges::find(commands, beginning, &Command::beginning);
    if (command == commands.end()) command = commands.insert(command, {beginning, {}});
    if (!names_it) continue;
    const std::string_view name = text.substr(blank + 1);
    if (std::ranges::find(command->names, name) == command->names.end()) {
      command->names.push_back(name);
    }
  }
  std::vector<std::string> texts;
  for (const Command& command : commands) {
    std::string text(command.beginning);
    for (const std::string_view name : command.names) text.append(" ").append(name);
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace vigil::findings
