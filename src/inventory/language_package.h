// A package of a language's registry, as all its cataloguers make it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/package.h"

namespace vigil::inventory {

/// `ecosystem` is OSV's: "npm", "PyPI", "Maven" with names "group:artifact", "Go" with module paths,
/// "SwiftURL" with URLs. For what OSV does not know it is the purl type itself ("conda", "cpan",
/// "luarocks", "cocoapods"): then no advisories speak of the package, but it is in the inventory.
/// The purl follows from it; the manager is Inspector's, by the ecosystem and the file's name. The
/// name is kept as it is written; matching and purls normalise it.
model::Package language_package(std::string_view ecosystem, std::string_view name,
                                std::string_view version, const std::string& path,
                                std::uint32_t line = 0);

/// Adds a qualifier ("classifier", "repository_url") to the package's purl, unless it is empty.
void add_qualifier(model::Package& package, std::string_view key, std::string_view value);

}  // namespace vigil::inventory
