#include "api/operations/scan-sbom/cyclonedx_answer.h"

#include "api/operations/scan-sbom/vulnerability_parts.h"
#include "base/json_copy.h"
#include "base/json_writer.h"
#include "base/program.h"
#include "base/text.h"
#include "base/time.h"

namespace vigil::api::scan_sbom {
namespace {

using base::Json;
using base::JsonWriter;

constexpr std::string_view kNamespace = "amazon:inspector:sbom_scanner:";

void write_property(JsonWriter& json, std::string_view name, std::string_view value) {
  json.begin_object().member("name", name).member("value", value).end_object();
}

/// Of a property in Inspector's namespace; left out where there is no value.
void write_result(JsonWriter& json, std::string_view name, std::string_view value) {
  if (!value.empty()) write_property(json, std::string(kNamespace) + std::string(name), value);
}

/// What the array holds but results of a former scan.
void copy_properties(JsonWriter& json, const Json& properties) {
  for (const Json& property : properties.items()) {
    const std::string_view name = property["name"].text();
    if (name.starts_with(kNamespace) || name == "vigil:reason") continue;
    base::copy_json(json, property);
  }
}

/// Before 1.5 `tools` was an array of {vendor, name, version}; then an object of components and
/// services.
void write_tools(JsonWriter& json, const Json& tools) {
  json.key("tools").begin_object();
  if (tools.is_array()) {
    json.key("components").begin_array();
    for (const Json& tool : tools.items()) {
      json.begin_object().member("type", "application");
      json.optional_member("author", tool["vendor"].text());
      json.member("name", tool["name"].text());
      json.optional_member("version", tool["version"].text());
      json.end_object();
    }
    json.end_array();
  } else if (tools["components"].exists()) {
    json.key("components");
    base::copy_json(json, tools["components"]);
  }
  json.key("services").begin_array();
  for (const Json& service : tools["services"].items()) base::copy_json(json, service);
  json.begin_object().member("name", "Vigil Scan SBOM API");
  json.member("version", base::program_version()).end_object();
  json.end_array().end_object();
}

void write_counts(JsonWriter& json, const Counts& counts) {
  write_result(json, "critical_vulnerabilities", std::to_string(counts.critical));
  write_result(json, "high_vulnerabilities", std::to_string(counts.high));
  write_result(json, "medium_vulnerabilities", std::to_string(counts.medium));
  write_result(json, "low_vulnerabilities", std::to_string(counts.low));
  write_result(json, "other_vulnerabilities", std::to_string(counts.other));
}

void write_metadata(JsonWriter& json, const Json& metadata, const Scan& scan, std::int64_t now) {
  json.key("metadata").begin_object().member("timestamp", base::format_time(now));
  write_tools(json, metadata["tools"]);
  for (const auto& [key, value] : metadata.members()) {
    if (key == "timestamp" || key == "tools" || key == "properties") continue;
    json.key(key);
    base::copy_json(json, value);
  }
  json.key("properties").begin_array();
  copy_properties(json, metadata["properties"]);
  write_counts(json, scan.counts);
  json.end_array().end_object();
}

/// Writes components as they came, in the order in which they were read.
class ComponentWriter {
 public:
  ComponentWriter(JsonWriter& json, const Scan& scan) : json_(json), scan_(scan) {}

  void write(const Json& components) {
    json_.key("components").begin_array();
    for (const Json& component : components.items()) write_one(component);
    json_.end_array();
  }

 private:
  void write_one(const Json& component) {
    const std::size_t index = next_++;
    json_.begin_object().member("bom-ref", scan_.references[index]);
    for (const auto& [key, value] : component.members()) {
      if (key == "bom-ref" || key == "properties" || key == "components") continue;
      json_.key(key);
      base::copy_json(json_, value);
    }
    json_.key("properties").begin_array();
    copy_properties(json_, component["properties"]);
    const Verdict& verdict = scan_.verdicts[index];
    const bool skipped = verdict.text.starts_with("Component skipped");
    write_result(json_, skipped ? "warning" : "info", verdict.text);
    if (!verdict.reason.empty()) write_property(json_, "vigil:reason", verdict.reason);
    json_.end_array();
    if (component["components"].is_array()) write(component["components"]);
    json_.end_object();
  }

