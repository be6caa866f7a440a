// Licences as SPDX wants them.
#pragma once

#include <string>
#include <string_view>

namespace vigil::deliver::spdx {

/// Is it an expression of well-known identifiers of the SPDX licence list ("MIT", "Apache-2.0 OR
/// GPL-2.0-only", "(MIT AND BSD-3-Clause)")? The list here is no whole one: what it lacks is written as a
/// reference with its text, which is always valid.
bool is_license_expression(std::string_view text);

/// "LicenseRef-vigil-" and 16 hexadecimal digits, the same for the same text.
std::string license_reference(std::string_view text);

}  // namespace vigil::deliver::spdx
