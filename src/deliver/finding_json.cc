#include "deliver/finding_json.h"

#include <algorithm>

#include "base/time.h"
#include "findings/texts.h"

namespace vigil::deliver {
namespace {

using base::JsonWriter;
using findings::Finding;

constexpr std::size_t kReferences = 100;

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts,
                 std::size_t limit = SIZE_MAX) {
  if (texts.empty()) return;
  json.key(name).begin_array();
  for (std::size_t i = 0; i < texts.size() && i < limit; ++i) json.value(texts[i]);
  json.end_array();
}

void write_resource(JsonWriter& json, const findings::Resource& resource) {
  json.key("resources").begin_array().begin_object();
  json.member("type", resource.type).member("id", resource.id).member("partition", "aws");
  json.member("region", resource.region);
  if (!resource.tags.empty()) {
    json.key("tags").begin_object();
    for (const auto& [key, value] : resource.tags) json.member(key, value);
    json.end_object();
  }
  json.key("details").begin_object().key("awsEc2Instance").begin_object();
  write_texts(json, "ipV4Addresses", resource.ipv4);
  write_texts(json, "ipV6Addresses", resource.ipv6);
  json.optional_member("platform", resource.platform);
  json.end_object().end_object();
  json.end_object().end_array();
}

/// The score and what changed it. Absent where there is no CVSS.
void write_score(JsonWriter& json, const Finding& finding) {
  const score::Score& score = finding.score;
  if (!score.score) return;
  json.member("inspectorScore", *score.score);
  json.key("inspectorScoreDetails").begin_object().key("adjustedCvss").begin_object();
  json.member("scoreSource", score.base_source).member("cvssSource", score.base_source);
  json.member("version", score.base_version).member("score", *score.score);
  json.member("scoringVector", score.adjusted_vector);
  json.key("adjustments").begin_array();
  for (const score::Adjustment& adjustment : score.adjustments) {
    json.begin_object()
        .member("metric", adjustment.metric)
        .member("reason", adjustment.reason)
        .end_object();
  }
  if (score.floor) {
    json.begin_object()
        .member("metric", "Floor")
        .member("reason", score.floor->reason)
        .end_object();
  }
  json.end_array().end_object().end_object();
}

void write_package(JsonWriter& json, const findings::AffectedPackage& affected) {
  const model::Package& package = affected.package;
  const findings::VersionParts parts = findings::split_version(package);
  json.begin_object().member("name", package.name).member("version", parts.version);
  if (package.manager == "OS") json.member("epoch", parts.epoch);
  json.optional_member("release", parts.release);
  json.optional_member("arch", findings::architecture_name(package.architecture));
  json.optional_member("packageManager", package.manager);
  if (package.manager != "OS" && !package.locations.empty()) {
    json.member("filePath", package.locations.front().path);
  }
  json.member("fixedInVersion", findings::fixed_in_version(package, affected.fixed_version));
  json.optional_member("remediation", affected.remediation);
  json.end_object();
}

void write_vulnerability(JsonWriter& json, const Finding& finding) {
  const model::Vulnerability& vulnerability = finding.vulnerability;
  json.key("packageVulnerabilityDetails").begin_object();
  json.member("vulnerabilityId", vulnerability.id);
  json.key("vulnerablePackages").begin_array();
  for (const findings::AffectedPackage& package : finding.packages) write_package(json, package);
  json.end_array();
  json.member("source", finding.source);
  json.key("cvss").begin_array();
  for (const model::CvssRating& rating : vulnerability.cvss) {
    json.begin_object()
        .member("baseScore", rating.score)
        .member("scoringVector", rating.vector)
        .member("version", rating.version)
        .member("source", rating.source)
        .end_object();
  }
  json.end_array();
  write_texts(json, "relatedVulnerabilities", vulnerability.aliases);
  json.optional_member("sourceUrl", finding.source_url);
  json.optional_member("vendorSeverity", finding.vendor_severity);
  if (vulnerability.published != 0) json.member("vendorCreatedAt", vulnerability.published);
  if (vulnerability.modified != 0) json.member("vendorUpdatedAt", vulnerability.modified);
  write_texts(json, "referenceUrls", vulnerability.references, kReferences);
  json.end_object();
}

/// The latest day an exploit is known of: CISA's catalogue or a published exploit.
std::string last_exploit(const model::Vulnerability& vulnerability) {
  std::string last;
  if (vulnerability.known_exploited) last = vulnerability.known_exploited->date_added;
  for (const model::Exploit& exploit : vulnerability.exploits)
    last = std::max(last, exploit.first_seen);
  return last;
}

}  // namespace

void write_finding(JsonWriter& json, const findings::Resource& resource, const Finding& finding) {
  json.begin_object();
  json.member("findingArn", finding.arn).member("awsAccountId", resource.account);
  json.member("type", "PACKAGE_VULNERABILITY").member("description", finding.description);
  json.member("title", finding.title);
  json.key("remediation").begin_object().key("recommendation").begin_object();
  json.member("text", "None Provided").end_object().end_object();
  json.member("severity", model::severity_name(finding.severity));
  json.member("firstObservedAt", finding.first_observed)
      .member("lastObservedAt", finding.last_observed);
  json.member("updatedAt", finding.last_observed).member("status", "ACTIVE");
  write_resource(json, resource);
  write_score(json, finding);
  write_vulnerability(json, finding);
  json.member("fixAvailable", findings::fix_available_name(finding.fix));
  json.member("exploitAvailable", finding.exploit_available ? "YES" : "NO");
  if (const std::string day = last_exploit(finding.vulnerability); !day.empty()) {
    if (const auto time = base::parse_time(day)) {
      json.key("exploitabilityDetails")
          .begin_object()
          .member("lastKnownExploitAt", *time)
          .end_object();
    }
  }
  if (finding.vulnerability.epss) {
    json.key("epss").begin_object().member("score", finding.vulnerability.epss->score).end_object();
  }
  json.end_object();
}

}  // namespace vigil::deliver
