// npm's note of what it installed, node_modules/.package-lock.json, names the same packages as the
// package.json of each: one is kept, with what both tell.
#pragma once

#include <vector>

#include "model/package.h"

namespace vigil::inventory {

/// Gives the installed packages of a folder the scope, the relation and the parents that the note in
/// it tells, and takes out what only the note told of them. What lies there under no package.json that
/// was found stays. Indexes of packages change.
void unite_with_npm_note(std::vector<model::Package>& packages);

}  // namespace vigil::inventory
