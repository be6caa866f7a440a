#include "inventory/catalogers/yarn-lock/classic.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::inventory::yarn_lock {
namespace {

/// The next word, with or without quotes, taken off `rest`; `rest` begins with what is behind it.
std::string take_word(std::string_view& rest) {
  std::string word;
  if (rest.starts_with('"')) {
    std::size_t i = 1;
    for (; i < rest.size() && rest[i] != '"'; ++i) {
      if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
      word += rest[i];
    }
    rest.remove_prefix(std::min(i + 1, rest.size()));
  } else {
    std::size_t end = rest.find_first_of(" ,");
    // A colon ends a word only where the line ends: "a@npm:b@1:".
    if (end == std::string_view::npos) end = rest.size() - (rest.ends_with(':') ? 1 : 0);
    word = rest.substr(0, end);
    rest.remove_prefix(end);
  }
  return word;
}

std::vector<std::string> descriptors_of(std::string_view line) {
  std::vector<std::string> out;
  while (!line.empty() && line != ":") {
    std::string word = take_word(line);
    if (!word.empty()) out.push_back(std::move(word));
    const std::size_t next = line.find_first_not_of(", ");
    line = next == std::string_view::npos ? std::string_view() : line.substr(next);
    if (line.starts_with(':')) break;
  }
  return out;
}

}  // namespace

std::vector<Entry> parse_classic(std::string_view text, const std::string& where,
                                 std::vector<Problem>& problems) {
  constexpr std::size_t kMaximumProblems = 20;
  std::vector<Entry> entries;
  std::string section;
  std::uint32_t number = 0;
  std::size_t bad = 0;
  while (auto line = base::next_line(text)) {
    ++number;
    if (line->ends_with('\r')) line->remove_suffix(1);
    const std::size_t indent = std::min(line->find_first_not_of(' '), line->size());
    std::string_view rest = line->substr(indent);
    if (rest.empty() || rest.starts_with('#')) continue;
    const bool is_conflict =
        rest.starts_with("<<<<<<<") || rest.starts_with("=======") || rest.starts_with(">>>>>>>");
    if (is_conflict || (indent > 0 && entries.empty())) {
      if (++bad <= kMaximumProblems) {
        problems.push_back({where, "line " + std::to_string(number) +
                                       (is_conflict ? ": an unsolved merge conflict"
                                                    : ": a line that belongs to no entry")});
      }
      continue;
    }
    if (indent == 0) {
      entries.emplace_back();
      entries.back().descriptors = descriptors_of(rest);
      entries.back().line = number;
      section.clear();
      continue;
    }
    Entry& entry = entries.back();
    std::string key = take_word(rest);
    rest = base::trim(rest);
    if (indent == 2) {
      section = rest.empty() || rest == ":" ? key : std::string();
      if (key == "version") entry.version = take_word(rest);
      if (key == "resolved") entry.resolved = take_word(rest);
    } else if (section == "dependencies") {
      entry.required.emplace_back(std::move(key), take_word(rest));
    } else if (section == "optionalDependencies") {
      entry.optional.emplace_back(std::move(key), take_word(rest));
    }
  }
  return entries;
}

}  // namespace vigil::inventory::yarn_lock
