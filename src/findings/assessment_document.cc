// What a finding says under its circumstances.
#include "base/json_writer.h"
#include "findings/document.h"
#include "findings/stored_lines.h"
#include "findings/texts.h"

namespace vigil::findings {
namespace {

using base::JsonWriter;

// Inspector2's bounds.
constexpr std::size_t kCharacters = 1024;
constexpr std::size_t kArchitectureCharacters = 64;
constexpr std::size_t kPathSteps = 30;
constexpr std::size_t kFlawTexts = 10;

std::string presentation(const Finding& finding) {
  JsonWriter json;
  json.begin_object();
  if (finding_type(finding) != kPackageVulnerability)
    json.member("description", description(finding.description));
  json.optional_member("title", shortened(finding.title, kCharacters));
  json.key("remediation").begin_object().key("recommendation").begin_object();
  json.member("text", finding.recommendation.empty() ? "None Provided" : finding.recommendation);
  json.optional_member("Url", finding.recommendation_url);
  return json.end_object().end_object().end_object().take();
}

/// The score and what changed it. Absent where there is no CVSS.
void write_score(JsonWriter& json, const score::Score& score) {
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

void write_ports(JsonWriter& json, const OpenPorts& ports) {
  json.key("networkReachabilityDetails").begin_object();
  json.key("openPortRange").begin_object();
  json.member("begin", ports.begin).member("end", ports.end).end_object();
  json.member("protocol", ports.protocol);
  json.key("networkPath").begin_object();
  if (!ports.path.empty()) {
    json.key("steps").begin_array();
    for (std::size_t i = 0; i < ports.path.size() && i < kPathSteps; ++i) {
      const PathStep& step = ports.path[i];
      json.begin_object().member("componentId", step.component_id);
      json.member("componentType", step.component_type);
      json.optional_member("componentArn", step.component_arn).end_object();
    }
    json.end_array();
  }
  json.end_object().end_object();
}

void write_flaw(JsonWriter& json, const CodeFlaw& flaw) {
  json.key("codeVulnerabilityDetails").begin_object();
  json.key("filePath").begin_object();
  json.member("fileName", flaw.file_path.substr(flaw.file_path.rfind('/') + 1));
  json.member("filePath", flaw.file_path);
  json.member("startLine", flaw.begin_line).member("endLine", flaw.end_line).end_object();
  json.optional_member("detectorTags", flaw.detector_tags, kFlawTexts);
  json.optional_member("referenceUrls", flaw.references, kFlawTexts);
  json.optional_member("ruleId", flaw.rule_id);
  json.optional_member("sourceLambdaLayerArn", flaw.lambda_layer);
  json.member("detectorId", flaw.detector_id).member("detectorName", flaw.detector_name);
  json.key("cwes").value(flaw.cwes, kFlawTexts).end_object();
}

std::string score_line(const Finding& finding) {
  JsonWriter json;
  json.begin_object();
  write_score(json, finding.score);
  if (finding.ports) write_ports(json, *finding.ports);
  return json.end_object().take();
}

void write_package(JsonWriter& json, const AffectedPackage& affected) {
  const model::Package& package = affected.package;
  const VersionParts parts = split_version(package);
  const bool is_of_system = package.manager == "OS";
  json.begin_object().member("name", shortened(package.name, kCharacters));
  json.member("version", shortened(parts.version, kCharacters));
  json.optional_member("sourceLayerHash", affected.layer);
  if (is_of_system) json.member("epoch", parts.epoch);
  json.optional_member("release", shortened(parts.release, kCharacters));
  json.optional_member("arch",
                       shortened(architecture_name(package.architecture), kArchitectureCharacters));
  json.optional_member("packageManager", package.manager);
  if (!is_of_system && !package.locations.empty())
    json.member("filePath", shortened(package.locations.front().path, kCharacters));
  json.member("fixedInVersion",
              shortened(fixed_in_version(package, affected.fixed_version), kCharacters));
  json.optional_member("remediation", affected.remediation);
  json.optional_member("sourceLambdaLayerArn", affected.lambda_layer);
  json.end_object();
}

std::string details(const Finding& finding) {
  JsonWriter json;
  json.begin_object();
  if (finding_type(finding) == kPackageVulnerability) {
    json.member("vulnerabilityId", finding.vulnerability.id);
    json.key("vulnerablePackages").begin_array();
    for (const AffectedPackage& package : finding.packages) write_package(json, package);
    json.end_array().member("source", finding.source);
    json.optional_member("sourceUrl", finding.source_url);
    json.optional_member("vendorSeverity", finding.vendor_severity);
  }
  return json.end_object().take();
}

std::string fix_line(const Finding& finding) {
  JsonWriter json;
  json.begin_object();
  // Open ports have neither a fix nor an exploit in Inspector's findings; flaws of code no exploit.
  if (!finding.ports) json.member("fixAvailable", fix_available_name(finding.fix));
  if (finding_type(finding) == kPackageVulnerability)
    json.member("exploitAvailable", finding.exploit_available ? "YES" : "NO");
  if (finding.flaw) write_flaw(json, *finding.flaw);
  return json.end_object().take();
}

}  // namespace

std::string assessment_document(const Finding& finding) {
  return join_lines(
      {presentation(finding), score_line(finding), details(finding), fix_line(finding)});
}

}  // namespace vigil::findings
