#include "base/toml.h"

#include <stdexcept>

// What toml++ takes for granted is not always so ("[[" and a line end after it), and is undefined
// behaviour with NDEBUG: here it is an error like any other.
#undef NDEBUG
#define TOML_ASSERT(expression) ((expression) ? void() : throw std::logic_error("bad syntax"))
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 200
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wterminate"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <charconv>
#include <exception>
#include <sstream>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::size_t kMaximumDepth = 200;
/// Of different headers, and of keys with a point in them. A lock file repeats "[[package]]".
constexpr std::size_t kMaximumTables = 20'000;

bool is_bare(char c) {
  return is_alnum(c) || c == '_' || c == '-';
}

/// Just behind the string or comment that begins at `at`.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool is_long = quote != '#' && text.substr(at, 3) == three;
  for (std::size_t i = at + (is_long ? 3 : 1); i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (is_long) {
      if (text.substr(i, 3) != three) continue;
      i += 3;
      while (i < text.size() && text[i] == quote) ++i;  // up to two belong to the string
      return i;
    } else if (text[i] == '\n') {
      return i;
    } else if (text[i] == quote && quote != '#') {
      return i + 1;
    }
  }
  return text.size();
}

/// toml++ makes a table for each part of a key "a.b.c" and destroys them recursively, without a
/// limit of its own; and it searches the tables that headers and longer keys made one by one.
bool costs_too_much(std::string_view text) {
  std::size_t parts = 0;
  std::size_t long_keys = 0;
  std::unordered_set<std::string_view> headers;
  bool joined = false;  // a point was the last thing but blanks
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\t') {
      ++i;
    } else if (c == '.') {
      joined = true;
      ++i;
    } else if (c == '"' || c == '\'' || is_bare(c)) {
      parts = joined ? parts + 1 : 1;
      joined = false;
      if (parts > kMaximumDepth) return true;
      if (!is_bare(c)) {
        i = end_of_quoted(text, i);
      } else {
        while (i < text.size() && is_bare(text[i])) ++i;
      }
    } else {
      if (c == '=' && parts > 1 && ++long_keys > kMaximumTables) return true;
      if (c == '[' && (i == 0 || text[i - 1] == '\n')) {
        headers.insert(text.substr(i, text.find('\n', i) - i));
        if (headers.size() > kMaximumTables) return true;
      }
      parts = 0;
      joined = false;
      i = c == '#' ? end_of_quoted(text, i) : i + 1;
    }
  }
  return false;
}

std::uint32_t line_of(const toml::source_region& source) {
  return source.begin.line;
}

/// Where things stand; tables that a header or a longer key implies have no place of their own.
bool before(const Node::Member& a, const Node::Member& b) {
  return a.line < b.line;
}

template <typename T>
std::string written(const T& value) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  out << value;
  return std::move(out).str();
}

std::string written(double value) {
  char buffer[64];
  const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
  return {std::begin(buffer), end};
}

/// Levels below `depth` 0 become null; costs_too_much and TOML_MAX_NESTED_VALUES bound their number
/// too, but each alone.
Node convert(const toml::node& from, std::size_t depth) {
  if (depth == 0) return {};
  const std::uint32_t line = line_of(from.source());
  if (const auto* table = from.as_table()) {
    Node map(Node::Kind::Map, line);
    for (const auto& [key, value] : *table) {
      const std::uint32_t key_line = line_of(key.source());
      map.append(std::string(key.str()), key_line, convert(value, depth - 1));
    }
    auto& members = map.mutable_members();
    // toml++ keeps them by name; those of one line (an inline table) stay so.
    std::stable_sort(members.begin(), members.end(), before);
    return map;
  }
  if (const auto* array = from.as_array()) {
    Node list(Node::Kind::List, line);
    for (const auto& item : *array) list.append(convert(item, depth - 1));
    return list;
  }
  if (const auto* text = from.as_string()) return {Node::Kind::Text, text->get(), line};
  if (const auto* whole = from.as_integer()) {
    return {Node::Kind::Number, std::to_string(whole->get()), line};
  }
  if (const auto* number = from.as_floating_point()) {
    return {Node::Kind::Number, written(number->get()), line};
  }
  if (const auto* truth = from.as_boolean()) {
    return {Node::Kind::Truth, truth->get() ? "true" : "false", line};
  }
  if (const auto* date = from.as_date()) return {Node::Kind::Text, written(date->get()), line};
  if (const auto* time = from.as_time()) return {Node::Kind::Text, written(time->get()), line};
  if (const auto* both = from.as_date_time()) return {Node::Kind::Text, written(both->get()), line};
  return {};
}

}  // namespace

Result<Node> parse_toml(std::string_view text) {
  if (costs_too_much(text)) {
    return fail("a key of too many parts, or too many tables", {}, {}, ErrorCode::TooLarge);
  }
  try {
    return convert(toml::parse(text), 2 * kMaximumDepth);
  } catch (const toml::parse_error& error) {
    return fail("not TOML: " + std::string(error.description()),
                "line " + std::to_string(line_of(error.source())));
  } catch (const std::exception& error) {
    return fail(std::string("not TOML: ") + error.what());
  }
}

}  // namespace vigil::base
