#include "api/found_finding.h"

#include "findings/document.h"
#include "findings/identity.h"
#include "store/store.h"

namespace vigil::api {

std::string arn_of(const store::FoundFinding& found) {
  return findings::finding_arn(found.region, store::account_digits(found.account), found.id);
}

std::string document_of(const store::FoundFinding& found) {
  const std::string arn = arn_of(found);
  const std::string account = store::account_digits(found.account);
  return findings::finding_document({.arn = arn,
                                     .account = account,
                                     .type = found.type,
                                     .resource = found.resource_body,
                                     .vulnerability = found.vulnerability_body,
                                     .assessment = found.assessment_body,
                                     .severity = found.severity,
                                     .state = found.state});
}

std::string detail_of(const store::FoundFinding& found) {
  return findings::finding_detail_document(arn_of(found), found.vulnerability_body);
}

}  // namespace vigil::api
