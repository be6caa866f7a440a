// CycloneDX 1.5 JSON: the inventory as components, the findings as vulnerabilities.
//
// Reference: cyclonedx.org/docs/1.5/json. The operating system is a component of its own; every
// package carries its package URL; what Vigil knows beyond the schema goes into `vigil:` properties.
// inventory/sbom reads it all back: a report scanned again gives the same findings.
// Traps: bom-ref must be unique though one purl may be installed twice; a rating's `method` is an
// enumeration ("CVSSv31", "CVSSv2" ...); severity words are lower case and "informational" is "info".

#include <set>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/time.h"
#include "deliver/cyclonedx_components.h"
#include "deliver/format.h"
#include "findings/texts.h"

namespace vigil::deliver::cyclonedx {
namespace {

using base::JsonWriter;
using findings::Finding;

/// Sources also write sentences where an address belongs; the schema wants an IRI reference.
bool is_address(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon != 0 && base::is_alpha(text.front()) &&
         text.find_first_of(" \"<>\\^`{|}\t\r\n") == std::string_view::npos;
}

std::string_view severity_word(model::Severity severity) {
  switch (severity) {
    case model::Severity::Critical:
      return "critical";
    case model::Severity::High:
      return "high";
    case model::Severity::Medium:
      return "medium";
    case model::Severity::Low:
      return "low";
    case model::Severity::Informational:
      return "info";
    default:
      return "unknown";
  }
}

std::string_view method_of(std::string_view version) {
  if (version == "2.0") return "CVSSv2";
  if (version == "3.0") return "CVSSv3";
  if (version == "3.1") return "CVSSv31";
  return version == "4.0" ? "CVSSv4" : "other";
}

void write_property(JsonWriter& json, std::string_view name, std::string_view value) {
  json.begin_object().member("name", name).member("value", value).end_object();
}

void write_ratings(JsonWriter& json, const Finding& finding) {
  json.key("ratings").begin_array();
  if (finding.score.score) {
    json.begin_object().key("source").begin_object().member("name", "Vigil").end_object();
    json.member("score", *finding.score.score).member("severity", severity_word(finding.severity));
    json.member("method", method_of(finding.score.base_version))
        .member("vector", finding.score.adjusted_vector);
    json.end_object();
  }
  for (const model::CvssRating& rating : finding.vulnerability.cvss) {
    json.begin_object().key("source").begin_object().member("name", rating.source).end_object();
    json.member("score", rating.score)
        .member("severity", severity_word(model::severity_of_score(rating.score)));
    json.member("method", method_of(rating.version)).member("vector", rating.vector).end_object();
  }
  json.end_array();
}

void write_vulnerability(JsonWriter& json, const Finding& finding) {
  const model::Vulnerability& vulnerability = finding.vulnerability;
  json.begin_object().member("bom-ref", finding.arn).member("id", vulnerability.id);
  json.key("source")
      .begin_object()
      .member("name", finding.source)
      .optional_member("url", finding.source_url);
  json.end_object();
  write_ratings(json, finding);
  json.key("cwes").begin_array();
  for (const std::string& cwe : vulnerability.cwes) {
    if (const auto number = base::parse_unsigned(
            std::string_view(cwe).substr(std::min<std::size_t>(4, cwe.size())))) {
      json.value(*number);
    }
  }
  json.end_array();
  json.member("description", finding.description);
  json.key("advisories").begin_array();
  for (const std::string& url : vulnerability.references) {
    if (is_address(url)) json.begin_object().member("url", url).end_object();
  }
  json.end_array();
  if (vulnerability.published != 0)
    json.member("published", base::format_time(vulnerability.published));
  if (vulnerability.modified != 0)
    json.member("updated", base::format_time(vulnerability.modified));
  json.key("affects").begin_array();
  std::set<std::string> written;
  for (const findings::AffectedPackage& affected : finding.packages) {
    const std::string reference = component_reference(affected.package);
    if (written.insert(reference).second) json.begin_object().member("ref", reference).end_object();
  }
  json.end_array();
  json.key("properties").begin_array();
  for (const findings::AffectedPackage& affected : finding.packages) {
    if (affected.fixed_version.empty()) continue;
    write_property(json, "vigil:fixed_version:" + component_reference(affected.package),
                   affected.fixed_version);
  }
  if (vulnerability.epss)
    write_property(json, "vigil:epss", fmt::format("{:.5f}", vulnerability.epss->score));
  if (vulnerability.known_exploited) {
    write_property(json, "vigil:cisa_kev_date_added", vulnerability.known_exploited->date_added);
    write_property(json, "vigil:cisa_kev_date_due", vulnerability.known_exploited->due_date);
  }
  json.end_array().end_object();
}

std::string write(const findings::Report& report) {
  const BillSubject subject = {report.resource, report.inventory, report.time};
  JsonWriter json(2);
  json.begin_object();
  write_cyclonedx_head(json, report.resource.id + "\n" + std::to_string(report.time) + "\n" +
                                 report.intelligence.stamp);
  write_cyclonedx_metadata(json, subject, report.intelligence.stamp);
  write_cyclonedx_components(json, subject);
  write_cyclonedx_dependencies(json, subject);
  json.key("vulnerabilities").begin_array();
  for (const Finding& finding : report.findings) write_vulnerability(json, finding);
  json.end_array().end_object();
  return json.take() + "\n";
}

}  // namespace

const Format& format() {
  static const Format kFormat{"cyclonedx", "CycloneDX 1.5 with vulnerabilities", write};
  return kFormat;
}

}  // namespace vigil::deliver::cyclonedx
