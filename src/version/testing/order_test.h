// Statements about the order of a scheme, for the tests of the schemes. Tests only: files named
// *_test.cc never enter the library.
#pragma once

#include <string_view>
#include <vector>

namespace vigil::version::testing {

/// The text holds versions and, between them, `<` or `=`, all set apart by blanks:
///   expect_order("deb", "1.0~rc1 < 1.0 = 1.0-0 < 1.0-1");
/// Every pair of them is compared, not only neighbours.
void expect_order(std::string_view scheme, std::string_view chain);

/// Each is refused, with a message that is not empty.
void expect_invalid(std::string_view scheme, const std::vector<std::string_view>& versions);

/// Each gets a key.
void expect_valid(std::string_view scheme, const std::vector<std::string_view>& versions);

}  // namespace vigil::version::testing
