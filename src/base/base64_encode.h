// Base64 (RFC 4648, section 4): the way out.
#pragma once

#include <string>
#include <string_view>

namespace vigil::base {

/// With its padding, in one line.
std::string encode_base64(std::string_view bytes);

}  // namespace vigil::base
