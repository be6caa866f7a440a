// SARIF 2.1.0, the format code-scanning pages read.
//
// Reference: OASIS "Static Analysis Results Interchange Format Version 2.1.0"; the property
// "security-severity" on rules is what GitHub sorts by.
// Traps: a rule stands once, results point to it by index; a URI is relative and without leading
// slash; a location is obligatory for most readers, so a package without one gets its database.

#include <algorithm>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/program.h"
#include "base/text.h"
#include "deliver/format.h"
#include "findings/texts.h"

namespace vigil::deliver::sarif {
namespace {

using base::JsonWriter;
using findings::Finding;

std::string_view level_of(model::Severity severity) {
  switch (severity) {
    case model::Severity::Critical:
    case model::Severity::High:
      return "error";
    case model::Severity::Medium:
      return "warning";
    default:
      return "note";
  }
}

/// A path as a relative URI reference (RFC 3986): everything but unreserved characters and '/' is
/// percent-encoded.
std::string uri_of(std::string_view path) {
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  std::string uri;
  for (const char c : path) {
    const bool plain =
        base::is_alnum(c) || std::string_view("-._~/").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

void write_rule(JsonWriter& json, const Finding& finding) {
  json.begin_object().member("id", finding.vulnerability.id);
  json.key("shortDescription").begin_object().member("text", finding.title).end_object();
  json.key("fullDescription").begin_object().member("text", finding.description).end_object();
  json.optional_member("helpUri", finding.source_url);
  json.key("defaultConfiguration")
      .begin_object()
      .member("level", level_of(finding.severity))
      .end_object();
  json.key("properties").begin_object();
  if (finding.score.score)
    json.member("security-severity", fmt::format("{:.1f}", *finding.score.score));
  json.key("tags").begin_array().value("security").value("vulnerability");
  for (const std::string& cwe : finding.vulnerability.cwes) json.value("external/cwe/" + cwe);
  json.end_array().end_object().end_object();
}

void write_result(JsonWriter& json, const Finding& finding,
                  const findings::AffectedPackage& affected, std::size_t rule) {
  const model::Package& package = affected.package;
  std::string message =
      package.name + " " + package.version + " is affected by " + finding.vulnerability.id + ".";
  message += affected.fixed_version.empty() ? " No fixed version is known."
                                            : " Fixed in " + affected.fixed_version + ".";
  json.begin_object()
      .member("ruleId", finding.vulnerability.id)
      .member("ruleIndex", std::uint64_t{rule});
  json.member("level", level_of(finding.severity));
  json.key("message").begin_object().member("text", message).end_object();
  const std::string uri =
      package.locations.empty() ? "package" : uri_of(package.locations.front().path);
  json.key("locations").begin_array().begin_object().key("physicalLocation").begin_object();
  json.key("artifactLocation").begin_object().member("uri", uri).end_object();
  const std::uint32_t line = package.locations.empty() ? 0 : package.locations.front().line;
  json.key("region")
      .begin_object()
      .member("startLine", std::uint64_t{line == 0 ? 1 : line})
      .end_object();
  json.end_object().end_object().end_array();
  json.key("partialFingerprints").begin_object();
  json.member("vigilFinding/v1", finding.arn + "/" + package.name).end_object();
  json.end_object();
}

std::string write(const findings::Report& report) {
  JsonWriter json(2);
  json.begin_object()
      .member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .member("version", "2.1.0");
  json.key("runs").begin_array().begin_object();
  json.key("tool").begin_object().key("driver").begin_object();
  json.member("name", "Vigil")
      .member("version", base::program_version())
      .key("rules")
      .begin_array();
  for (const Finding& finding : report.findings) write_rule(json, finding);
  json.end_array().end_object().end_object();
  json.key("results").begin_array();
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    for (const auto& package : report.findings[i].packages)
      write_result(json, report.findings[i], package, i);
  }
  json.end_array().end_object().end_array().end_object();
  return json.take() + "\n";
}

}  // namespace

const Format& format() {
  static const Format kFormat{"sarif", "SARIF 2.1.0", write};
  return kFormat;
}

}  // namespace vigil::deliver::sarif
