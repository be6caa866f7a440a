#include "api/shape.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::api {
namespace {

bool is_word(char c) {
  return base::is_alnum(c) || c == '_' || c == '.' || c == '/' || c == '-';
}

/// "EQUALS", "Microsoft.Web/sites|CODE": alternatives, or one word in capitals.
bool is_enum_word(std::string_view word) {
  return std::ranges::none_of(word, [](char c) { return base::is_lower(c); });
}

}  // namespace

/// Recursive descent over the notation. Our own constants are read here, nothing of a request.
class NotationReader {
 public:
  NotationReader(ShapeTable& table, std::string_view text) : table_(table), text_(text) {}

  Result<const Shape*> members_to_end() {
    VIGIL_TRY(Shape shape, members('\0'));
    return keep(std::move(shape));
  }
  Result<const Shape*> type_to_end() {
    VIGIL_TRY(const Shape* shape, type());
    blanks();
    if (at_ != text_.size()) return wrong("text after the shape");
    return shape;
  }

 private:
  void blanks() {
    while (at_ < text_.size() && base::is_space(text_[at_])) ++at_;
  }
  bool take(char mark) {
    blanks();
    if (at_ >= text_.size() || text_[at_] != mark) return false;
    ++at_;
    return true;
  }
  std::string_view word() {
    blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) {
      if (text_.substr(at_).starts_with("..")) break;
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const {
    return fail("shape: " + std::string(what), std::string(text_.substr(0, at_)) + " <-");
  }
  const Shape* keep(Shape shape) { return &table_.shapes_.emplace_back(std::move(shape)); }

  Result<Shape> members(char end) {
    Shape shape;
    shape.kind = Shape::Kind::Structure;
    blanks();
    if (end == '\0' ? at_ == text_.size() : take(end)) return shape;
    while (true) {
      ShapeMember member;
      member.name = word();
      if (member.name.empty()) return wrong("a member needs a name");
      member.required = take('*');
      if (take('@')) {
        const std::string_view place = word();
        if (place != "uri" && place != "q") return wrong("@uri or @q");
        member.location = place == "q" ? Location::Query : Location::Path;
      }
      if (!take(':')) return wrong("':' and a type");
      VIGIL_TRY(member.shape, type());
      shape.members.push_back(std::move(member));
      if (take(',')) continue;
      blanks();
      if (end == '\0' ? at_ == text_.size() : take(end)) return shape;
      return wrong("',' or the end");
    }
  }

  Result<const Shape*> type() {
    if (take('{')) {
      VIGIL_TRY(Shape shape, members('}'));
      return keep(std::move(shape));
    }
    if (take('<')) {
      VIGIL_TRY(Shape shape, members('>'));
      shape.kind = Shape::Kind::Union;
      return keep(std::move(shape));
    }
    if (take('[')) {
      Shape shape;
      shape.kind = Shape::Kind::List;
      VIGIL_TRY(shape.element, type());
      if (!take(']')) return wrong("']'");
      VIGIL_CHECK(bounds(shape));
      return keep(std::move(shape));
    }
    const std::string_view name = word();
    if (name == "map") return map();
    if (name.empty()) return wrong("a type");
    if (is_enum_word(name) || (at_ < text_.size() && text_[at_] == '|')) return words(name);
    return scalar(name);
  }

  Result<const Shape*> map() {
    Shape shape;
    shape.kind = Shape::Kind::Map;
    if (!take('<')) return wrong("'<'");
    VIGIL_TRY(shape.key, type());
    if (!take(',')) return wrong("','");
    VIGIL_TRY(shape.element, type());
    if (!take('>')) return wrong("'>'");
    VIGIL_CHECK(bounds(shape));
    return keep(std::move(shape));
  }

  Result<const Shape*> words(std::string_view first) {
    Shape shape;
    shape.kind = Shape::Kind::Enum;
    shape.values.emplace_back(first);
    while (take('|')) shape.values.emplace_back(word());
    return keep(std::move(shape));
  }

  Result<const Shape*> scalar(std::string_view name) {
    static constexpr std::pair<std::string_view, Shape::Kind> kScalars[] = {
        {"str", Shape::Kind::String},   {"int", Shape::Kind::Integer},
        {"long", Shape::Kind::Integer}, {"double", Shape::Kind::Number},
        {"bool", Shape::Kind::Boolean}, {"ts", Shape::Kind::Timestamp},
    };
    for (const auto& [scalar_name, kind] : kScalars) {
      if (scalar_name != name) continue;
      Shape shape;
      shape.kind = kind;
      VIGIL_CHECK(bounds(shape));
      if (take('~')) {
        shape.pattern = find_pattern(word());
        if (shape.pattern == nullptr) return wrong("no such pattern");
      }
      return keep(std::move(shape));
    }
    return table_.named(name);
  }

  Result<void> bounds(Shape& shape) {
    if (!take('[')) return ok();
    VIGIL_TRY(shape.least, bound());
    if (!take('.') || !take('.')) return wrong("'..'");
    VIGIL_TRY(shape.most, bound());
    if (!take(']')) return wrong("']'");
    return ok();
  }
  Result<std::optional<std::int64_t>> bound() {
    const std::string_view digits = word();
    if (digits.empty()) return std::optional<std::int64_t>();
    const auto number = base::parse_unsigned(digits);
    if (!number) return wrong("a bound is a number");
    return std::optional<std::int64_t>(static_cast<std::int64_t>(*number));
  }

  ShapeTable& table_;
  std::string_view text_;
  std::size_t at_ = 0;
};

ShapeTable::ShapeTable(std::span<const NamedShape> named) {
  for (const NamedShape& shape : named) texts_.emplace(shape.name, shape.text);
}

Result<const Shape*> ShapeTable::members(std::string_view notation) {
  return NotationReader(*this, notation).members_to_end();
}

Result<const Shape*> ShapeTable::named(std::string_view name) {
  if (const auto found = compiled_.find(name); found != compiled_.end()) return found->second;
  const auto text = texts_.find(name);
  if (text == texts_.end()) return fail("shape: no shape of this name", std::string(name));
  if (std::ranges::find(being_compiled_, name) != being_compiled_.end()) {
    return fail("shape: it holds itself", std::string(name));
  }
  being_compiled_.push_back(name);
  auto compiled = NotationReader(*this, text->second).type_to_end();
  being_compiled_.pop_back();
  if (!compiled) return compiled;
  // A shape of its own, so that errors and comparisons can name it.
  Shape& shape = shapes_.emplace_back(**compiled);
  shape.name = name;
  compiled_.emplace(shape.name, &shape);
  return &shape;
}

}  // namespace vigil::api
