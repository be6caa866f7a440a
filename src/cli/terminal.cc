#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/environment.h"
#include "base/text.h"

namespace vigil::cli {
namespace {

constexpr std::array<std::string_view, 8> kCodes = {"", "31", "33", "34", "32", "36", "90", "91"};
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

Terminal of(int descriptor) {
  Terminal terminal;
  terminal.is_terminal = ::isatty(descriptor) == 1;
  const char* no_colour = base::environment("NO_COLOR");
  const char* kind = base::environment("TERM");
  const bool dumb = kind == nullptr || std::string_view(kind) == "dumb";
  terminal.colour = terminal.is_terminal && !dumb && (no_colour == nullptr || *no_colour == '\0');
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    terminal.width = size.ws_col;
  } else if (const char* columns = base::environment("COLUMNS")) {
    terminal.width = base::parse_unsigned(columns).value_or(terminal.width);
  }
  terminal.width = std::clamp<std::size_t>(terminal.width, 40, 400);
  return terminal;
}

/// The code point at the front of a valid UTF-8 text, and its length in bytes.
char32_t code_point(std::string_view text, std::size_t& length) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0xC0) {
    length = 1;
    return first;
  }
  if (first < 0xE0) {
    length = 2;
    return (first & 0x1FU) << 6 | (byte(1) & 0x3FU);
  }
  if (first < 0xF0) {
    length = 3;
    return (first & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
  }
  length = 4;
  return (first & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 |
         (byte(3) & 0x3FU);
}

/// Unicode's East Asian Wide blocks and the combining marks that real package texts hold; not the
/// whole of Unicode Standard Annex 11.
std::size_t columns_of(char32_t point) {
  if ((point >= 0x0300 && point <= 0x036F) || point == 0x200B || point == 0x200D ||
      point == 0xFE0F) {
    return 0;
  }
  const bool wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
                    (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
                    (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
                    (point >= 0x1F300 && point <= 0x1FAFF) ||
                    (point >= 0x20000 && point <= 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

Terminal Terminal::of_stdout() {
  return of(STDOUT_FILENO);
}
Terminal Terminal::of_stderr() {
  return of(STDERR_FILENO);
}

std::string Terminal::paint(Colour colour_name, std::string_view text, bool is_bold) const {
  if (!colour || text.empty() || (colour_name == Colour::Default && !is_bold))
    return base::printable(text);
  std::string out = "\x1b[";
  if (is_bold) out += "1";
  const std::string_view code = kCodes[static_cast<std::size_t>(colour_name)];
  if (is_bold && !code.empty()) out += ";";
  out += code;
  out += "m";
  out += base::printable(text);
  out += "\x1b[0m";
  return out;
}

std::string Terminal::bold(std::string_view text) const {
  return paint(Colour::Default, text, true);
}

std::string plain(std::string_view text) {
  std::string line = base::printable(text);
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  // U+202A to U+202E and U+2066 to U+2069: as long in UTF-8 as what stands for them.
  for (std::size_t at = line.find("\xE2\x80"); at != std::string::npos;
       at = line.find("\xE2\x80", at + 3)) {
    const auto last = static_cast<unsigned char>(line[at + 2]);
    if (last >= 0xAA && last <= 0xAE) line.replace(at, 3, kReplacement);
  }
  for (std::size_t at = line.find("\xE2\x81"); at != std::string::npos;
       at = line.find("\xE2\x81", at + 3)) {
    const auto last = static_cast<unsigned char>(line[at + 2]);
    if (last >= 0xA6 && last <= 0xA9) line.replace(at, 3, kReplacement);
  }
  return line;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    if (text.starts_with("\x1b[")) {
      const std::size_t end = text.find('m');
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      continue;
    }
    std::size_t length = 1;
    width += columns_of(code_point(text, length));
    text.remove_prefix(std::min(length, text.size()));
  }
  return width;
}

std::string shorten(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t length = 1;
    const std::size_t columns = columns_of(code_point(text.substr(at), length));
    if (used + columns > width - 1) break;
    used += columns;
    at += length;
  }
  return std::string(text.substr(0, at)) + std::string(kEllipsis);
}

}  // namespace vigil::cli
