// What this program calls itself.
#pragma once

#include <string_view>

namespace vigil::base {

/// "0.1.0", from CMakeLists.txt.
std::string_view program_version();

}  // namespace vigil::base
