#include "inventory/catalogers/apk/installed.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace vigil::inventory::apk {
namespace {

/// Longer values are nobody's name or version; other lines are not looked at.
constexpr std::size_t kMaximumValue = 64 * 1024;

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 1024 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_whole(const Record& record) {
  return is_word(record.name) && is_word(record.version);
}

/// Takes the line's value into the record if it is one of a package's own.
void take(char letter, std::string_view value, Record& record) {
  if (value.size() > kMaximumValue) return;
  switch (letter) {
    case 'P':
      record.name = value;
      break;
    case 'V':
      record.version = value;
      break;
    case 'A':
      record.architecture = base::printable(value);
      break;
    case 'o':
      record.origin = base::printable(value);
      break;
    case 'L':
      record.license = base::printable(value);
      break;
    case 'm':
      record.maintainer = base::printable(value);
      break;
    default:
      break;
  }
}

bool is_field(std::string_view line) {
  return line.size() >= 2 && line[1] == ':';
}

}  // namespace

std::vector<Record> parse_installed(std::string_view text, const std::string& where,
                                    std::vector<Problem>& problems) {
  if (!text.empty() && text.back() != '\n') {
    problems.push_back({where, "the file was cut short: its last line has no end"});
    text = text.substr(0, text.rfind('\n') + 1);
  }
  std::vector<Record> records;
  Record record;
  std::uint32_t line_number = 0;
  const auto finish = [&] {
    if (record.line == 0) return;
    if (is_whole(record)) {
      if (!is_word(record.origin)) record.origin = record.name;
      records.push_back(std::move(record));
    } else {
      const std::string name = base::printable(std::string_view(record.name).substr(0, 80));
      problems.push_back({where, "the entry at line " + std::to_string(record.line) +
                                     (name.empty() ? "" : " (" + name + ")") +
                                     " has no valid name and version"});
    }
    record = {};
  };
  while (const auto line = base::next_line(text)) {
    ++line_number;
    if (line->empty()) {
      finish();
      continue;
    }
    if (record.line == 0) record.line = line_number;
    if (is_field(*line)) take(line->front(), line->substr(2), record);
  }
  finish();
  return records;
}

void visit_files(std::string_view text,
                 const std::function<void(std::size_t, std::string_view)>& visit) {
  text = text.substr(0, text.rfind('\n') + 1);
  std::size_t index = 0;
  Record record;  // only name and version, which stand before the files
  std::string directory;
  std::string path;
  while (const auto line = base::next_line(text)) {
    if (line->empty()) {
      if (is_whole(record)) ++index;
      record = {};
      directory.clear();
      continue;
    }
    if (!is_field(*line)) continue;
    const std::string_view value = line->substr(2);
    switch (line->front()) {
      case 'P':
      case 'V':
        take(line->front(), value, record);
        break;
      case 'F':
        directory = "/" + std::string(value);
        if (directory != "/") directory += '/';
        break;
      case 'R':
        if (!is_whole(record)) break;
        path = directory;
        path += value;
        visit(index, path);
        break;
      default:
        break;
    }
  }
}

}  // namespace vigil::inventory::apk
