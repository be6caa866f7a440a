// VEX documents: whatever they say, a statement names a vulnerability, and asking about a package ends.
#include "match/vex/read.h"

#include <cstdint>
#include <cstdlib>

#include "match/vex/verdicts.h"

namespace vigil::match::vex {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = read({reinterpret_cast<const char*>(data), size}, "input");
  if (!document) return 0;
  model::Package package;
  package.package_url = "pkg:npm/lodash@4.17.20";
  package.source_name = "lodash";
  for (const Statement& statement : document->statements) {
    if (statement.vulnerability.empty() || statement.products.empty()) std::abort();
    if (reason_of(statement).empty()) std::abort();
  }
  const Verdicts verdicts(document->statements, {"pkg:oci/app@sha256:aa"});
  const Statement* said = verdicts.about({"CVE-2024-0001"}, package);
  if (said != nullptr && document->statements.empty()) std::abort();
  return 0;
}

}  // namespace vigil::match::vex
