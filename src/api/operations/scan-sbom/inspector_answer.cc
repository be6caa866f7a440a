#include "api/operations/scan-sbom/inspector_answer.h"

#include "api/operations/scan-sbom/vulnerability_parts.h"
#include "base/json_writer.h"
#include "base/time.h"

namespace vigil::api::scan_sbom {
namespace {

using base::JsonWriter;

/// The names of members that the two spellings write differently.
struct Names {
  std::string_view message;
  std::string_view cvss;  ///< before the version of the standard
  std::string_view base;  ///< after it
  bool path;
};
constexpr Names kRecorded = {"info_message", "cvss_", "_base_", false};
constexpr Names kDocumented = {"info", "cvss", "_base_", true};

char major_version(std::string_view method) {
  if (method == "CVSSv2") return '2';
  return method == "CVSSv4" ? '4' : '3';
}

void write_messages(JsonWriter& json, const Scan& scan, const Names& names) {
  json.key("messages").begin_array();
  for (std::size_t i = 0; i < scan.verdicts.size(); ++i) {
    const Verdict& verdict = scan.verdicts[i];
    if (verdict.vulnerable) continue;
    const inventory::SbomComponent& component = scan.sbom.components[i];
    json.begin_object();
    if (component.package_url.empty()) {
      json.member("name", component.name).optional_member("version", component.version);
    } else {
      json.member("purl", component.package_url);
    }
    json.member(names.message, verdict.text).optional_member("reason", verdict.reason);
    json.end_object();
  }
  json.end_array();
}

void write_counts(JsonWriter& json, const Counts& counts) {
  json.key("vulnerability_count").begin_object();
  json.member("critical", std::uint64_t{counts.critical});
  json.member("high", std::uint64_t{counts.high});
  json.member("medium", std::uint64_t{counts.medium});
  json.member("low", std::uint64_t{counts.low});
  json.member("other", std::uint64_t{counts.other});
  json.end_object();
}

void write_cvss(JsonWriter& json, const std::vector<Rating>& ratings, const Names& names) {
  json.key("cvss").begin_array();
  for (const Rating& rating : ratings) {
    if (rating.source == "EPSS") continue;
    json.begin_object().member("source", rating.source).member("severity", rating.severity);
    if (rating.score) {
      std::string key(names.cvss);
      key += major_version(rating.method);
      key += names.base;
      json.member(key + "score", *rating.score).optional_member(key + "vector", rating.vector);
    }
    json.end_object();
  }
  json.end_array();
}

void write_properties(JsonWriter& json, const ScannedVulnerability& scanned, const Names& names) {
  const model::Vulnerability& vulnerability = scanned.vulnerability;
  json.key("properties").begin_object();
  write_weaknesses(json, vulnerability);
  write_cvss(json, scanned.ratings, names);
  if (vulnerability.epss) json.member("epss", vulnerability.epss->score);
  json.member("exploit_available", is_exploitable(vulnerability));
  json.optional_member("exploit_last_seen_in_public", last_exploit(vulnerability));
  if (const auto& known = vulnerability.known_exploited) {
    json.optional_member("cisa_kev_date_added", start_of_day(known->date_added));
    json.optional_member("cisa_kev_date_due", start_of_day(known->due_date));
  }
  if (vulnerability.malicious) json.member("is_malicious", true);
  json.end_object();
}

void write_affects(JsonWriter& json, const ScannedVulnerability& scanned, const Scan& scan,
                   const Names& names) {
  json.key("affects").begin_array();
  for (const AffectedComponent& affected : scanned.affects) {
    const inventory::SbomComponent& component = scan.sbom.components[affected.component];
    json.begin_object().member("installed_version", component.package_url);
    json.optional_member("fixed_version", affected.fixed_version);
    const auto& locations = scan.sbom.inventory.packages[component.package].locations;
    if (names.path && !locations.empty()) json.member("path", locations.front().path);
    json.end_object();
  }
  json.end_array();
}

void write_vulnerability(JsonWriter& json, const ScannedVulnerability& scanned, const Scan& scan,
                         const Names& names) {
  const model::Vulnerability& vulnerability = scanned.vulnerability;
  const Rating* rating = counted(scanned.ratings);
  json.begin_object().member("id", vulnerability.id);
  json.member("severity",
              rating == nullptr ? std::string_view("unknown") : std::string_view(rating->severity));
  json.member("source", page_of(vulnerability.id).url);
  json.key("related").begin_array();
  for (const std::string& id : related_ids(vulnerability)) json.value(id);
  json.end_array().member("description", description_of(vulnerability));
  json.key("references").begin_array();
  for (const std::string_view url : addresses_of(vulnerability)) json.value(url);
  json.end_array();
  if (vulnerability.published != 0) {
    json.member("created", base::format_time(vulnerability.published));
  }
  if (vulnerability.modified != 0) {
    json.member("updated", base::format_time(vulnerability.modified));
  }
  write_properties(json, scanned, names);
  write_affects(json, scanned, scan, names);
  json.end_object();
}

}  // namespace

std::string inspector_answer(const Scan& scan, Spelling spelling) {
  const Names& names = spelling == Spelling::Recorded ? kRecorded : kDocumented;
  JsonWriter json;
  json.begin_object();
  write_messages(json, scan, names);
  write_counts(json, scan.counts);
  json.key("vulnerabilities").begin_array();
  for (const ScannedVulnerability& scanned : scan.vulnerabilities) {
    write_vulnerability(json, scanned, scan, names);
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace vigil::api::scan_sbom
