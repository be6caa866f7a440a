// Environment variables. Vigil never sets one, so reading them from several threads is safe.
#pragma once

#include <string>

namespace vigil::base {

/// Null if it is not set.
const char* environment(const std::string& name);

}  // namespace vigil::base
