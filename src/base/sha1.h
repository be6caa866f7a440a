// SHA-1 (FIPS 180-4): broken where somebody could try to forge it, and still the name by which
// registries know their files.
#pragma once

#include <string>
#include <string_view>

namespace vigil::base {

/// 40 lower-case hexadecimal digits.
std::string sha1_hex(std::string_view bytes);

}  // namespace vigil::base
