#include "inventory/catalogers/opam/notation.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::inventory::opam {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] std::uint32_t line() const { return line_; }
  [[nodiscard]] std::size_t at() const { return at_; }

  /// The next byte that is no blank and in no comment; '\0' at the end.
  char peek() {
    for (; at_ < text_.size(); advance()) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        if (done()) break;
      }
      if (!base::is_space(text_[at_])) return text_[at_];
    }
    return '\0';
  }

  void advance() {
    if (text_[at_] == '\n') ++line_;
    ++at_;
  }

  /// The text that begins here.
  std::string quoted() {
    std::string out;
    for (advance(); !done() && text_[at_] != '"'; advance()) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) advance();
      out += text_[at_];
    }
    if (!done()) advance();
    return out;
  }

  /// The letters that begin here.
  std::string_view word() {
    const std::size_t from = at_;
    while (!done() && (base::is_alnum(text_[at_]) || text_[at_] == '-' || text_[at_] == '_')) ++at_;
    return text_.substr(from, at_ - from);
  }

  /// What stands in the braces that begin here.
  std::string_view braces() {
    const std::size_t from = at_ + 1;
    std::size_t depth = 0;
    while (peek() != '\0') {
      if (text_[at_] == '"') {
        quoted();
        continue;
      }
      if (text_[at_] == '{') ++depth;
      if (text_[at_] == '}' && --depth == 0) {
        advance();
        return text_.substr(from, at_ - 1 - from);
      }
      advance();
    }
    return text_.substr(std::min(from, text_.size()));
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

/// Reads one value; its texts go to `out` if there is one.
void read_value(Scanner& scanner, std::vector<Text>* out) {
  std::size_t depth = 0;
  while (const char c = scanner.peek()) {
    if (c == '"') {
      Text text{{}, {}, scanner.line()};
      text.text = scanner.quoted();
      if (scanner.peek() == '{') text.filter = scanner.braces();
      if (out != nullptr) out->push_back(std::move(text));
    } else if (c == '{') {
      scanner.braces();
    } else {
      if (c == '[' || c == '(') ++depth;
      if ((c == ']' || c == ')') && depth > 0) --depth;
      if (base::is_alnum(c)) {
        scanner.word();
      } else {
        scanner.advance();
      }
    }
    if (depth == 0) return;
  }
}

}  // namespace

std::vector<Text> field(std::string_view file, std::string_view name) {
  std::vector<Text> out;
  Scanner scanner(file);
  while (const char c = scanner.peek()) {
    if (!base::is_alpha(c)) {
      read_value(scanner, nullptr);
      continue;
    }
    const std::string_view word = scanner.word();
    if (scanner.peek() != ':') continue;
    scanner.advance();
    read_value(scanner, word == name ? &out : nullptr);
    if (word == name) return out;
  }
  return out;
}

}  // namespace vigil::inventory::opam