  JsonWriter& json_;
  const Scan& scan_;
  std::size_t next_ = 0;
};

void write_source(JsonWriter& json, std::string_view name, std::string_view url) {
  json.key("source").begin_object().member("name", name).optional_member("url", url).end_object();
}

void write_ratings(JsonWriter& json, const std::vector<Rating>& ratings) {
  json.key("ratings").begin_array();
  for (const Rating& rating : ratings) {
    json.begin_object();
    write_source(json, rating.source, rating.url);
    if (rating.score) json.member("score", *rating.score);
    json.member("severity", rating.severity).member("method", rating.method);
    json.optional_member("vector", rating.vector).end_object();
  }
  json.end_array();
}

void write_findings(JsonWriter& json, const ScannedVulnerability& scanned, const Scan& scan) {
  const model::Vulnerability& vulnerability = scanned.vulnerability;
  json.key("affects").begin_array();
  for (const AffectedComponent& affected : scanned.affects) {
    json.begin_object().member("ref", scan.references[affected.component]).end_object();
  }
  json.end_array().key("properties").begin_array();
  if (is_exploitable(vulnerability)) write_result(json, "exploit_available", "true");
  write_result(json, "exploit_last_seen_in_public", last_exploit(vulnerability));
  if (const auto& known = vulnerability.known_exploited) {
    write_result(json, "cisa_kev_date_added", start_of_day(known->date_added));
    write_result(json, "cisa_kev_date_due", start_of_day(known->due_date));
  }
  if (vulnerability.malicious) write_result(json, "is_malicious", "true");
  for (const AffectedComponent& affected : scanned.affects) {
    write_result(json, "fixed_version:" + scan.references[affected.component],
                 affected.fixed_version);
  }
  json.end_array();
}

void write_vulnerability(JsonWriter& json, const ScannedVulnerability& scanned, const Scan& scan,
                         std::size_t number) {
  const model::Vulnerability& vulnerability = scanned.vulnerability;
  json.begin_object().member("bom-ref", "vuln-" + std::to_string(number));
  json.member("id", vulnerability.id);
  const Page page = page_of(vulnerability.id);
  write_source(json, page.source, page.url);
  json.key("references").begin_array();
  for (const std::string& id : related_ids(vulnerability)) {
    const Page other = page_of(id);
    json.begin_object().member("id", id);
    write_source(json, other.source, other.url);
    json.end_object();
  }
  json.end_array();
  write_ratings(json, scanned.ratings);
  write_weaknesses(json, vulnerability);
  json.member("description", description_of(vulnerability));
  json.key("advisories").begin_array();
  for (const std::string_view url : addresses_of(vulnerability)) {
    json.begin_object().member("url", url).end_object();
  }
  json.end_array();
  if (vulnerability.published != 0) {
    json.member("created", base::format_time(vulnerability.published));
    json.member("published", base::format_time(vulnerability.published));
  }
  if (vulnerability.modified != 0) {
    json.member("updated", base::format_time(vulnerability.modified));
  }
  json.key("analysis").begin_object().member("state", "in_triage").end_object();
  write_findings(json, scanned, scan);
  json.end_object();
}

/// The answer is of version 1.5, unless what was sent needs a later one.
bool is_before_answer(std::string_view version) {
  return version == "1.2" || version == "1.3" || version == "1.4";
}

}  // namespace

std::string cyclonedx_answer(const Json& document, const Scan& scan, std::int64_t now) {
  const bool older = is_before_answer(scan.sbom.version);
  JsonWriter json;
  json.begin_object().member("bomFormat", "CycloneDX");
  json.member("specVersion", older ? "1.5" : scan.sbom.version);
  for (const auto& [key, value] : document.members()) {
    if (key == "bomFormat" || key == "specVersion" || key == "metadata" || key == "components" ||
        key == "vulnerabilities" || (older && key == "$schema")) {
      continue;
    }
    json.key(key);
    base::copy_json(json, value);
  }
  write_metadata(json, document["metadata"], scan, now);
  ComponentWriter(json, scan).write(document["components"]);
  json.key("vulnerabilities").begin_array();
  for (std::size_t i = 0; i < scan.vulnerabilities.size(); ++i) {
    write_vulnerability(json, scan.vulnerabilities[i], scan, i + 1);
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace vigil::api::scan_sbom
