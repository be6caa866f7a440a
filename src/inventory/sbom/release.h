// Which release of which distribution an SBOM means.
#pragma once

#include <string>
#include <string_view>

#include "inventory/inventory.h"
#include "model/package_url.h"

namespace vigil::inventory {

/// The operating system by the name and version of a component ("debian" "12.5", "Red Hat
/// Enterprise Linux" "9.4", "alpine" "3.21.2"): an empty `id` if the name is not known.
OperatingSystem system_of_component(std::string_view name, std::string_view version);

/// The operating system that a distribution's package names by its namespace and its qualifier
/// `distro` ("debian-12", "bookworm", "12", "alpine-3.21.2", "el9"): an empty ecosystem if they do
/// not tell.
OperatingSystem system_of_purl(const model::PackageUrl& purl);

/// The ecosystem of a distribution's package: what its purl tells, else that of the document's
/// operating system if the package can be of it. Empty if neither tells.
std::string release_ecosystem(const model::PackageUrl& purl, const OperatingSystem& os);

}  // namespace vigil::inventory
