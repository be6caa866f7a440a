// One product in one place that two cataloguers see becomes one package with what both tell:
//
//   - a Java runtime, by its file `release` and by the libjvm.so below it;
//   - a Go program, by the main module in its build information and by the version its makers gave the
//     linker: the module stays, as of it the functions are known.
//
// Only where both tell the same version; else each may be right about something else.
#pragma once

#include <vector>

#include "model/package.h"

namespace vigil::inventory {

/// Indexes of packages change.
void unite_same_products(std::vector<model::Package>& packages);

}  // namespace vigil::inventory
