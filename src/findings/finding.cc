#include "findings/finding.h"

namespace vigil::findings {

std::string_view finding_type(const Finding& finding) {
  if (finding.ports) return "NETWORK_REACHABILITY";
  return finding.flaw ? "CODE_VULNERABILITY" : "PACKAGE_VULNERABILITY";
}

std::string finding_name(const Finding& finding) {
  if (finding.ports) {
    const OpenPorts& ports = *finding.ports;
    std::string name = ports.protocol;
    name += ' ' + std::to_string(ports.begin) + '-' + std::to_string(ports.end);
    return ports.path.empty() ? name : name + ' ' + ports.path.front().component_id;
  }
  if (finding.flaw) {
    const CodeFlaw& flaw = *finding.flaw;
    std::string name = flaw.detector_id;
    if (!flaw.rule_id.empty()) name += ' ' + flaw.rule_id;
    name += ' ' + flaw.file_path + ':' + std::to_string(flaw.begin_line);
    return flaw.lambda_layer.empty() ? name : name + ' ' + flaw.lambda_layer;
  }
  return finding.vulnerability.id;
}

std::string_view fix_available_name(FixAvailable fix) {
  if (fix == FixAvailable::Yes) return "YES";
  return fix == FixAvailable::Partial ? "PARTIAL" : "NO";
}

}  // namespace vigil::findings
