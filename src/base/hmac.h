// Message authentication: HMAC with SHA-256 (RFC 2104, FIPS 198-1), and comparing what must not be guessed.
#pragma once

#include <string>
#include <string_view>

namespace vigil::base {

/// 32 bytes. A key of any length.
std::string hmac_sha256(std::string_view key, std::string_view text);

/// Takes as long for a wrong text as for the right one of the same length.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace vigil::base
