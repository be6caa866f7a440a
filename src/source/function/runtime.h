// Which runtime a function's package was made for, by what lies in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tree/view.h"

namespace vigil::source {

/// Inspector2's Runtime of Lambda's name: "python3.11" -> "PYTHON_3_11", "nodejs18.x" ->
/// "NODEJS_18_X", "provided.al2023" -> "UNSUPPORTED"; empty if it is neither.
std::string runtime_of_name(std::string_view name);

struct RuntimeEvidence {
  std::string runtime;                     ///< Inspector2's; "UNSUPPORTED" if nothing tells
  std::vector<std::string> architectures;  ///< "X86_64", "ARM64"; empty if nothing tells
};

/// `code` and its layers. A package names its runtime nowhere; what tells are folders that carry a
/// version (python/lib/python3.11, java/lib, ruby/gems/3.2.0, nodejs/node18), compiled modules
/// (.cpython-311-), *.runtimeconfig.json of .NET, the version of Java's classes, a `bootstrap` that
/// is a Go program. What only tells the language gives a runtime only where Inspector2 has one
/// without version (NODEJS).
RuntimeEvidence find_runtime(const tree::View& code, const std::vector<const tree::View*>& layers);

}  // namespace vigil::source
