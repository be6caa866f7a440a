// `vigil scan`: inventory, match, score, report.
#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"
#include "base/log.h"
#include "base/time.h"
#include "cli/client/scan_and_send.h"
#include "cli/commands.h"
#include "cli/intelligence.h"
#include "cli/last_scan.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/report/table_report.h"
#include "cli/scan_subject.h"
#include "deliver/format.h"
#include "estate/scanned_resource.h"
#include "findings/compose.h"
#include "findings/ignore.h"
#include "match/match.h"
#include "match/vex/read.h"

namespace vigil::cli {
namespace {

using findings::Finding;
using findings::Report;

constexpr std::uint64_t kIgnoreFileBytes = 16 << 20;

/// Suppressed pairs and packages nobody can speak for, as texts.
void tell_the_rest(const match::Matches& matches, const intel::Snapshot& snapshot, Report& report) {
  for (const match::Suppressed& one : matches.suppressed) {
    const model::Package& package = report.inventory.packages[one.package];
    report.suppressed.push_back({std::string(snapshot.vulnerability_id(one.vulnerability)),
                                 package.name + " " + package.version, one.why});
  }
  for (const match::Unassessed& group : matches.unassessed) {
    findings::NotAssessed told{group.why, {}};
    for (const std::size_t package : group.packages)
      told.packages.push_back(report.inventory.packages[package].name);
    report.not_assessed.push_back(std::move(told));
  }
}

Result<void> apply_ignore_file(const ScanOptions& options, Report& report) {
  std::string path = options.ignore_file;
  if (path.empty()) {
    if (!base::exists(".vigilignore")) return ok();
    path = ".vigilignore";
  }
  VIGIL_TRY(const std::string text, base::read_file(path, kIgnoreFileBytes));
  VIGIL_TRY(const auto rules, findings::parse_ignore_file(text, path));
  for (const findings::IgnoreRule& rule : rules) {
    if (rule.until != 0 && report.time >= rule.until) {
      report.notes.push_back(
          fmt::format("{}:{}: the rule for {} has expired", path, rule.line, rule.id));
    }
  }
  std::vector<Finding> kept;
  for (Finding& finding : report.findings) {
    if (const auto* rule = findings::ignored_by(rules, finding, report.time)) {
      report.ignored.push_back(
          {finding.vulnerability.id, finding.packages.front().package.name, rule->reason});
    } else {
      kept.push_back(std::move(finding));
    }
  }
  report.findings = std::move(kept);
  return ok();
}

constexpr std::uint64_t kVexFileBytes = 256 << 20;

/// What was left out of a document is a note of the report.
Result<void> read_statements(const ScanOptions& options, match::Options& how, Report& report) {
  for (const std::string& path : options.vex_files) {
    VIGIL_TRY(const std::string text, base::read_file(path, kVexFileBytes));
    VIGIL_TRY(match::vex::Document document, match::vex::read(text, path));
    for (match::vex::Statement& statement : document.statements) {
      how.statements.push_back(std::move(statement));
    }
    for (const std::string& problem : document.problems) {
      report.notes.push_back(std::string(path).append(": ").append(problem));
    }
  }
  return ok();
}

/// By what VEX documents may call an image: the purl type "oci", whose name is the last part of the
/// repository and whose version is the manifest's digest.
std::vector<std::string> product_urls(const findings::Resource& resource) {
  if (!resource.image) return {};
  const findings::ImageDetails& image = *resource.image;
  model::PackageUrl purl;
  purl.type = "oci";
  purl.name = image.repository.substr(image.repository.rfind('/') + 1);
  purl.version = image.digest;
  if (image.registry != resource.account) {
    purl.qualifiers = {{"repository_url", image.registry + "/" + image.repository}};
  }
  return {purl.text()};
}

Result<std::vector<model::Severity>> wanted_severities(const ScanOptions& options) {
  std::vector<model::Severity> wanted;
  for (const std::string& name : options.severities) {
    const auto severity = model::parse_severity(name);
    if (!severity) {
      return fail("unknown severity '" + name + "'", "--severity",
                  "one of critical, high, medium, low, informational, untriaged");
    }
    wanted.push_back(*severity);
  }
  return wanted;
}

Result<void> apply_filters(const ScanOptions& options, Report& report) {
  VIGIL_TRY(const auto wanted, wanted_severities(options));
  std::erase_if(report.findings, [&](const Finding& finding) {
    // A malicious package is removed, not fixed.
    const bool has_remedy =
        finding.fix != findings::FixAvailable::No || finding.vulnerability.malicious;
    if (options.only_fixed && !has_remedy) return true;
    return !wanted.empty() &&
           std::find(wanted.begin(), wanted.end(), finding.severity) == wanted.end();
  });
  return ok();
}

Result<Report> make_report(const ScanOptions& options, const Intelligence& intelligence,
                           std::string& exposure) {
  Report report;
  report.time = base::now();
  VIGIL_TRY(source::Scanned scanned, take(options.subject));
  report.resource = describe_resource(options, scanned);
  VIGIL_TRY(const findings::ResourceFacts facts, know_facts(options, scanned));
  report.inventory = estate::resource_inventory(std::move(scanned), report.resource);
  report.intelligence = describe_intelligence(intelligence, report.time);

  match::Options how;
  how.all_kernels = options.all_kernels;
  how.unimportant = options.unimportant;
  how.resource = product_urls(report.resource);
  VIGIL_CHECK(read_statements(options, how, report));
  const match::Matches matches = match::match(report.inventory, intelligence.snapshot, how);
  tell_the_rest(matches, intelligence.snapshot, report);

  exposure = score::exposure_name(facts.exposure);
  score::Policy own;
  const score::Policy* policy = &score::default_policy();
  if (!options.policy_file.empty()) {
    VIGIL_TRY(own, score::load_policy(options.policy_file));
    policy = &own;
  }
  VIGIL_TRY(report.findings, findings::compose(report.resource, report.inventory, matches,
                                               intelligence.snapshot, *policy, facts, report.time));
  VIGIL_CHECK(apply_ignore_file(options, report));
  return report;
}

Result<std::string> write_report(const ScanOptions& options, const Report& report,
                                 const intel::Snapshot& intelligence) {
  if (options.format == "table") {
    Terminal terminal = Terminal::of_stdout();
    if (!options.output.empty()) terminal = Terminal{};
    const auto clean = [&](const std::string& ecosystem, const std::string& name,
                           const std::string& from) {
      return findings::clean_version(intelligence, ecosystem, name, from);
    };
    return table_report(report, terminal, {options.all, options.show_suppressed, clean});
  }
  const deliver::Format* format = deliver::find_format(options.format);
  if (format == nullptr) return fail("unknown format '" + options.format + "'", "--format");
  return format->write(report);
}

/// Not being able to keep the scan for `vigil explain` is no reason to fail it.
void keep_last_scan(const Report& report, const std::string& exposure) {
  if (!base::make_directories(data_directory())) return;
  const auto kept =
      base::write_file_atomically(last_scan_path(), last_scan_document(report, exposure));
  if (!kept) base::warn("the scan is not kept for `vigil explain`: " + kept.error().text());
}

Result<int> scan_and_report(const ScanOptions& options) {
  std::optional<model::Severity> threshold;
  if (!options.fail_on.empty()) {
    threshold = model::parse_severity(options.fail_on);
    if (!threshold) return fail("unknown severity '" + options.fail_on + "'", "--fail-on");
  }
  std::string exposure;
  VIGIL_TRY(const Intelligence intelligence, open_intelligence(options.intel));
  VIGIL_TRY(Report report, make_report(options, intelligence, exposure));
  keep_last_scan(report, exposure);
  VIGIL_CHECK(apply_filters(options, report));
  VIGIL_TRY(const std::string document, write_report(options, report, intelligence.snapshot));
  if (options.output.empty()) {
    print(document);
  } else {
    VIGIL_CHECK(base::write_file_atomically(options.output, document));
  }
  const bool reached = threshold && std::any_of(report.findings.begin(), report.findings.end(),
                                                [&](const Finding& finding) {
                                                  return finding.severity >= *threshold;
                                                });
  return static_cast<int>(reached ? kThresholdReached : kSuccess);
}

}  // namespace

int scan(const ScanOptions& options) {
  const auto code = options.server.empty() ? scan_and_report(options) : scan_and_send(options);
  return code ? *code : report_error(code.error());
}

}  // namespace vigil::cli
