// What the output goes to: a person's terminal or a pipe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vigil::cli {

enum class Colour { Default, Red, Yellow, Blue, Green, Cyan, Grey, BrightRed };

/// How to draw for one stream.
struct Terminal {
  bool is_terminal = false;
  bool colour = false;      ///< a terminal, and neither NO_COLOR nor TERM=dumb (no-color.org)
  std::size_t width = 100;  ///< columns; 100 where nobody can tell

  /// Of standard output and standard error.
  static Terminal of_stdout();
  static Terminal of_stderr();

  /// The text itself brings no escape sequences of its own to the terminal.
  [[nodiscard]] std::string paint(Colour colour, std::string_view text, bool bold = false) const;
  [[nodiscard]] std::string bold(std::string_view text) const;
  [[nodiscard]] std::string dim(std::string_view text) const { return paint(Colour::Grey, text); }
};

/// Text from outside on one line: what steers a terminal is a blank, what turns the direction of
/// reading (Unicode Standard Annex 9, section 2; "Trojan Source") is U+FFFD. Everything that a package,
/// a feed or a file name says goes through this before it is shown.
std::string plain(std::string_view text);

/// Columns a UTF-8 text takes; escape sequences take none, wide East Asian characters two.
std::size_t display_width(std::string_view text);
/// At most `width` columns, with "…" where something is cut. Text without escape sequences.
std::string shorten(std::string_view text, std::size_t width);

}  // namespace vigil::cli
