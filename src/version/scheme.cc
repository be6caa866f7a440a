#include "version/scheme.h"

namespace vigil::version {

const Scheme* find_scheme(std::string_view name) {
  for (const Scheme* scheme : all_schemes()) {
    if (scheme->name == name) return scheme;
  }
  return nullptr;
}

const Scheme* scheme_of_ecosystem(std::string_view ecosystem) {
  const std::string_view family = ecosystem.substr(0, ecosystem.find(':'));
  for (const Scheme* scheme : all_schemes()) {
    for (const std::string_view known : scheme->ecosystems) {
      if (known == family) return scheme;
    }
  }
  return nullptr;
}

Result<std::strong_ordering> compare(const Scheme& scheme, std::string_view a, std::string_view b) {
  VIGIL_TRY(const Key left, scheme.key(a));
  VIGIL_TRY(const Key right, scheme.key(b));
  return left <=> right;
}

}  // namespace vigil::version
