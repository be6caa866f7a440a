#include "deliver/findings_csv.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"

namespace vigil::deliver {
namespace {

using base::Json;

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

std::string score(const std::optional<double>& value) {
  return value ? fmt::format("{:.1f}", *value) : std::string();
}

std::string time(const Json& value) {
  const auto seconds = value.integer();
  return seconds ? base::format_time(*seconds) : std::string();
}

std::string list(const Json& texts) {
  std::vector<std::string> parts;
  for (const Json& text : texts.items()) parts.emplace_back(text.text());
  return base::join(parts, ", ");
}

template <typename Get>
std::string each_package(const Json& finding, Get get) {
  std::vector<std::string> texts;
  const Json packages = finding["packageVulnerabilityDetails"]["vulnerablePackages"];
  for (const Json& package : packages.items()) {
    std::string text = get(package);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return base::join(texts, ", ");
}

/// The version as the package's own tools write it.
std::string installed_version(const Json& package) {
  std::string text;
  if (const auto epoch = package["epoch"].integer(); epoch && *epoch != 0) {
    text = std::to_string(*epoch) + ":";
  }
  text += package["version"].text();
  if (const auto release = package["release"].text(); !release.empty()) {
    text.append("-").append(release);
  }
  return text;
}

/// The first rating of a source and a major version; the vendor is any that is not NVD.
Json rating_of(const Json& finding, bool nvd, char major) {
  for (const Json& rating : finding["packageVulnerabilityDetails"]["cvss"].items()) {
    const bool is_nvd = rating["source"].text() == "NVD";
    if (is_nvd == nvd && rating["version"].text().starts_with(major)) return rating;
  }
  return {};
}

std::string tags_of(const Json& resource) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : resource["tags"].members()) {
    texts.push_back(std::string(key) + ":" + std::string(value.text()));
  }
  return base::join(texts, ", ");
}

std::string path_of(const Json& reachability) {
  std::vector<std::string> components;
  for (const Json& step : reachability["networkPath"]["steps"].items()) {
    components.emplace_back(step["componentId"].text());
  }
  return base::join(components, " -> ");
}

class Row {
 public:
  void set(std::string_view column, std::string_view text) {
    const auto at = std::find(kColumns.begin(), kColumns.end(), column);
    cells_.at(static_cast<std::size_t>(at - kColumns.begin())) = text;
  }
  void rate(const std::string& prefix, const Json& rating) {
    if (!rating.exists()) return;
    set(prefix + " Score", score(rating["baseScore"].number()));
    set(prefix + " Vector", rating["scoringVector"].text());
  }
  [[nodiscard]] std::string line() const {
    std::string out;
    for (const std::string& text : cells_) {
      if (&text != &cells_.front()) out += ',';
      out += cell(text);
    }
    return out + "\r\n";
  }

 private:
  std::array<std::string, kColumns.size()> cells_;
};

void set_times(Row& row, const Json& finding, std::int64_t now) {
  row.set("First Seen", time(finding["firstObservedAt"]));
  row.set("Last Seen", time(finding["lastObservedAt"]));
  row.set("Last Updated", time(finding["updatedAt"]));
  if (const auto first = finding["firstObservedAt"].integer()) {
    row.set("Age (Days)", std::to_string((now - *first) / 86400));
  }
}

void set_packages(Row& row, const Json& finding) {
  const auto texts = [&](std::string_view member) {
    return each_package(finding,
                        [&](const Json& package) { return std::string(package[member].text()); });
  };
  row.set("Affected Packages", texts("name"));
  row.set("Package Installed Version", each_package(finding, installed_version));
  row.set("Fixed in Version", texts("fixedInVersion"));
  row.set("Package Remediation", texts("remediation"));
  row.set("File Path", texts("filePath"));
}

void set_vulnerability(Row& row, const Json& finding) {
  const Json details = finding["packageVulnerabilityDetails"];
  row.set("Vulnerability Id", details["vulnerabilityId"].text());
  row.set("Vendor", details["source"].text());
  row.set("Vendor Severity", details["vendorSeverity"].text());
  row.set("Vendor Advisory", details["sourceUrl"].text());
  row.set("Vendor Advisory Published", time(details["vendorCreatedAt"]));
  row.set("Reference Urls", list(details["referenceUrls"]));
  row.set("Exploit Available", finding["exploitAvailable"].text());
  row.set("Last Exploited At", time(finding["exploitabilityDetails"]["lastKnownExploitAt"]));
  row.rate("NVD CVSS3", rating_of(finding, true, '3'));
  row.rate("NVD CVSS2", rating_of(finding, true, '2'));
  row.rate("Vendor CVSS3", rating_of(finding, false, '3'));
  row.rate("Vendor CVSS2", rating_of(finding, false, '2'));
}

void set_resource(Row& row, const Json& resource) {
  const Json instance = resource["details"]["awsEc2Instance"];
  const Json image = resource["details"]["awsEcrContainerImage"];
  const Json function = resource["details"]["awsLambdaFunction"];
  row.set("Resource ID", resource["id"].text());
  row.set("Resource Type", resource["type"].text());
  row.set("Region", resource["region"].text());
  row.set("Resource Tags", tags_of(resource));
  row.set("Platform", (image.exists() ? image : instance)["platform"].text());
  row.set("Container Image Tags", list(image["imageTags"]));
  row.set("Ami", instance["imageId"].text());
  row.set("Resource Private Ipv4", list(instance["ipV4Addresses"]));
  row.set("Resource Ipv6", list(instance["ipV6Addresses"]));
  row.set("Resource Vpc", instance["vpcId"].text());
  row.set("Lambda Layers", list(function["layers"]));
  row.set("Lambda Package Type", function["packageType"].text());
  row.set("Lambda Last Updated At", time(function["lastModifiedAt"]));
}

/// What open ports and flaws of code say.
void set_particular(Row& row, const Json& finding) {
  if (const Json reachability = finding["networkReachabilityDetails"]; reachability.exists()) {
    const Json ports = reachability["openPortRange"];
    row.set("Network Paths", path_of(reachability));
    row.set("Port Range", fmt::format("{}-{}", ports["begin"].integer().value_or(0),
                                      ports["end"].integer().value_or(0)));
  }
  const Json flaw = finding["codeVulnerabilityDetails"];
  if (flaw.exists()) row.set("File Path", flaw["filePath"]["filePath"].text());
}

}  // namespace

std::string findings_csv_head() {
  std::string out;
  for (const std::string_view column : kColumns) {
    if (!out.empty()) out += ',';
    out += cell(column);
  }
  return out + "\r\n";
}

std::string findings_csv_row(const Json& finding, std::int64_t now) {
  Row row;
  row.set("AWS Account Id", finding["awsAccountId"].text());
  row.set("Severity", finding["severity"].text());
  row.set("Fix Available", finding["fixAvailable"].text());
  row.set("Finding Type", finding["type"].text());
  row.set("Title", finding["title"].text());
  row.set("Description", finding["description"].text());
  row.set("Finding ARN", finding["findingArn"].text());
  row.set("Status", finding["status"].text());
  row.set("Remediation", finding["remediation"]["recommendation"]["text"].text());
  row.set("Inspector Score", score(finding["inspectorScore"].number()));
  row.set("Inspector Score Vector",
          finding["inspectorScoreDetails"]["adjustedCvss"]["scoringVector"].text());
  set_times(row, finding, now);
  set_packages(row, finding);
  set_vulnerability(row, finding);
  set_particular(row, finding);
  for (const Json& resource : finding["resources"].items()) {
    set_resource(row, resource);
    break;
  }
  return row.line();
}

}  // namespace vigil::deliver
