#include "version/scheme.h"

#include <algorithm>

namespace vigil::version {

const Scheme* find_scheme(std::string_view name) {
  for (const Scheme* scheme : all_schemes()) {
    if (scheme->name == name) return scheme;
  }
  return nullptr;
}

namespace {

const Scheme* scheme_of_family(std::string_view family) {
  for (const Scheme* scheme : all_schemes()) {
    for (const std::string_view known : scheme->ecosystems) {
      if (known == family) return scheme;
    }
  }
  return nullptr;
}

}  // namespace

const Scheme* scheme_of_ecosystem(std::string_view ecosystem) {
  const std::size_t colon = std::min(ecosystem.find(':'), ecosystem.size());
  const std::string_view family = ecosystem.substr(0, colon);
  if (family == "Root" || family == "Echo") {  // they patch packages of others: "Root:Alpine:3.18"
    const std::string_view rest = ecosystem.substr(std::min(colon + 1, ecosystem.size()));
    const Scheme* scheme = scheme_of_family(rest.substr(0, rest.find(':')));
    if (scheme != nullptr) return scheme;
  }
  return scheme_of_family(family);
}

Result<std::strong_ordering> compare(const Scheme& scheme, std::string_view a, std::string_view b) {
  VIGIL_TRY(const Key left, scheme.key(a));
  VIGIL_TRY(const Key right, scheme.key(b));
  return left <=> right;
}

}  // namespace vigil::version
