// What Vigil knows of a package beyond the standard fields of an SBOM, as `vigil:` properties of
// CycloneDX and annotations of SPDX: so a bill that Vigil wrote reads back as the same packages.
//
//   vigil:package_ecosystem Debian:12            vigil:evidence   locked
//   vigil:architecture      amd64                vigil:relation   direct
//   vigil:source_name       openssl              vigil:scope      dev
//   vigil:source_version    3.0.15-1             vigil:parent     a@1          (repeated)
//   vigil:manager           OS                   vigil:symbols    ...
//   vigil:vendor, vigil:module, vigil:cpe
//   vigil:location:0:path   /usr/lib/x           ...:line, ...:offset, ...:layer
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/inventory.h"

namespace vigil::inventory {

using Property = std::pair<std::string, std::string>;

/// In a fixed order; what holds nothing, or what name and version say already, is left out. The
/// ecosystem is always there: it tells a reader that the others are Vigil's own.
std::vector<Property> package_properties(const model::Package& package);

/// The inverse for a package whose name, version, purl and licence are known. Names it does not know
/// and values that are none are passed over.
void apply_properties(const std::vector<Property>& properties, model::Package& package);

/// Are these the properties of a package that Vigil wrote?
bool is_own(const std::vector<Property>& properties);

}  // namespace vigil::inventory
