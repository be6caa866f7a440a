#include "cli/table.h"

#include <algorithm>
#include <utility>

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

std::vector<std::size_t> columns_to_draw(const Terminal& terminal,
                                         const std::vector<Column>& columns,
                                         const std::vector<std::vector<Cell>>& rows) {
  const std::vector<std::size_t> widths = natural_widths(columns, rows);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool too_narrow = terminal.is_terminal && terminal.width < columns[i].from;
    if (widths[i] != 0 && !too_narrow) kept.push_back(i);
  }
  return kept;
}

std::vector<Cell> cells_of(const std::vector<Cell>& row, const std::vector<std::size_t>& columns) {
  std::vector<Cell> cells;
  for (const std::size_t column : columns) {
    Cell cell = column < row.size() ? row[column] : Cell{};
    cell.text = plain(cell.text);
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace

std::string draw_table(const Terminal& terminal, const std::vector<Column>& all_columns,
                       const std::vector<std::vector<Cell>>& all_rows, std::string_view indent) {
  const std::vector<std::size_t> kept = columns_to_draw(terminal, all_columns, all_rows);
  std::vector<Column> columns;
  for (const std::size_t column : kept) columns.push_back(all_columns[column]);
  std::vector<std::vector<Cell>> rows;
  for (const auto& row : all_rows) rows.push_back(cells_of(row, kept));
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
