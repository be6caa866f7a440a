// Standard input, a line at a time: what commands do that take "-".
#pragma once

#include <functional>
#include <string_view>

namespace vigil::cli {

/// Calls `each` with every line of standard input, without its end.
void for_each_input_line(const std::function<void(std::string_view)>& each);

}  // namespace vigil::cli
