#include "base/node.h"

#include <utility>

#include "base/text.h"

namespace vigil::base {
namespace {

const Node kNothing;
const std::vector<Node> kNoItems;
const std::vector<Node::Member> kNoMembers;

/// The digits of "0x1F", "0o17", "0b1" and of "1_000", in their base.
std::optional<std::int64_t> whole_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  unsigned base = 10;
  if (text.size() > 2 && text[0] == '0') {
    base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : text[1] == 'b' ? 2 : 10;
    if (base != 10) text.remove_prefix(2);
  }
  if (text.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c == '_') continue;
    const char small = to_lower(c);
    const unsigned digit = is_digit(c)       ? static_cast<unsigned>(c - '0')
                           : is_lower(small) ? static_cast<unsigned>(small - 'a') + 10
                                             : 99;
    if (digit >= base || value > (std::uint64_t{INT64_MAX} - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  const auto result = static_cast<std::int64_t>(value);
  return negative ? -result : result;
}

}  // namespace

Node::Node() = default;
Node::Node(const Node& other) = default;
Node::Node(Node&& other) noexcept = default;
Node& Node::operator=(const Node& other) = default;
Node& Node::operator=(Node&& other) noexcept = default;
Node::~Node() = default;

Node::Node(Kind kind, std::string text, std::uint32_t line)
    : value_(std::move(text)), line_(line), kind_(kind) {}

Node::Node(Kind kind, std::uint32_t line) : line_(line), kind_(kind) {
  if (kind == Kind::List) value_.emplace<std::vector<Node>>();
  if (kind == Kind::Map) value_.emplace<std::vector<Member>>();
}

const Node& Node::operator[](std::string_view key) const {
  for (const Member& member : members()) {
    if (member.key == key) return member.value;
  }
  return kNothing;
}

const std::vector<Node>& Node::items() const {
  const auto* items = std::get_if<std::vector<Node>>(&value_);
  return items != nullptr ? *items : kNoItems;
}

const std::vector<Node::Member>& Node::members() const {
  const auto* members = std::get_if<std::vector<Member>>(&value_);
  return members != nullptr ? *members : kNoMembers;
}

std::string_view Node::text() const {
  const auto* text = std::get_if<std::string>(&value_);
  return text != nullptr && kind_ != Kind::Null ? std::string_view(*text) : std::string_view();
}

std::optional<double> Node::number() const {
  if (kind_ != Kind::Number) return std::nullopt;
  if (const auto whole = whole_number(text())) return static_cast<double>(*whole);
  return parse_double(text());
}

std::optional<std::int64_t> Node::integer() const {
  return kind_ == Kind::Number ? whole_number(text()) : std::nullopt;
}

std::optional<bool> Node::truth() const {
  if (kind_ != Kind::Truth) return std::nullopt;
  return to_lower(text().front()) == 't';
}

Node& Node::append(Node item) {
  return std::get<std::vector<Node>>(value_).emplace_back(std::move(item));
}

Node& Node::append(std::string key, std::uint32_t key_line, Node value) {
  return std::get<std::vector<Member>>(value_)
      .emplace_back(Member{std::move(key), key_line, std::move(value)})
      .value;
}

std::vector<Node::Member>& Node::mutable_members() {
  return std::get<std::vector<Member>>(value_);
}

}  // namespace vigil::base
