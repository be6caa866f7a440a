// Ignore files: a rule that is read has an id, a reason and a line, and none hides everything.
#include "findings/ignore.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace findings = vigil::findings;
  const auto rules =
      findings::parse_ignore_file({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!rules) {
    if (!rules.error().where.starts_with("fuzz:")) std::abort();
    return 0;
  }
  findings::Finding finding;
  finding.vulnerability.id = "CVE-2024-0001";
  finding.vulnerability.aliases = {"GHSA-xxxx-xxxx-xxxx"};
  finding.packages.resize(1);
  for (const findings::IgnoreRule& rule : *rules) {
    if (rule.id.empty() || rule.id == "*" || rule.reason.empty() || rule.line == 0) std::abort();
  }
  if (const auto* rule = findings::ignored_by(*rules, finding, 1700000000)) {
    if (rule->until != 0 && rule->until <= 1700000000) std::abort();
  }
  return 0;
}
