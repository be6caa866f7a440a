// `vigil explain`: how a score of the last scan came about.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/last_scan.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/terminal.h"
#include "cli/wrap.h"
#include "model/cvss.h"

namespace vigil::cli {
namespace {

constexpr std::string_view kIndent = "  ";

std::string line(std::string_view text) {
  return std::string(kIndent) + std::string(text) + "\n";
}

std::string heading(const Terminal& terminal, std::string_view text) {
  return "\n" + line(terminal.bold(text));
}

/// Without the metrics that say nothing ("E:X"); as it is if it cannot be read.
std::string canonical(const std::string& vector) {
  const auto cvss = model::parse_cvss(vector);
  return cvss ? cvss->text() : base::printable(vector);
}

/// What is said of a package besides its name; packages of one source share it.
std::string fate(const ExplainedFinding::Package& package, const Terminal& terminal) {
  std::string text = package.version;
  text +=
      package.fixed_version.empty() ? ", " + package.state : ", fixed in " + package.fixed_version;
  if (!package.note.empty()) text += " (" + package.note + ")";
  if (package.in_use == "yes") text += ", in use";
  if (package.in_use == "no") text += ", no running process uses it";
  return base::printable(text) + terminal.dim("  says " + package.feed);
}

/// One command for all packages: "apt-get ... --only-upgrade a b c".
std::string command(const ExplainedFinding& finding) {
  std::string text;
  for (const ExplainedFinding::Package& package : finding.packages) {
    if (package.remediation.empty()) continue;
    if (text.empty()) {
      text = package.remediation;
    } else if (package.remediation.ends_with(" " + package.name)) {
      text += " " + package.name;
    }
  }
  return base::printable(text);
}

std::string packages(const ExplainedFinding& finding, const Terminal& terminal) {
  std::vector<std::pair<std::string, std::string>> groups;  // what is said, the names it is said of
  for (const ExplainedFinding::Package& package : finding.packages) {
    const std::string said = fate(package, terminal);
    const std::string name = terminal.bold(base::printable(package.name));
    const auto same = [&](const auto& group) { return group.first == said; };
    const auto at = std::find_if(groups.begin(), groups.end(), same);
    if (at == groups.end()) {
      groups.emplace_back(said, name);
    } else {
      at->second += ", " + name;
    }
  }
  std::string out = heading(terminal, "Where");
  for (const auto& [said, names] : groups)
    out += hang(names + " " + said, kIndent, 2, terminal.width);
  if (const std::string fix = command(finding); !fix.empty()) {
    // In one line, however long: it is to be copied.
    out += line(terminal.paint(Colour::Green, "$ " + fix));
  }
  return out;
}

/// The score after each change, computed by applying the changes one after the other.
std::string waterfall(const ExplainedFinding& finding, const Terminal& terminal) {
  const score::Score& score = finding.score;
  std::string out = heading(terminal, "Score");
  if (!score.base_score || !score.score) {
    if (score.severity_source == "vendor") {
      return out + line(fmt::format("{}: no CVSS rating is known; {} calls it \"{}\"",
                                    finding.severity, score.base_source, finding.vendor_severity));
    }
    return out +
           line(fmt::format("{}: no CVSS rating and no vendor's word are known", finding.severity));
  }
  out += line(fmt::format("{:>5.1f}  base score by {}, CVSS {}", *score.base_score,
                          score.base_source, score.base_version));
  out += line(terminal.dim(fmt::format("{:>5}  {}", "", canonical(score.base_vector))));
  auto cvss = model::parse_cvss(score.base_vector);
  for (const score::Adjustment& change : score.adjustments) {
    std::string now = "    ";
    if (cvss && cvss->set(change.metric, change.to))
      now = fmt::format("{:>5.1f}", cvss->scores().overall);
    out += hang(fmt::format("{}  {} {} → {}: {}", now, change.metric, change.from, change.to,
                            change.reason),
                kIndent, 7, terminal.width);
  }
  if (score.floor) {
    out += hang(fmt::format("{:>5.1f}  floor: {}", score.floor->score, score.floor->reason),
                kIndent, 7, terminal.width);
  }
  if (score.adjustments.empty() && !score.floor)
    out += line("       nothing known about this resource changes it");
  out += line(terminal.bold(fmt::format("{:>5.1f}  {}", *score.score, finding.severity)));
  out += line(terminal.dim(fmt::format("{:>5}  {}", "", score.adjusted_vector)));
  return out;
}

std::string threat(const ExplainedFinding& finding, const Terminal& terminal) {
  std::string out;
  if (!finding.epss.empty()) out += line("EPSS      " + finding.epss);
  if (!finding.kev.empty()) {
    out += line(terminal.paint(Colour::BrightRed, "CISA KEV  " + finding.kev));
    out += hang("          " + finding.kev_action, kIndent, 10, terminal.width);
  }
  for (const std::string& exploit : finding.exploits) out += line("exploit   " + exploit);
  return out.empty() ? out : heading(terminal, "Threat") + out;
}

std::string ratings(const ExplainedFinding& finding, const Terminal& terminal) {
  if (finding.ratings.empty()) return {};
  std::string out = heading(terminal, "Ratings");
  for (const ExplainedFinding::Rating& rating : finding.ratings) {
    out += line(fmt::format("{:>4.1f}  CVSS {}  {}  {}", rating.score, rating.version,
                            rating.source, canonical(rating.vector)));
  }
  return out;
}

std::string references(const ExplainedFinding& finding, const Terminal& terminal) {
  if (finding.references.empty()) return {};
  std::string out = heading(terminal, "References");
  for (std::size_t i = 0; i < finding.references.size() && i < 8; ++i)
    out += line(finding.references[i]);
  if (finding.references.size() > 8)
    out += line(terminal.dim(fmt::format("and {} more", finding.references.size() - 8)));
  return out;
}

std::string describe(const ExplainedFinding& finding, const Terminal& terminal) {
  std::string out = "\n" + line(terminal.bold(finding.title));
  if (!finding.aliases.empty())
    out += line(terminal.dim("also " + base::join(finding.aliases, ", ")));
  out += "\n" + hang(finding.description, kIndent, 0, terminal.width);
  return out + waterfall(finding, terminal) + packages(finding, terminal) +
         threat(finding, terminal) + ratings(finding, terminal) + references(finding, terminal);
}

}  // namespace

int explain(const ExplainOptions& options) {
  const auto scan = read_last_scan(last_scan_path(), options.id);
  if (!scan) return report_error(scan.error());
  if (scan->findings.empty()) {
    return report_error({"the last scan did not find it", options.id,
                         "`vigil intel show " + options.id + "` tells what is known about it",
                         ErrorCode::NotFound});
  }
  const Terminal terminal = Terminal::of_stdout();
  std::string out;
  for (const ExplainedFinding& finding : scan->findings) out += describe(finding, terminal);
  out += "\n" + line(terminal.dim(fmt::format("scan of {} at {}, exposure {}", scan->resource,
                                              base::format_time(scan->time), scan->exposure)));
  print(out);
  return kSuccess;
}

}  // namespace vigil::cli
