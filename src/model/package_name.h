// One spelling per package name: advisories and inventories write the same package differently
// where its registry does not tell the spellings apart.
#pragma once

#include <string>
#include <string_view>

namespace vigil::model {

/// The name under which packages of an OSV ecosystem (with or without release, "Debian:12") are
/// stored and looked up. Both sides of a match go through it.
///
///   PyPI                     PEP 503: lower case, runs of '-', '_', '.' become one '-'
///   NuGet, Packagist         lower case: their registries ignore case
///   Hex, Pub                 lower case: the only one allowed
///   GitHub Actions, VSCode   lower case: GitHub and the marketplace ignore it
///   SwiftURL                 without scheme, "www.", ".git" and slash at the end, lower case
///   all others               unchanged: npm (old names have capitals and differ by them), Go
///   module
///                            paths, Maven "group:artifact", RubyGems, crates.io, distributions
std::string normal_name(std::string_view ecosystem, std::string_view name);

/// PEP 503, "Normalized Names": "Foo__Bar.baz" -> "foo-bar-baz".
std::string pep503_name(std::string_view name);

}  // namespace vigil::model
