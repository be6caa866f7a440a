// Which passwords people may choose, after NIST SP 800-63B (5.1.1.2): long enough, not what everybody
// tries first, and no rules about kinds of characters, which make passwords worse.
//
// Not handled: Unicode normalisation. A password has to be typed as it was when it was set.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace vigil::server {

inline constexpr std::size_t kShortestPassword = 12;  ///< characters
inline constexpr std::size_t kLongestPassword = 256;

/// Error Invalid, with a sentence for the person who chose it, if the password of `user` is too short or
/// too long, his name, one of the most common ones, or a repetition or a run of characters.
Result<void> check_password(std::string_view password, std::string_view user);

}  // namespace vigil::server
