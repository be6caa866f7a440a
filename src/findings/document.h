// Findings as the Inspector2 API writes them, in the parts that are stored once each, and the parts
// put together again. Absent members are left out, never null; times are seconds since 1970. Lists and
// texts are cut at Inspector's bounds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "findings/assessment.h"
#include "findings/finding.h"

namespace vigil::findings {

/// The API's Resource object.
std::string resource_document(const Resource& resource);

/// What the finding says of the vulnerability wherever it is found: description, references, ratings,
/// EPSS; and what BatchGetFindingDetails adds: CISA data, CWEs, exploits. Several lines, a JSON object
/// each (findings/stored_lines.h), not one document.
std::string vulnerability_document(const Finding& finding);

/// What depends on the circumstances: title, remediation, score with its reasons, packages and fixes;
/// all that open ports and flaws of code say. Lines as above.
std::string assessment_document(const Finding& finding);

/// The API's FindingDetail object (BatchGetFindingDetails) from a stored vulnerability_document. Of
/// its members riskScore, evidences and ttps are absent: nobody publishes what they hold.
std::string finding_detail_document(std::string_view arn, std::string_view vulnerability);

/// The API's Vulnerability object (SearchVulnerabilities). Members atigData and detectionPlatforms
/// are absent, as above.
std::string search_document(const model::Vulnerability& vulnerability);

struct FindingDocument {
  std::string_view arn;
  std::string_view account;
  std::string_view type;
  std::string_view resource;       ///< resource_document
  std::string_view vulnerability;  ///< vulnerability_document
  std::string_view assessment;     ///< assessment_document
  model::Severity severity = model::Severity::Untriaged;
  FindingState state;
};
/// The API's Finding object, from stored parts, with the members of the model and in its order but for
/// packageVulnerabilityDetails, where those of the vulnerability follow those of the assessment. Cheap:
/// the parts are copied, not parsed.
std::string finding_document(const FindingDocument& parts);

/// The same of a finding that is not stored: ACTIVE, as `vigil scan` shows it.
std::string finding_document(const Finding& finding, const Resource& resource);

}  // namespace vigil::findings
