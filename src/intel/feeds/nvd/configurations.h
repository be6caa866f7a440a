// NVD's configurations: which versions of which products a CVE affects, by their CPE names.
#pragma once

#include <string>
#include <vector>

#include "base/json_tree.h"
#include "intel/feed.h"

namespace vigil::intel::nvd {

/// A statement for each application ("a") that is vulnerable: ecosystem "CPE", package
/// "vendor:product". `id` is the CVE.
///
/// "AND" joins what is vulnerable with what it must run on: an operating system restricts the
/// statement to its platform, anything else is told in the note and does not restrict.
std::vector<Statement> statements_of(base::Json configurations, const std::string& id, Sink& sink);

}  // namespace vigil::intel::nvd
