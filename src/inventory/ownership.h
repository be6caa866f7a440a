// Whose a found file is: software that belongs to an OS package is not reported a second time.
//
// Debian's python3-requests carries dist-info, which a cataloguer for Python finds too. Where the
// distribution's advisories speak of everything it ships, they are the better judge: the version
// number stays while fixes are put in, so that a registry's advisories would be wrong about it.
//
// Where they do not (Amazon Linux speaks of a package only once there is a fix), both are kept.
#pragma once

#include <span>
#include <string_view>

#include "inventory/cataloger.h"
#include "inventory/inventory.h"
#include "tree/view.h"

namespace vigil::inventory {

/// Do the advisories of that ecosystem ("Debian:12") speak of the packages of that vendor, whatever
/// is in them?
bool speaks_for(std::string_view ecosystem, std::string_view vendor);

/// Takes the packages of languages and recognised programs out of the inventory all whose places
/// belong to OS packages that speaks_for is true of; those packages get the places, so that nothing
/// is lost. `view` must hold what the package managers' lists are read from (Cataloger::files).
///
/// scan_tree and merge_layers call it last. Indexes of packages change. Reads nothing unless there
/// are packages of both kinds.
void leave_owned_to_system(const tree::View& view, std::span<const Cataloger* const> catalogers,
                           Inventory& inventory);

}  // namespace vigil::inventory
