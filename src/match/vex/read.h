// Reads VEX documents in JSON: OpenVEX, CycloneDX and CSAF. Untrusted: bounded by kMost statements.
//
//   OpenVEX 0.0.1 to 0.2.0  https://github.com/openvex/spec
//   CycloneDX 1.4 and later https://cyclonedx.org/docs/1.6/json (vulnerabilities[].analysis)
//   CSAF 2.0, profile csaf_vex, also csaf_security_advisory
//                           https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_tree.h"
#include "base/result.h"
#include "match/vex/statement.h"

namespace vigil::match::vex {

/// More statements or products of one document are an error of code TooLarge.
inline constexpr std::size_t kMost = 1'000'000;

struct Document {
  std::vector<Statement> statements;
  std::vector<std::string> problems;  ///< statements that were left out: which, and why
};

/// `name` is what errors and statements call the document if it has no id of its own. `Invalid` if it
/// is no JSON, `Unsupported` if it is no VEX document.
Result<Document> read(std::string_view json, std::string_view name);

/// The single formats; the document's kind is taken for granted.
Result<Document> read_openvex(base::Json root, std::string_view name);
Result<Document> read_cyclonedx(base::Json root, std::string_view name);
Result<Document> read_csaf(base::Json root, std::string_view name);

}  // namespace vigil::match::vex
