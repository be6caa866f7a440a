#include "inventory/catalogers/go-module/manifest.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::inventory::go_module {
namespace {

/// The words of a line, quotes taken off, up to a comment.
struct Line {
  std::vector<std::string> words;
  std::string_view comment;
};

Line parse_line(std::string_view text) {
  Line line;
  for (std::size_t at = 0; at < text.size();) {
    if (base::is_space(text[at])) {
      ++at;
    } else if (text.substr(at).starts_with("//")) {
      line.comment = base::trim(text.substr(at + 2));
      break;
    } else if (text[at] == '"' || text[at] == '`') {
      const std::size_t end = std::min(text.find(text[at], at + 1), text.size());
      line.words.emplace_back(text.substr(at + 1, end - at - 1));
      at = end + 1;
    } else if (text[at] == '(' || text[at] == ')') {
      line.words.emplace_back(1, text[at++]);
    } else {
      const std::size_t begin = at;
      while (at < text.size() && !base::is_space(text[at]) && text[at] != '(' && text[at] != ')' &&
             !text.substr(at).starts_with("//")) {
        ++at;
      }
      line.words.emplace_back(text.substr(begin, at - begin));
    }
  }
  return line;
}

Replacement parse_replacement(std::span<const std::string> words) {
  Replacement replacement;
  const auto arrow = std::find(words.begin(), words.end(), "=>");
  const auto before = static_cast<std::size_t>(arrow - words.begin());
  if (arrow == words.end() || before == 0 || before + 1 >= words.size()) return replacement;
  replacement.path = words[0];
  if (before > 1) replacement.version = words[1];
  replacement.new_path = words[before + 1];
  if (before + 2 < words.size()) replacement.new_version = words[before + 2];
  return replacement;
}

void take(Manifest& manifest, std::string_view verb, std::span<const std::string> words,
          std::string_view comment, std::uint32_t line) {
  if (words.empty()) return;
  if (verb == "module") manifest.module = words[0];
  if (verb == "use") manifest.used.push_back(words[0]);
  if (verb == "go") {
    manifest.go = words[0];
    manifest.go_line = line;
  }
  if (verb == "toolchain" && words[0].starts_with("go")) {
    manifest.toolchain = words[0].substr(2);
    manifest.toolchain_line = line;
  }
  if (verb == "require" && words.size() >= 2) {
    const bool indirect = comment == "indirect" || comment.starts_with("indirect;");
    manifest.requirements.push_back({words[0], words[1], line, indirect});
  }
  if (verb == "exclude" && words.size() >= 2) {
    manifest.excluded.push_back({words[0], words[1], line, false});
  }
  if (verb == "replace") {
    Replacement replacement = parse_replacement(words);
    if (!replacement.new_path.empty()) manifest.replacements.push_back(std::move(replacement));
  }
}

}  // namespace

bool Manifest::is_complete() const {
  const std::vector<std::string_view> parts = base::split(go, '.');
  if (parts.size() < 2) return false;
  const auto minor =
      base::parse_unsigned(parts[1].substr(0, parts[1].find_first_not_of("0123456789")));
  return parts[0] != "1" || minor.value_or(0) >= 17;
}

Manifest parse_manifest(std::string_view text) {
  Manifest manifest;
  std::string block;
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    const Line parsed = parse_line(*line);
    std::span<const std::string> words(parsed.words);
    if (words.empty()) continue;
    if (words[0] == ")") {
      block.clear();
    } else if (!block.empty()) {
      take(manifest, block, words, parsed.comment, number);
    } else if (words.size() >= 2 && words[1] == "(") {
      block = words[0];
    } else {
      take(manifest, words[0], words.subspan(1), parsed.comment, number);
    }
  }
  return manifest;
}

const Replacement* find_replacement(std::span<const Replacement> replacements,
                                    const Requirement& requirement) {
  const Replacement* found = nullptr;
  for (const Replacement& one : replacements) {
    if (one.path != requirement.path) continue;
    // One of this very version goes before one of all versions.
    if (one.version == requirement.version) return &one;
    if (one.version.empty()) found = &one;
  }
  return found;
}

}  // namespace vigil::inventory::go_module
