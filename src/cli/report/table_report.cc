#include "cli/report/table_report.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "cli/table.h"
#include "cli/wrap.h"
#include "findings/upgrades.h"
#include "match/subject.h"

namespace vigil::cli {
namespace {

using findings::Finding;
using findings::Report;
using findings::Upgrade;

/// "9.8 CRITICAL"; without a score the word alone.
std::string worst_text(const Upgrade& upgrade) {
  std::string word(model::severity_name(upgrade.worst));
  if (upgrade.worst_score == 0) return word;
  return fmt::format("{:.1f} {}", upgrade.worst_score, word);
}

constexpr std::size_t kUpgrades = 10;
constexpr std::size_t kFindings = 20;
constexpr std::string_view kIndent = "  ";

Colour colour_of(model::Severity severity) {
  switch (severity) {
    case model::Severity::Critical:
      return Colour::BrightRed;
    case model::Severity::High:
      return Colour::Red;
    case model::Severity::Medium:
      return Colour::Yellow;
    case model::Severity::Low:
      return Colour::Blue;
    default:
      return Colour::Grey;
  }
}

std::string count_of(std::size_t number, std::string_view one, std::string_view many) {
  return base::with_thousands(number) + " " + std::string(number == 1 ? one : many);
}

std::string score_text(const Finding& finding) {
  return finding.score.score ? fmt::format("{:.1f}", *finding.score.score) : "-";
}

/// A pipe takes lines of any length.
std::size_t width_of(const Terminal& terminal) {
  return terminal.is_terminal ? terminal.width : 10000;
}

std::string header(const Report& report, const Terminal& terminal) {
  std::string out = std::string(kIndent) + terminal.bold(plain(report.resource.name));
  std::vector<std::string> parts;
  if (!report.resource.os_name.empty()) parts.push_back(plain(report.resource.os_name));
  parts.push_back(count_of(report.inventory.packages.size(), "package", "packages"));
  if (report.inventory.runtime) {
    const inventory::Runtime& runtime = *report.inventory.runtime;
    parts.push_back(count_of(runtime.processes.size(), "process", "processes"));
    if (runtime.machine == inventory::Machine::Container) parts.emplace_back("container");
    if (runtime.machine == inventory::Machine::VirtualMachine)
      parts.emplace_back("virtual machine");
  }
  for (const std::string& part : parts) out += terminal.dim(" · ") + part;
  // Painted line by line: a colour must not run over an indentation.
  std::string lines =
      hang("intelligence: " + report.intelligence.described, kIndent, 2, width_of(terminal));
  std::string_view rest = lines;
  out += "\n";
  while (const auto line = base::next_line(rest)) out += terminal.dim(*line) + "\n";
  return out;
}

std::string counts(const Report& report, const Terminal& terminal) {
  std::array<std::size_t, 6> by_severity{};
  std::size_t known_exploited = 0;
  std::size_t fixable = 0;
  std::size_t in_use = 0;
  for (const Finding& finding : report.findings) {
    ++by_severity[static_cast<std::size_t>(finding.severity)];
    known_exploited += finding.vulnerability.known_exploited ? 1 : 0;
    fixable += finding.fix != findings::FixAvailable::No ? 1 : 0;
    in_use += finding.in_use == score::Fact::Yes ? 1 : 0;
  }
  if (report.findings.empty()) {
    std::size_t not_assessed = 0;
    for (const findings::NotAssessed& group : report.not_assessed) {
      not_assessed += group.packages.size();
    }
    const std::size_t packages = report.inventory.packages.size();
    const bool assessed = packages > not_assessed;
    const std::string text = packages == 0 ? "No packages were found."
                             : assessed    ? "No known vulnerabilities."
                                           : "Nothing could be assessed.";
    return std::string(kIndent) +
           terminal.paint(assessed ? Colour::Green : Colour::Yellow, text, true) + "\n";
  }
  std::string line(kIndent);
  for (int i = 5; i >= 0; --i) {
    const auto severity = static_cast<model::Severity>(i);
    const std::size_t number = by_severity[static_cast<std::size_t>(i)];
    if (number == 0 && severity <= model::Severity::Informational) continue;
    const std::string text =
        base::with_thousands(number) + " " + std::string(model::severity_name(severity));
    line +=
        terminal.paint(number == 0 ? Colour::Grey : colour_of(severity), text, number != 0) + "   ";
  }
  line.erase(line.find_last_not_of(' ') + 1);
  line += "\n" + std::string(kIndent);
  const std::string exploited = base::with_thousands(known_exploited) + " known to be exploited";
  line += terminal.paint(known_exploited == 0 ? Colour::Grey : Colour::BrightRed, exploited,
                         known_exploited != 0);
  line += terminal.dim(" · ") + base::with_thousands(fixable) + " fixable";
  if (report.inventory.runtime)
    line += terminal.dim(" · ") + base::with_thousands(in_use) + " in use";
  line += terminal.dim(" · ") + base::with_thousands(report.findings.size()) + " in all";
  return line + "\n";
}

std::vector<Upgrade> upgrades_of(const Report& report, const findings::CleanVersion& clean) {
  std::vector<findings::Fixable> fixables;
  fixables.reserve(report.findings.size());
  for (const Finding& finding : report.findings) {
    fixables.push_back({.severity = finding.severity,
                        .score = finding.score.score.value_or(0),
                        .known_exploited = finding.vulnerability.known_exploited.has_value(),
                        .in_use = finding.in_use == score::Fact::Yes,
                        .fixes = findings::fixes_of(finding)});
  }
  return findings::upgrades_of(fixables, findings::GroupBy::Installed, clean);
}

std::string upgrade_table(const Report& report, const Terminal& terminal,
                          const findings::CleanVersion& clean) {
  const std::vector<Upgrade> upgrades = upgrades_of(report, clean);
  if (upgrades.empty()) return {};
  std::vector<std::vector<Cell>> rows;
  for (const Upgrade& upgrade : upgrades) {
    if (rows.size() == kUpgrades) continue;
    std::string notes;
    if (upgrade.known_exploited != 0)
      notes +=
          count_of(static_cast<std::size_t>(upgrade.known_exploited), "exploited", "exploited");
    if (upgrade.in_use) notes += notes.empty() ? "in use" : ", in use";
    rows.push_back({{upgrade.name, Colour::Default, true},
                    {upgrade.installed.front()},
                    {upgrade.target, Colour::Green},
                    {base::with_thousands(static_cast<std::size_t>(upgrade.findings))},
                    {worst_text(upgrade), colour_of(upgrade.worst)},
                    {notes, upgrade.known_exploited != 0 ? Colour::BrightRed : Colour::Default}});
  }
  std::string out = "\n" + std::string(kIndent) + terminal.bold("Upgrade first") + "\n";
  out += draw_table(terminal,
                    {{"PACKAGE", false, 12, true},
                     {"INSTALLED", false, 10, true, 90},
                     {"TO", false, 10, true},
                     {"FIXES", true},
                     {"WORST", false, 8},
                     {"", false, 6}},
                    rows, kIndent);
  if (upgrades.size() > kUpgrades) {
    out += std::string(kIndent) +
           terminal.dim(fmt::format("and {} more",
                                    count_of(upgrades.size() - kUpgrades, "package", "packages"))) +
           "\n";
  }
  return out;
}

std::string notes_of(const Finding& finding) {
  std::vector<std::string> notes;
  if (finding.vulnerability.known_exploited) {
    notes.emplace_back(finding.vulnerability.known_exploited->ransomware ? "exploited by ransomware"
                                                                         : "exploited");
  } else if (finding.exploit_available) {
    notes.emplace_back("exploit public");
  }
  if (finding.in_use == score::Fact::Yes) notes.emplace_back("in use");
  const auto& epss = finding.vulnerability.epss;
  if (epss && epss->score >= 0.1) notes.push_back(fmt::format("EPSS {:.0f}%", epss->score * 100));
  return base::join(notes, ", ");
}

std::string fix_text(const Finding& finding) {
  for (const findings::AffectedPackage& package : finding.packages) {
    if (!package.fixed_version.empty()) return package.fixed_version;
  }
  switch (finding.packages.front().state) {
    case model::FixState::WillNotFix:
      return "will not be fixed";
    case model::FixState::Deferred:
      return "deferred";
    case model::FixState::EndOfLife:
      return "end of life";
    default:
      return finding.packages.front().note.empty() ? "no fix yet" : finding.packages.front().note;
  }
}

/// One package by its name; several by the source they are built from, "python3.11 (8)", or, of
/// several sources, by the first one, "libssl3 +1".
std::string package_text(const Finding& finding) {
  const auto source_of = [](const findings::AffectedPackage& affected) {
    return match::subject_of(affected.package).name;
  };
  const std::vector<findings::AffectedPackage>& packages = finding.packages;
  const std::string& first = packages.front().package.name;
  if (packages.size() == 1) return first;
  const std::string source = source_of(packages.front());
  const bool one_source = std::all_of(packages.begin(), packages.end(),
                                      [&](const auto& one) { return source_of(one) == source; });
  return one_source ? fmt::format("{} ({})", source, packages.size())
                    : fmt::format("{} +{}", first, packages.size() - 1);
}

std::string finding_table(const Report& report, const Terminal& terminal, bool all) {
  if (report.findings.empty()) return {};
  std::vector<std::vector<Cell>> rows;
  for (const Finding& finding : report.findings) {
    if (!all && rows.size() == kFindings) break;
    const Colour colour = colour_of(finding.severity);
    const bool fixable = finding.fix != findings::FixAvailable::No;
    rows.push_back({{score_text(finding), colour, true},
                    {std::string(model::severity_name(finding.severity)), colour},
                    {finding.vulnerability.id},
                    {package_text(finding), Colour::Default, true},
                    {finding.packages.front().package.version},
                    {fix_text(finding), fixable ? Colour::Green : Colour::Grey},
                    {notes_of(finding),
                     finding.vulnerability.known_exploited ? Colour::BrightRed : Colour::Default}});
  }
  const bool cut = rows.size() < report.findings.size();
  std::string out =
      "\n" + std::string(kIndent) + terminal.bold(cut ? "Worst findings" : "Findings") + "\n";
  out += draw_table(terminal,
                    {{"SCORE", true},
                     {"SEVERITY"},
                     {"VULNERABILITY", false, 14},
                     {"PACKAGE", false, 8, true},
                     {"INSTALLED", false, 6, true, 110},
                     {"FIXED IN", false, 8, true},
                     {"", false, 8, true}},
                    rows, kIndent);
  if (cut) {
    out += std::string(kIndent) +
           terminal.dim(fmt::format("and {} more; --all lists them",
                                    base::with_thousands(report.findings.size() - rows.size()))) +
           "\n";
  }
  return out;
}

std::string some_names(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < 4; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > 4) text += ", ...";
  return text;
}

std::string bullet(const Terminal& terminal, const std::string& text) {
  return std::string(kIndent) + shorten("- " + plain(text), width_of(terminal) - 2) + "\n";
}

std::string not_assessed(const Report& report, const Terminal& terminal) {
  std::string lines;
  for (const findings::NotAssessed& group : report.not_assessed) {
    lines += bullet(terminal, count_of(group.packages.size(), "package", "packages") + ": " +
                                  group.why + " (" + some_names(group.packages) + ")");
  }
  for (const inventory::Problem& problem : report.inventory.problems) {
    lines += bullet(terminal, problem.where + ": " + problem.why);
  }
  if (lines.empty()) return {};
  return "\n" + std::string(kIndent) + terminal.paint(Colour::Yellow, "Not assessed", true) + "\n" +
         lines;
}

/// "left out: 41 not affected, 310 not the running kernel", and each one if asked for.
std::string suppressed(const Report& report, const Terminal& terminal, bool show) {
  std::string out;
  const auto section = [&](std::string_view title, const std::vector<findings::Hidden>& hidden) {
    if (hidden.empty()) return;
    std::vector<std::pair<std::string, std::size_t>> reasons;
    for (const findings::Hidden& one : hidden) {
      const auto at = std::find_if(reasons.begin(), reasons.end(),
                                   [&](const auto& have) { return have.first == one.why; });
      if (at == reasons.end()) {
        reasons.emplace_back(one.why, 1);
      } else {
        ++at->second;
      }
    }
    std::vector<std::string> texts;
    texts.reserve(reasons.size());
    for (const auto& [why, number] : reasons)
      texts.push_back(base::with_thousands(number) + " " + why);
    out += std::string(kIndent) +
           terminal.dim(plain(std::string(title) + ": " + base::join(texts, ", "))) + "\n";
    if (!show) return;
    std::vector<std::vector<Cell>> rows;
    rows.reserve(hidden.size());
    for (const findings::Hidden& one : hidden)
      rows.push_back({{one.vulnerability}, {one.package}, {one.why}});
    out += draw_table(
        terminal,
        {{"VULNERABILITY", false, 14}, {"PACKAGE", false, 12, true}, {"WHY", false, 12, true}},
        rows, kIndent);
  };
  section("left out", report.suppressed);
  section("ignored", report.ignored);
  return out.empty() ? out : "\n" + out;
}

/// Programs that still run deleted code after an upgrade.
std::string restarts(const Report& report, const Terminal& terminal) {
  if (!report.inventory.runtime) return {};
  std::string lines;
  for (const inventory::Process& process : report.inventory.runtime->processes) {
    if (process.deleted.empty()) continue;
    lines += bullet(terminal, fmt::format("{} ({}) still runs replaced {}", process.name,
                                          process.id, some_names(process.deleted)));
  }
  if (lines.empty()) return {};
  return "\n" + std::string(kIndent) + terminal.paint(Colour::Yellow, "Restart", true) + "\n" +
         lines;
}

}  // namespace

std::string table_report(const Report& report, const Terminal& terminal,
                         const TableOptions& options) {
  std::string out = "\n" + header(report, terminal) + "\n" + counts(report, terminal);
  out += upgrade_table(report, terminal, options.clean);
  out += finding_table(report, terminal, options.all);
  out += restarts(report, terminal);
  out += not_assessed(report, terminal);
  out += suppressed(report, terminal, options.show_suppressed);
  for (const std::string& note : report.notes) {
    out += std::string(kIndent) + terminal.paint(Colour::Yellow, plain(note)) + "\n";
  }
  if (!report.findings.empty()) {
    out += "\n" + std::string(kIndent) +
           terminal.dim("vigil explain " + plain(report.findings.front().vulnerability.id) +
                        " tells how its score came about") +
           "\n";
  }
  return out + "\n";
}

}  // namespace vigil::cli
