// What is drawn for people: no text brings an escape sequence, a second line or more columns than
// there are.
#include "cli/terminal.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "cli/table.h"
#include "cli/wrap.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace cli = vigil::cli;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string line = cli::plain(text);
  for (const char c : line) {
    require(static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) != 0x7F);
  }
  require(cli::plain(line) == line);
  require(vigil::base::printable(line) == line);
  const std::size_t width = data[0];
  require(cli::display_width(cli::shorten(line, width)) <= width);

  const cli::Terminal terminal{.is_terminal = true, .colour = false, .width = 40 + width};
  const std::string table =
      cli::draw_table(terminal, {{.title = "A", .flexible = true}, {.title = "B", .right = true}},
                      {{{std::string(text)}, {"1"}}, {{line}, {std::string(text.substr(0, 20))}}});
  require(table.find('\x1b') == std::string::npos);
  const std::string paragraph = cli::hang(vigil::base::printable(text), "  ", 2, 40 + width);
  require(paragraph.find('\x1b') == std::string::npos);
  return 0;
}
