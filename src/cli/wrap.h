// Paragraphs that fit the terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vigil::cli {

/// Breaks text at blanks into lines of at most `width` columns; every line begins with `indent`, those
/// after the first with `hanging` further blanks. Ends in a newline; nothing for an empty text.
std::string hang(std::string_view text, std::string_view indent, std::size_t hanging,
                 std::size_t width);

}  // namespace vigil::cli
