// CSV: the 52 columns of Amazon Inspector's findings report, one row a finding.
//
// Reference: the columns of CreateFindingsReport's CSV; RFC 4180 for the syntax.
// Traps: a cell that starts with = + - @ or a control character is a formula to a spreadsheet (CWE-1236),
// and vendor texts are not ours: such a cell gets a quote mark in front.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "deliver/format.h"
#include "findings/texts.h"

namespace vigil::deliver::csv {
namespace {

using findings::Finding;

constexpr std::array<std::string_view, 52> kColumns = {"AWS Account Id",
                                                       "Severity",
                                                       "Fix Available",
                                                       "Finding Type",
                                                       "Title",
                                                       "Description",
                                                       "Finding ARN",
                                                       "First Seen",
                                                       "Last Seen",
                                                       "Last Updated",
                                                       "Resource ID",
                                                       "Container Image Tags",
                                                       "Region",
                                                       "Platform",
                                                       "Resource Tags",
                                                       "Affected Packages",
                                                       "Package Installed Version",
                                                       "Fixed in Version",
                                                       "Package Remediation",
                                                       "File Path",
                                                       "Network Paths",
                                                       "Age (Days)",
                                                       "Remediation",
                                                       "Inspector Score",
                                                       "Inspector Score Vector",
                                                       "Status",
                                                       "Vulnerability Id",
                                                       "Vendor",
                                                       "Vendor Severity",
                                                       "Vendor Advisory",
                                                       "Vendor Advisory Published",
                                                       "NVD CVSS3 Score",
                                                       "NVD CVSS3 Vector",
                                                       "NVD CVSS2 Score",
                                                       "NVD CVSS2 Vector",
                                                       "Vendor CVSS3 Score",
                                                       "Vendor CVSS3 Vector",
                                                       "Vendor CVSS2 Score",
                                                       "Vendor CVSS2 Vector",
                                                       "Resource Type",
                                                       "Ami",
                                                       "Resource Public Ipv4",
                                                       "Resource Private Ipv4",
                                                       "Resource Ipv6",
                                                       "Resource Vpc",
                                                       "Port Range",
                                                       "Exploit Available",
                                                       "Last Exploited At",
                                                       "Lambda Layers",
                                                       "Lambda Package Type",
                                                       "Lambda Last Updated At",
                                                       "Reference Urls"};

std::string cell(std::string_view text) {
  std::string content = base::printable(text);
  const std::string_view formula = "=+-@\t";
  if (!content.empty() && formula.find(content.front()) != std::string_view::npos)
    content.insert(0, "'");
  if (content.find_first_of(",\"\n\r") == std::string::npos) return content;
  return "\"" + base::replace_all(content, "\"", "\"\"") + "\"";
}

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{:.1f}", *value) : std::string();
}

template <typename Get>
std::string each_package(const Finding& finding, Get get) {
  std::vector<std::string> texts;
  for (const findings::AffectedPackage& package : finding.packages) {
    std::string text = get(package);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return base::join(texts, ", ");
}

/// The first rating of a source and a major version; the vendor is any that is not NVD.
const model::CvssRating* rating_of(const Finding& finding, bool nvd, char major) {
  for (const model::CvssRating& rating : finding.vulnerability.cvss) {
    if ((rating.source == "NVD") == nvd && rating.version.starts_with(major)) return &rating;
  }
  return nullptr;
}

std::string tags_of(const findings::Resource& resource) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : resource.tags) texts.push_back(key + ":" + value);
  return base::join(texts, ", ");
}

std::string path_of(const findings::OpenPorts& ports) {
  std::vector<std::string> components;
  for (const findings::PathStep& step : ports.path) components.push_back(step.component_id);
  return base::join(components, " -> ");
}

