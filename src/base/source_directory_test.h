// For tests only: where the checkout lies.
#pragma once

#include <string>

namespace vigil::base {

/// The root of the source tree, absolute, without a slash at the end.
std::string source_directory();

}  // namespace vigil::base
