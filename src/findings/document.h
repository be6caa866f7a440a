// Findings as the Inspector2 API writes them, in the parts that are stored once each, and the parts
// put together again. Absent members are left out, never null; times are seconds since 1970.
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
/// EPSS; and what BatchGetFindingDetails adds: CISA data, CWEs, exploits. Vigil's own members are
/// left out by finding_document.
std::string vulnerability_document(const Finding& finding);

/// What depends on the circumstances: title, remediation, score with its reasons, packages and fixes.
std::string assessment_document(const Finding& finding);

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
/// The API's Finding object, from stored parts. Cheap: the parts are copied, not parsed.
std::string finding_document(const FindingDocument& parts);

}  // namespace vigil::findings