std::string row(const findings::Report& report, const Finding& finding) {
  const findings::Resource& resource = report.resource;
  const std::int64_t age = (report.time - finding.first_observed) / 86400;
  std::array<std::string, kColumns.size()> cells;
  const auto set = [&](std::string_view column, std::string text) {
    const auto at = std::find(kColumns.begin(), kColumns.end(), column);
    cells[static_cast<std::size_t>(at - kColumns.begin())] = std::move(text);
  };
  const auto rate = [&](const std::string& prefix, const model::CvssRating* rating) {
    if (rating == nullptr) return;
    set(prefix + " Score", number(rating->score));
    set(prefix + " Vector", rating->vector);
  };
  set("AWS Account Id", resource.account);
  set("Severity", std::string(model::severity_name(finding.severity)));
  set("Fix Available", std::string(findings::fix_available_name(finding.fix)));
  set("Finding Type", std::string(findings::finding_type(finding)));
  set("Title", finding.title);
  set("Description", finding.description);
  set("Finding ARN", finding.arn);
  set("First Seen", base::format_time(finding.first_observed));
  set("Last Seen", base::format_time(finding.last_observed));
  set("Last Updated", base::format_time(finding.last_observed));
  set("Resource ID", resource.id);
  set("Region", resource.region);
  set("Platform", resource.platform);
  set("Resource Tags", tags_of(resource));
  set("Affected Packages",
      each_package(finding, [](const auto& package) { return package.package.name; }));
  set("Package Installed Version",
      each_package(finding, [](const auto& package) { return package.package.version; }));
  set("Fixed in Version", each_package(finding, [](const auto& package) {
        return findings::fixed_in_version(package.package, package.fixed_version);
      }));
  set("Package Remediation",
      each_package(finding, [](const auto& package) { return package.remediation; }));
  set("File Path", each_package(finding, [](const auto& package) {
        const bool of_system = package.package.manager == "OS" || package.package.locations.empty();
        return of_system ? std::string() : package.package.locations.front().path;
      }));
  set("Age (Days)", std::to_string(age));
  set("Remediation", finding.recommendation.empty() ? "None Provided" : finding.recommendation);
  set("Inspector Score", number(finding.score.score));
  set("Inspector Score Vector", finding.score.adjusted_vector);
  set("Status", "ACTIVE");
  set("Vulnerability Id", finding.vulnerability.id);
  set("Vendor", finding.source);
  set("Vendor Severity", finding.vendor_severity);
  set("Vendor Advisory", finding.source_url);
  if (finding.vulnerability.published != 0) {
    set("Vendor Advisory Published", base::format_time(finding.vulnerability.published));
  }
  rate("NVD CVSS3", rating_of(finding, true, '3'));
  rate("NVD CVSS2", rating_of(finding, true, '2'));
  rate("Vendor CVSS3", rating_of(finding, false, '3'));
  rate("Vendor CVSS2", rating_of(finding, false, '2'));
  set("Resource Type", resource.type);
  if (resource.instance) {
    set("Ami", resource.instance->image_id);
    set("Resource Vpc", resource.instance->vpc_id);
  }
  if (resource.image) set("Container Image Tags", base::join(resource.image->tags, ", "));
  if (resource.function) {
    const findings::FunctionDetails& function = *resource.function;
    set("Lambda Layers", base::join(function.layers, ", "));
    set("Lambda Package Type", function.package_type);
    if (function.last_modified != 0)
      set("Lambda Last Updated At", base::format_time(function.last_modified));
  }
  if (finding.ports) {
    set("Network Paths", path_of(*finding.ports));
    set("Port Range", fmt::format("{}-{}", finding.ports->begin, finding.ports->end));
  }
  if (finding.flaw) set("File Path", finding.flaw->file_path);
  set("Resource Private Ipv4", base::join(resource.ipv4, ", "));
  set("Resource Ipv6", base::join(resource.ipv6, ", "));
  set("Exploit Available", finding.exploit_available ? "YES" : "NO");
  if (finding.vulnerability.known_exploited) {
    set("Last Exploited At", finding.vulnerability.known_exploited->date_added);
  }
  set("Reference Urls", base::join(finding.vulnerability.references, ", "));
  std::string line;
  for (const std::string& text : cells)
    line += (line.empty() && &text == &cells.front() ? "" : ",") + cell(text);
  return line + "\r\n";
}

std::string write(const findings::Report& report) {
  std::string out;
  for (const std::string_view column : kColumns) {
    if (!out.empty()) out += ',';
    out += cell(column);
  }
  out += "\r\n";
  for (const Finding& finding : report.findings) out += row(report, finding);
  return out;
}

}  // namespace

const Format& format() {
  static const Format kFormat{"csv", "Inspector findings report", write};
  return kFormat;
}

}  // namespace vigil::deliver::csv
