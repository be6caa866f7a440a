#include "intel/feeds/osv/endpoints.h"

namespace vigil::intel::osv {
namespace {

// clang-format off
// The names of the directories are OSV's ecosystems; ConanCenter has none (its flaws are in GIT).
#define VIGIL_OSV(directory, name) \
  {"https://osv-vulnerabilities.storage.googleapis.com/" directory "/all.zip", "osv-" name ".zip"}
constexpr Endpoint kEndpoints[] = {
    VIGIL_OSV("PyPI", "PyPI"),
    VIGIL_OSV("npm", "npm"),
    VIGIL_OSV("Go", "Go"),
    VIGIL_OSV("crates.io", "crates.io"),
    VIGIL_OSV("Maven", "Maven"),
    VIGIL_OSV("NuGet", "NuGet"),
    VIGIL_OSV("RubyGems", "RubyGems"),
    VIGIL_OSV("Packagist", "Packagist"),
    VIGIL_OSV("Hex", "Hex"),
    VIGIL_OSV("Pub", "Pub"),
    VIGIL_OSV("SwiftURL", "SwiftURL"),
    VIGIL_OSV("CRAN", "CRAN"),
    VIGIL_OSV("Hackage", "Hackage"),
    VIGIL_OSV("GHC", "GHC"),
    VIGIL_OSV("Julia", "Julia"),
    VIGIL_OSV("opam", "opam"),
    VIGIL_OSV("Bitnami", "Bitnami"),
    VIGIL_OSV("GitHub%20Actions", "GitHub-Actions"),
    VIGIL_OSV("VSCode", "VSCode"),
    VIGIL_OSV("Debian", "Debian"),
    VIGIL_OSV("Ubuntu", "Ubuntu"),
    VIGIL_OSV("Alpine", "Alpine"),
    VIGIL_OSV("AlmaLinux", "AlmaLinux"),
    VIGIL_OSV("Rocky%20Linux", "Rocky-Linux"),
    VIGIL_OSV("Red%20Hat", "Red-Hat"),
    VIGIL_OSV("SUSE", "SUSE"),
    VIGIL_OSV("openSUSE", "openSUSE"),
    VIGIL_OSV("Mageia", "Mageia"),
    VIGIL_OSV("openEuler", "openEuler"),
    VIGIL_OSV("Wolfi", "Wolfi"),
    VIGIL_OSV("Chainguard", "Chainguard"),
    VIGIL_OSV("GIT", "GIT"),
};
#undef VIGIL_OSV
// clang-format on

}  // namespace

std::span<const Endpoint> endpoints() {
  return kEndpoints;
}

}  // namespace vigil::intel::osv
