// Aligned tables for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.h"

namespace vigil::cli {

struct Column {
  std::string title;
  bool right = false;     ///< numbers
  std::size_t least = 4;  ///< not narrower than this
  bool flexible = false;  ///< gives way when the table is wider than the terminal
  std::size_t from = 0;   ///< left out on terminals narrower than this
};

struct Cell {
  std::string text;
  Colour colour = Colour::Default;
  bool bold = false;
};

/// A heading, then the rows; columns two blanks apart. Flexible columns are shortened so that a line
/// fits the terminal; on a pipe nothing is shortened or left out. A column without any text
/// is not drawn. Cells may hold any text: see `plain`.
std::string draw_table(const Terminal& terminal, const std::vector<Column>& columns,
                       const std::vector<std::vector<Cell>>& rows, std::string_view indent = "");

}  // namespace vigil::cli
