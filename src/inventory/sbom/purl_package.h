// A package as its package URL describes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inventory/inventory.h"
#include "model/package_url.h"

namespace vigil::inventory {

/// Nothing if no advisories speak of this type of package, or of its release. `os` is the document's.
std::optional<model::Package> package_of_purl(const model::PackageUrl& purl,
                                              const OperatingSystem& os);

/// Inspector's PackageManager of a purl type; the file the package was found in tells those apart
/// that share a type: package-lock.json is NPM, yarn.lock YARN, an installed package NODEPKG.
std::string_view manager_of(std::string_view type, std::string_view path);

}  // namespace vigil::inventory
