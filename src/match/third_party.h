// Packages that somebody else built under a distribution's package manager.
#pragma once

#include "model/package.h"

namespace vigil::match {

/// True if the package's database says that another than the distribution built it (dpkg's Origin
/// field, rpm's Vendor). The distribution's advisories do not speak of such a package even if it has
/// the same name. A package that does not say is held to be the distribution's.
bool is_third_party(const model::Package& package);

}  // namespace vigil::match
