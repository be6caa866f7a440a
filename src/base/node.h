// A document of any notation as a tree of values that remember their lines: what parse_yaml and
// parse_toml return. Reading is as tolerant as with Json: what is not there or of another kind reads
// as nothing.
//
//   VIGIL_TRY(const Node lock, parse_toml(text));
//   for (const Node& package : lock["package"].items())
//     use(package["name"].text(), package["name"].line());
//
// A Node owns all below it. Destroying and copying recurse, so whoever makes one bounds its depth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vigil::base {

class Node {
 public:
  enum class Kind : std::uint8_t { Null, Truth, Number, Text, List, Map };
  struct Member;

  /// Null: what a missing member is.
  Node();
  /// A scalar, `text` as it is written (a text without its quotes and escapes).
  Node(Kind kind, std::string text, std::uint32_t line);
  /// An empty list or map.
  Node(Kind kind, std::uint32_t line);
  // Elsewhere, where Member is complete.
  Node(const Node& other);
  Node(Node&& other) noexcept;
  Node& operator=(const Node& other);
  Node& operator=(Node&& other) noexcept;
  ~Node();

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool exists() const { return kind_ != Kind::Null; }
  [[nodiscard]] bool is_text() const { return kind_ == Kind::Text; }
  [[nodiscard]] bool is_list() const { return kind_ == Kind::List; }
  [[nodiscard]] bool is_map() const { return kind_ == Kind::Map; }
  /// Where the value begins, from 1; 0 of what is missing.
  [[nodiscard]] std::uint32_t line() const { return line_; }

  /// The first member of that name; linear in the size of the map.
  const Node& operator[](std::string_view key) const;
  /// The elements of a list and the members of a map in their order; none if it is something else.
  [[nodiscard]] const std::vector<Node>& items() const;
  [[nodiscard]] const std::vector<Member>& members() const;

  /// The text of a scalar. Numbers and truths too read as they are written, so that a version
  /// `5.10` without quotes stays "5.10".
  [[nodiscard]] std::string_view text() const;
  /// Of a number; a text that looks like one is none.
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<bool> truth() const;

  /// YAML's tag where one is written and is not one of YAML's own kinds: "!Ref"; else empty.
  [[nodiscard]] std::string_view tag() const { return tag_; }

  // For those who make one.
  void set_tag(std::string tag) { tag_ = std::move(tag); }
  Node& append(Node item);
  Node& append(std::string key, std::uint32_t key_line, Node value);
  [[nodiscard]] std::vector<Member>& mutable_members();

 private:
  std::variant<std::string, std::vector<Node>, std::vector<Member>> value_;
  std::string tag_;
  std::uint32_t line_ = 0;
  Kind kind_ = Kind::Null;
};

struct Node::Member {
  std::string key;
  std::uint32_t line = 0;  ///< of the key
  Node value;
};

}  // namespace vigil::base
