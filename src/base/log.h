// Diagnostics for people on stderr. Not for results: those are values and go to stdout.
#pragma once

#include <string_view>

namespace vigil::base {

/// "vigil: warning: ..." on stderr.
void warn(std::string_view message);
/// "vigil: ...": what was decided, where that is no trouble.
void note(std::string_view message);

}  // namespace vigil::base
