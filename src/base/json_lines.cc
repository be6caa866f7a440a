#include "base/json_lines.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/text.h"

namespace vigil::base {
namespace {

/// Just behind the string that begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    const void* found = std::memchr(text.data() + i, '"', text.size() - i);
    if (found == nullptr) break;
    i = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    std::size_t backslashes = 0;
    while (text[i - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return i + 1;
  }
  return text.size();
}

bool is_scalar(char c) {
  return is_alnum(c) || c == '-' || c == '+' || c == '.';
}

}  // namespace

// simdjson's tape (doc/tape.md in its sources) has one word for the root, one for each bracket,
// string, truth and null, and two for a number; a value's index in the tree is its first word's.
JsonLines::JsonLines(std::string_view text) {
  std::uint32_t words = 1;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    switch (c) {
      case '\n':
        words_.push_back(words);
        ++i;
        break;
      case '"':
        ++words;
        i = end_of_string(text, i);
        break;
      case '{':
      case '}':
      case '[':
      case ']':
        ++words;
        ++i;
        break;
      default:
        if (!is_scalar(c)) {
          ++i;
          break;
        }
        words += is_alpha(c) ? 1 : 2;
        while (i < text.size() && is_scalar(text[i])) ++i;
    }
  }
}

std::uint32_t JsonLines::of(const Json& value) const {
  if (!value.exists()) return 0;
  const auto behind = std::upper_bound(words_.begin(), words_.end(), value.index_);
  return static_cast<std::uint32_t>(behind - words_.begin()) + 1;
}

std::string plain_json(std::string_view text) {
  std::string plain(text);
  std::size_t comma = std::string::npos;  // one that nothing but blanks follows so far
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (plain[i] != '\n' && plain[i] != '\r') plain[i] = ' ';
    }
  };
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (text.substr(i, 2) == "//") {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      blank(i, end);
      i = end;
    } else if (text.substr(i, 2) == "/*") {
      const std::size_t close = text.find("*/", i + 2);
      const std::size_t end = close == std::string_view::npos ? text.size() : close + 2;
      blank(i, end);
      i = end;
    } else if (c == '"') {
      i = end_of_string(text, i);
      comma = std::string::npos;
    } else {
      if ((c == '}' || c == ']') && comma != std::string::npos) plain[comma] = ' ';
      if (!is_space(c)) comma = c == ',' ? i : std::string::npos;
      ++i;
    }
  }
  return plain;
}

}  // namespace vigil::base
