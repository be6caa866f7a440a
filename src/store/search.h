// What a few letters may mean: rows whose name begins with a text. Each kind is found in an index and
// bounded, whatever the store's size; the text is no pattern, so no letter is special. Nothing begins with a text
// that is no UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/severity.h"
#include "store/engine.h"

namespace vigil::store {

struct NamedVulnerability {
  std::string name;
  std::optional<model::Severity> severity;  ///< the worst of its ACTIVE findings
  std::int64_t findings = 0;                ///< ACTIVE
};
/// By name. Names are spelled as their publishers do; letters of the text count in any case.
Result<std::vector<NamedVulnerability>> vulnerabilities_beginning(Connection& from,
                                                                  std::int64_t account,
                                                                  std::string_view text,
                                                                  std::size_t limit);

struct NamedResource {
  std::string resource_id;
  std::string type;
  std::string name;  ///< may be empty
};
/// First those whose id begins so, as it is spelled, then those whose name does, in any case.
Result<std::vector<NamedResource>> resources_beginning(Connection& from, std::int64_t account,
                                                       std::string_view text, std::size_t limit);

struct NamedPackage {
  std::string name;  ///< what its advisories call it: of a distribution the source package
  std::string ecosystem;
};
/// By name and ecosystem, each once; as the text is spelled, then in lower case.
Result<std::vector<NamedPackage>> packages_beginning(Connection& from, std::int64_t account,
                                                     std::string_view text, std::size_t limit);

}  // namespace vigil::store
