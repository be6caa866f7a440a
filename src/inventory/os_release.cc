#include "inventory/os_release.h"

#include "base/text.h"

namespace vigil::inventory {
namespace {

/// Undoes the quotes of a shell: '...' as it is; "..." with \ before $ " \ ` ; a bare \ takes the
/// next character as it is. There is no expansion in os-release(5).
std::string unquote(std::string_view value) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (quote == '\'') {
      if (c == '\'')
        quote = 0;
      else
        out += c;
      continue;
    }
    if (c == '\\' && i + 1 < value.size()) {
      const char next = value[i + 1];
      const bool escapes = quote == 0 || next == '$' || next == '"' || next == '\\' || next == '`';
      if (!escapes) out += c;
      out += next;
      ++i;
      continue;
    }
    if (quote == '"') {
      if (c == '"')
        quote = 0;
      else
        out += c;
      continue;
    }
    if (c == '"' || c == '\'') {
      quote = c;
      continue;
    }
    // Outside of quotes a blank ends the word, and a comment may follow.
    if (base::is_space(c)) break;
    out += c;
  }
  return out;
}

bool is_name(std::string_view text) {
  if (text.empty() || base::is_digit(text.front())) return false;
  for (const char c : text) {
    if (!base::is_alnum(c) && c != '_') return false;
  }
  return true;
}

}  // namespace

std::map<std::string, std::string, std::less<>> parse_os_release(std::string_view text) {
  std::map<std::string, std::string, std::less<>> values;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (const auto line = base::next_line(text)) {
    const std::string_view trimmed = base::trim(*line);
    const std::size_t equals = trimmed.find('=');
    if (equals == std::string_view::npos || trimmed.front() == '#') continue;
    const std::string_view name = trimmed.substr(0, equals);
    if (!is_name(name)) continue;
    values.insert_or_assign(std::string(name),
                            base::printable(unquote(trimmed.substr(equals + 1))));
  }
  return values;
}

}  // namespace vigil::inventory
