// Percent-encoding (RFC 3986, section 2.1).
#pragma once

#include <string>
#include <string_view>

namespace vigil::base {

/// Decodes %XX. A '%' that no two hexadecimal digits follow stands for itself.
std::string percent_decoded(std::string_view text);

}  // namespace vigil::base
