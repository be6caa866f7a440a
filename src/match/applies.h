// Does an advisory that speaks of part of a package only speak of this one?
#pragma once

#include <string>

#include "intel/segment.h"
#include "model/package.h"

namespace vigil::match {

/// Where a package runs, in Go's words: "linux", "amd64"; empty if not known.
struct Platform {
  std::string system;
  std::string processor;
};

/// As the purl of a Go program says (goos, goarch), else the system of the tree it is in (`os_id`, the
/// ID of os-release) and the package's architecture.
Platform platform_of(const model::Package& package, const std::string& os_id);

/// `os_id` as above. Why the advisory does not apply: another architecture or platform, or the program holds none of the
/// functions with the flaw. Empty if it applies, and where nothing is known.
std::string why_not(const intel::Qualifier& qualifier, const model::Package& package,
                    const std::string& os_id);

}  // namespace vigil::match
