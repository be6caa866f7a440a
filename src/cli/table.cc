#include "cli/table.h"

#include <algorithm>

namespace vigil::cli {
namespace {

constexpr std::size_t kGap = 2;

std::vector<std::size_t> natural_widths(const std::vector<Column>& columns,
                                        const std::vector<std::vector<Cell>>& rows) {
  std::vector<std::size_t> widths;
  for (const Column& column : columns) widths.push_back(display_width(column.title));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i].text));
    }
  }
  return widths;
}

/// Takes from the widest flexible column until the line fits or nothing more can be taken.
void fit(std::vector<std::size_t>& widths, const std::vector<Column>& columns, std::size_t room) {
  for (;;) {
    std::size_t total = kGap * (widths.size() - 1);
    std::size_t widest = columns.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      total += widths[i];
      const bool can_give = columns[i].flexible && widths[i] > columns[i].least;
      if (can_give && (widest == columns.size() || widths[i] > widths[widest])) widest = i;
    }
    if (total <= room || widest == columns.size()) return;
    widths[widest] -=
        std::min(total - room, std::max<std::size_t>(1, widths[widest] - columns[widest].least) > 8
                                   ? std::size_t{4}
                                   : std::size_t{1});
  }
}

void put(std::string& line, const std::string& painted, std::size_t taken, std::size_t width,
         bool right, bool last) {
  const std::string padding(width > taken ? width - taken : 0, ' ');
  if (right) line += padding;
  line += painted;
  if (!right && !last) line += padding;
  if (!last) line.append(kGap, ' ');
}

}  // namespace

std::string draw_table(const Terminal& terminal, const std::vector<Column>& columns,
                       const std::vector<std::vector<Cell>>& rows, std::string_view indent) {
  std::vector<std::size_t> widths = natural_widths(columns, rows);
  if (terminal.is_terminal)
    fit(widths, columns, terminal.width - std::min(terminal.width, indent.size()));
  std::string out;
  std::string line(indent);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string title = shorten(columns[i].title, widths[i]);
    put(line, terminal.dim(title), display_width(title), widths[i], columns[i].right,
        i + 1 == columns.size());
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  out += line + "\n";
  for (const auto& row : rows) {
    line = indent;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Cell& cell = i < row.size() ? row[i] : Cell{};
      const std::string text = shorten(cell.text, widths[i]);
      put(line, terminal.paint(cell.colour, text, cell.bold), display_width(text), widths[i],
          columns[i].right, i + 1 == columns.size());
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  return out;
}

}  // namespace vigil::cli
