#include "findings/document.h"

#include "base/json_writer.h"
#include "findings/stored_lines.h"

namespace vigil::findings {

std::string join_lines(std::initializer_list<std::string_view> lines) {
  std::string text;
  for (const std::string_view line : lines) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

std::string finding_document(const FindingDocument& parts) {
  const auto vulnerability = split_lines<kVulnerabilityLines>(parts.vulnerability);
  const auto assessment = split_lines<kAssessmentLines>(parts.assessment);
  base::JsonWriter json;
  json.begin_object().member("findingArn", parts.arn).member("awsAccountId", parts.account);
  json.member("type", parts.type);
  write_members(json, vulnerability[kVulnerabilityPresentation]);
  write_members(json, assessment[kAssessmentPresentation]);
  json.member("severity", model::severity_name(parts.severity));
  json.member("firstObservedAt", parts.state.first_observed);
  json.member("lastObservedAt", parts.state.last_observed);
  json.member("updatedAt", parts.state.updated).member("status", status_name(parts.state.status));
  json.key("resources").begin_array().raw(parts.resource).end_array();
  write_members(json, assessment[kAssessmentScore]);
  if (parts.type == kPackageVulnerability) {
    json.key("packageVulnerabilityDetails").begin_object();
    write_members(json, assessment[kAssessmentDetails]);
    write_members(json, vulnerability[kVulnerabilityDetails]);
    json.end_object();
  }
  write_members(json, assessment[kAssessmentFix]);
  write_members(json, vulnerability[kVulnerabilityIntelligence]);
  return json.end_object().take();
}

std::string finding_document(const Finding& finding, const Resource& resource) {
  const std::string resource_body = resource_document(resource);
  const std::string vulnerability = vulnerability_document(finding);
  const std::string assessment = assessment_document(finding);
  FindingDocument parts;
  parts.arn = finding.arn;
  parts.account = resource.account;
  parts.type = finding_type(finding);
  parts.resource = resource_body;
  parts.vulnerability = vulnerability;
  parts.assessment = assessment;
  parts.severity = finding.severity;
  parts.state = {Status::Active, finding.first_observed, finding.last_observed,
                 finding.last_observed};
  return finding_document(parts);
}

}  // namespace vigil::findings
