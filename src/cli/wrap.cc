#include "cli/wrap.h"

#include <algorithm>

#include "cli/terminal.h"

namespace vigil::cli {
namespace {

/// Leading blanks of a paragraph are part of its first line.
std::string_view take_word(std::string_view& rest, bool first) {
  std::size_t start = 0;
  if (first) start = rest.find_first_not_of(' ');
  const std::size_t end = start == std::string_view::npos ? start : rest.find(' ', start);
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return word;
}

void wrap_paragraph(std::string& out, std::string_view paragraph, std::string_view indent,
                    std::size_t hanging, std::size_t width) {
  const std::size_t room = std::max<std::size_t>(width, 30);
  std::string line(indent);
  bool empty = true;
  bool first = true;
  while (!paragraph.empty()) {
    const std::string_view word = take_word(paragraph, first);
    first = false;
    if (!empty && display_width(line) + 1 + display_width(word) > room) {
      out += line + "\n";
      line = std::string(indent) + std::string(hanging, ' ');
      empty = true;
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  out += line + "\n";
}

}  // namespace

std::string hang(std::string_view text, std::string_view indent, std::size_t hanging,
                 std::size_t width) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    wrap_paragraph(out, text.substr(0, end), indent, hanging, width);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace vigil::cli
