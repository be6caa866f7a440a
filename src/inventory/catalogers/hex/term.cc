#include "inventory/catalogers/hex/term.h"

#include <optional>

#include "base/text.h"

namespace vigil::inventory::hex {
namespace {

constexpr int kMaximumDepth = 100;

bool is_word(char c) {
  return base::is_alnum(c) || c == '_' || c == '@' || c == '?' || c == '!' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
 public:
  Parser(std::string_view text, Language language) : text_(text), language_(language) {}

  Result<std::vector<Term>> all() {
    std::vector<Term> out;
    for (skip(); at_ < text_.size(); skip()) {
      VIGIL_TRY(Term term, value(0));
      out.push_back(std::move(term));
      skip();
      if (language_ == Language::Erlang) take('.');
    }
    return out;
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  /// White space and comments.
  void skip() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const bool comment = language_ == Language::Erlang ? c == '%' : c == '#';
      if (comment) {
        at_ = std::min(text_.find('\n', at_), text_.size());
        if (at_ == text_.size()) return;
      } else if (!base::is_space(c)) {
        return;
      }
      if (text_[at_] == '\n') ++line_;
    }
  }

  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const {
    return fail("line " + std::to_string(line_) + ": " + std::string(what));
  }

  Term make(Term::Kind kind, std::string text = {}) const {
    return {kind, std::move(text), {}, line_};
  }

  /// Behind the opening quote.
  Result<std::string> quoted(char quote) {
    std::string out;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == quote) return out;
      if (c == '\n') ++line_;
      if (c != '\\' || at_ >= text_.size()) {
        out += c;
        continue;
      }
      const char escaped = text_[at_++];
      if (escaped == '\n') ++line_;
      out += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
    }
    return wrong("a text does not end");
  }

  Result<Term> value(int depth) {
    if (depth > kMaximumDepth) return wrong("nested too deeply");
    const Term here = make(Term::Kind::Nothing);
    if (take("<<")) return binary();
    if (take('[')) return container(Term::Kind::List, ']', here, depth);
    if (take('{')) return container(Term::Kind::Tuple, '}', here, depth);
    if (take("%{") || take("#{")) return container(Term::Kind::Map, '}', here, depth);
    if (take('"')) {
      VIGIL_TRY(std::string text, quoted('"'));
      return Term{Term::Kind::Text, std::move(text), {}, here.line};
    }
    if (take('\'') || take(":\"")) {
      VIGIL_TRY(std::string text, quoted(text_[at_ - 1]));
      return Term{Term::Kind::Atom, std::move(text), {}, here.line};
    }
    return word();
  }

  /// <<"text">>, <<"text"/utf8>>, <<>>
  Result<Term> binary() {
    Term term = make(Term::Kind::Text);
    skip();
    if (take('"')) {
      VIGIL_TRY(term.text, quoted('"'));
    }
    skip();
    take("/utf8");
    skip();
    if (!take(">>")) return wrong("a binary that is no text");
    return term;
  }

  Result<Term> word() {
    take(':');
    const std::size_t from = at_;
    if (peek() == '-' || base::is_digit(peek())) {
      ++at_;
      while (is_word(peek()) || (peek() == '.' && base::is_digit(peek(1)))) ++at_;
      return make(Term::Kind::Number, std::string(text_.substr(from, at_ - from)));
    }
    while (is_word(peek())) ++at_;
    if (at_ == from) return wrong("this is no literal");
    return make(Term::Kind::Atom, std::string(text_.substr(from, at_ - from)));
  }

  Result<Term> container(Term::Kind kind, char end, const Term& here, int depth) {
    Term out{kind, {}, {}, here.line};
    for (skip(); !take(end); skip()) {
      VIGIL_TRY(Term item, value(depth + 1));
      skip();
      // "key: value" (no blank before the colon), "key => value", "key := value"
      const bool pair = (peek() == ':' && peek(1) != ':') || (peek() == '=' && peek(1) == '>');
      if (pair) {
        at_ += peek() == '=' || peek(1) == '=' ? 2 : 1;
        skip();
        VIGIL_TRY(Term second, value(depth + 1));
        Term both{Term::Kind::Tuple, {}, {}, item.line};
        both.items.push_back(std::move(item));
        both.items.push_back(std::move(second));
        item = std::move(both);
        skip();
      }
      out.items.push_back(std::move(item));
      if (!take(',') && peek() != end) return wrong("a comma or an end is missing");
    }
    return out;
  }

  std::string_view text_;
  Language language_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

const Term kNothing;

}  // namespace

const Term& Term::at(std::size_t number) const {
  return number < items.size() ? items[number] : kNothing;
}

const Term& Term::value(std::string_view key) const {
  for (const Term& pair : items) {
    if (pair.kind == Kind::Tuple && pair.items.size() == 2 && pair.items[0].text == key) {
      return pair.items[1];
    }
  }
  return kNothing;
}

Result<std::vector<Term>> parse_terms(std::string_view text, Language language) {
  return Parser(text, language).all();
}

}  // namespace vigil::inventory::hex
