// Where a command's result and its errors go.
#pragma once

#include <string_view>

#include "base/result.h"

namespace vigil::cli {

/// Standard output, as it is. A reader that went away ends the program quietly.
void print(std::string_view text);
/// "vigil: <error>" on standard error, control characters removed; returns kFailure.
int report_error(const Error& error);

}  // namespace vigil::cli
