// Documents of findings: whatever texts others put into a finding, the document is one JSON object with
// the members it should have, and laying it out changes nothing of it.
#include <cstdint>
#include <cstdlib>

#include "base/json_tree.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "findings/document.h"
#include "findings/testing.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace findings = vigil::findings;
  namespace testing = vigil::findings::testing;
  const std::string text(reinterpret_cast<const char*>(data), size);
  findings::Resource resource = testing::instance();
  resource.name = resource.platform = text;
  resource.tags[text] = text;
  findings::Finding finding = testing::vulnerable_package();
  finding.title = finding.description = finding.vendor_severity = finding.recommendation = text;
  finding.vulnerability.aliases = finding.vulnerability.references = {text, text};
  finding.vulnerability.cvss[0].vector = finding.score.adjustments[0].reason = text;
  finding.vulnerability.known_exploited->date_added = text;
  finding.vulnerability.known_exploited->required_action = text;
  finding.packages[0].package.name = finding.packages[0].package.version = text;
  finding.packages[0].remediation = finding.packages[0].layer = text;
  findings::Finding flaw = testing::code_flaw();
  flaw.flaw->file_path = flaw.flaw->detector_name = text;
  findings::Finding port = testing::open_port();
  port.ports->path[0].component_id = text;

  for (const findings::Finding& one : {finding, flaw, port}) {
    const std::string document = findings::finding_document(one, resource);
    vigil::base::JsonParser parser;
    const auto root = parser.parse(document);
    require(root.has_value());
    for (const char* member : {"findingArn", "awsAccountId", "type", "description", "severity",
                               "firstObservedAt", "lastObservedAt", "status"})
      require((*root)[member].exists());
    require((*root)["remediation"]["recommendation"]["text"].is_string());
    require((*root)["status"].text() == "ACTIVE");
    require(!(*root)["description"].text().empty());

    std::string laid_out = vigil::base::JsonWriter(2).laid_out(document).take();
    std::string packed;
    for (const std::string_view line : vigil::base::split(laid_out, '\n'))
      packed += vigil::base::trim(line);
    require(parser.parse(laid_out).has_value());
    require(packed.size() >= document.size());
  }
  require(findings::assess(finding, resource).assessment.key != 0);
  return 0;
}
