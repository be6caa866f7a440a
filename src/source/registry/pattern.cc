#include "source/registry/pattern.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::source::registry {
namespace {

bool is_pattern_character(char c) {
  return base::is_alnum(c) || std::string_view("._-/*?").find(c) != std::string_view::npos;
}

bool fits_any(const std::vector<std::string>& patterns, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& one) { return fits_pattern(one, name); });
}

}  // namespace

bool fits_pattern(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;  // the last one, which takes the name up to `taken`
  std::size_t taken = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

Result<Patterns> Patterns::parse(std::string_view text) {
  Patterns patterns;
  const std::string blanks = base::replace_all(std::string(text), ",", " ");
  for (std::string_view word : base::words(blanks)) {
    const std::string_view whole = word;
    const bool out = word.starts_with('!');
    if (out) word.remove_prefix(1);
    if (word.empty() || word.size() > 300 ||
        !std::all_of(word.begin(), word.end(), is_pattern_character)) {
      return fail("not a pattern of names", base::printable(whole.substr(0, 300)),
                  "write names with * and ?, and ! in front of what is left out");
    }
    (out ? patterns.out_ : patterns.in_).emplace_back(word);
  }
  return patterns;
}

bool Patterns::match(std::string_view name) const {
  return (in_.empty() || fits_any(in_, name)) && !fits_any(out_, name);
}

std::vector<std::string> Patterns::plain_names() const {
  const bool plain = std::none_of(in_.begin(), in_.end(), [](const std::string& one) {
    return one.find_first_of("*?") != std::string::npos;
  });
  std::vector<std::string> names;
  if (!plain) return names;
  for (const std::string& one : in_) {
    if (match(one)) names.push_back(one);
  }
  return names;
}

}  // namespace vigil::source::registry
