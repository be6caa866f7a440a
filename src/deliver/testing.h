// A report for the tests of the formats: one finding with hostile texts, one with hardly anything known.
#pragma once

#include "findings/report.h"

namespace vigil::deliver::testing {

inline constexpr std::int64_t kTime = 1'795'392'000;  ///< 2026-11-23T00:00:00Z

inline findings::AffectedPackage affected(std::string name, std::string version,
                                          std::string fixed_version) {
  findings::AffectedPackage package;
  package.package.name = std::move(name);
  package.package.version = std::move(version);
  package.package.ecosystem = "Debian:12";
  package.package.architecture = "amd64";
  package.package.manager = "OS";
  package.package.package_url = "pkg:deb/debian/" + package.package.name;
  package.package.locations = {{"/var/lib/dpkg/status", 12}};
  package.fixed_version = std::move(fixed_version);
  return package;
}

/// CVE-2026-1: known exploited, scored, two packages, and texts that try to break out of each format.
inline findings::Finding hostile_finding() {
  findings::Finding finding;
  finding.arn =
      "arn:aws:inspector2:us-east-1:000000000000:finding/0123456789abcdef0123456789abcdef";
  finding.title = "=cmd|' /C calc'!A0";
  finding.description = "a \"quoted\", text\nwith <script> and \\u0000";
  finding.severity = model::Severity::High;
  finding.score.score = 7.5;
  finding.score.base_version = "3.1";
  finding.score.base_source = "NVD";
  finding.score.adjusted_vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/MAC:H";
  finding.score.adjustments = {{"MAC", "L", "H", "nothing runs it"}};
  finding.vulnerability.id = "CVE-2026-1";
  finding.vulnerability.cwes = {"CWE-79"};
  finding.vulnerability.cvss = {
      {"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, "NVD", model::CvssOrigin::Nvd}};
  finding.vulnerability.references = {"https://example.org/a", "see the vendor's page"};
  finding.vulnerability.epss = model::Epss{0.5, 0.9, "2026-11-20"};
  finding.vulnerability.known_exploited =
      model::KnownExploited{"2026-11-02", "2026-11-23", "Patch.", true};
  finding.source = "DEBIAN_CVE";
  finding.packages = {affected("libfoo1", "1:1.0-1", "1:1.0-2"),
                      affected("foo tools", "1:1.0-1", "")};
  finding.fix = findings::FixAvailable::Partial;
  finding.exploit_available = true;
  finding.first_observed = kTime - 3 * 86400;
  finding.last_observed = kTime;
  return finding;
}

/// GHSA-x: no score, no texts, no fix.
inline findings::Finding bare_finding() {
  findings::Finding finding;
  finding.arn =
      "arn:aws:inspector2:us-east-1:000000000000:finding/ffffffffffffffffffffffffffffffff";
  finding.title = "GHSA-x - leftpad";
  finding.description = "None Provided";
  finding.vulnerability.id = "GHSA-x";
  finding.source = "GITHUB";
  findings::AffectedPackage package = affected("leftpad", "1.0.0", "");
  package.package.manager = "NPM";
  package.package.package_url = "pkg:npm/leftpad@1.0.0";
  package.package.locations = {{"/srv/my app/50%/package-lock.json", 7}};
  finding.packages = {package};
  finding.first_observed = kTime;
  finding.last_observed = kTime;
  return finding;
}

inline findings::Report report() {
  findings::Report report;
  report.time = kTime;
  report.resource.id = "i-0123456789abcdef0";
  report.resource.account = "000000000000";
  report.resource.region = "us-east-1";
  report.resource.name = "web-1";
  report.resource.platform = "DEBIAN_12";
  report.inventory.os.id = "debian";
  report.inventory.os.version = "12";
  report.findings = {hostile_finding(), bare_finding()};
  for (const findings::Finding& finding : report.findings) {
    for (const findings::AffectedPackage& package : finding.packages)
      report.inventory.packages.push_back(package.package);
  }
  return report;
}

}  // namespace vigil::deliver::testing
