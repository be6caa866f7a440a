// The lines of a requirements file as pip reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::inventory::requirements {

struct Line {
  std::string text;     ///< without comments; lines that a backslash joins are one
  std::uint32_t line;   ///< of its beginning
  bool hashed = false;  ///< with --hash, which is cut off like other options of a requirement
  /// What pip-compile and uv write below or behind it: "# via flask".
  std::vector<std::string> via;
};

/// In UTF-8, or in UTF-16 with its mark, which PowerShell writes.
std::vector<Line> read_lines(std::string_view content);

}  // namespace vigil::inventory::requirements
