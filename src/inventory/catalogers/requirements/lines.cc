#include "inventory/catalogers/requirements/lines.h"

#include "base/text.h"

namespace vigil::inventory::requirements {
namespace {

constexpr std::size_t kLongestLine = 64 * 1024;

/// ASCII of UTF-16, everything else as "?": names and versions are ASCII.
std::string from_utf16(std::string_view content, bool big_endian) {
  std::string out;
  for (std::size_t i = 2; i + 1 < content.size(); i += 2) {
    const auto high = static_cast<unsigned char>(content[big_endian ? i : i + 1]);
    const char low = content[big_endian ? i + 1 : i];
    out += high == 0 && static_cast<unsigned char>(low) < 0x80 ? low : '?';
  }
  return out;
}

/// Where pip sees a comment begin: a "#" at the start or behind a blank.
std::size_t comment_of(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || base::is_space(line[at - 1])) return at;
  }
  return std::string_view::npos;
}

/// "via flask, -r base.in" or a line of its own below "via".
void add_via(std::string_view comment, Line& line, bool& goes_on) {
  comment = base::trim(comment.substr(std::min<std::size_t>(comment.size(), 1)));
  if (comment == "via" || comment.starts_with("via ")) {
    goes_on = true;
    comment = base::trim(comment.substr(3));
  } else if (!goes_on) {
    return;
  }
  for (const std::string_view one : base::split(comment, ',')) {
    if (!base::trim(one).empty() && line.via.size() < 1000) line.via.emplace_back(base::trim(one));
  }
}

}  // namespace

std::vector<Line> read_lines(std::string_view content) {
  std::string converted;
  if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF")) {
    converted = from_utf16(content, content.starts_with("\xFE\xFF"));
    content = converted;
  }
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  std::vector<Line> lines;
  bool via_goes_on = false;
  bool joined = false;
  std::uint32_t number = 0;
  while (auto line = base::next_line(content)) {
    ++number;
    if (line->ends_with('\r')) line->remove_suffix(1);
    const std::size_t comment = comment_of(*line);
    const std::string_view trimmed = base::trim(*line);
    if (trimmed.empty() || trimmed.starts_with('#')) {
      joined = false;
      if (trimmed.empty()) via_goes_on = false;
      if (!lines.empty() && !trimmed.empty()) add_via(trimmed, lines.back(), via_goes_on);
      continue;
    }
    const bool goes_on = comment == std::string_view::npos && line->ends_with('\\');
    std::string_view text = line->substr(0, comment);
    if (goes_on) text.remove_suffix(1);
    if (joined && lines.back().text.size() + text.size() < kLongestLine) {
      lines.back().text += text;
    } else if (!joined) {
      lines.push_back({std::string(text.substr(0, kLongestLine)), number, false, {}});
      via_goes_on = false;
    }
    if (comment != std::string_view::npos) {
      add_via(line->substr(comment), lines.back(), via_goes_on);
    }
    joined = goes_on;
  }
  for (Line& line : lines) {
    line.hashed = line.text.find("--hash") != std::string::npos;
    if (!base::trim(line.text).starts_with('-')) {
      if (const std::size_t option = line.text.find(" --"); option != std::string::npos) {
        line.text.resize(option);
      }
    }
    line.text = base::trim(line.text);
  }
  return lines;
}

}  // namespace vigil::inventory::requirements
