// The facts file: what is known about a resource that the scan itself cannot see.
//
//   {"exposure": "inside", "reaches_secrets": "yes", "can_write": "no", "resource": "host"}
//
// Every member may be left out and is then unknown. docs/scoring.md says what each one changes.
#pragma once

#include <string>

#include "base/result.h"
#include "findings/compose.h"

namespace vigil::cli {

/// An error names the member that is wrong and the words it may have.
Result<findings::ResourceFacts> read_facts_file(const std::string& path);

}  // namespace vigil::cli
