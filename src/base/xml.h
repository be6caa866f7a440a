// An XML document as a tree, for documents that fit in memory. Reading is tolerant, as with
// base/json_tree.h: what is not there reads as nothing.
//
//   XmlParser parser;
//   VIGIL_TRY(const Xml project, parser.parse(text));
//   for (const Xml dependency : project["dependencies"].children("dependency"))
//     use(dependency["artifactId"].text(), dependency.line());
//
// An Xml is two words, copied freely; it and its texts live until the parser parses again or dies.
// Names are without their namespace's prefix. Entities but XML's five and numbers are not expanded,
// external ones never, so that no document can grow. Depth is limited to 1,024 elements, elements
// and attributes together to 4 million.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::base {

class Xml {
 public:
  class Children;

  /// Nothing: what a missing element is.
  Xml() = default;

  [[nodiscard]] bool exists() const { return node_ != nullptr; }
  [[nodiscard]] std::string_view name() const;
  /// The first child element of that name.
  Xml operator[](std::string_view name) const;
  /// The child elements in their order; only those of the name, if there is one.
  [[nodiscard]] Children children(std::string_view name = {}) const;
  /// The first text in it, without white space around it; empty if there is none.
  [[nodiscard]] std::string_view text() const;
  /// An attribute's value; nothing if it is not there.
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
  /// 1-based line of its start tag; 0 if not known, as of texts in UTF-16.
  [[nodiscard]] std::uint32_t line() const;

 private:
  friend class XmlParser;
  Xml(const void* document, void* node) : document_(document), node_(node) {}

  const void* document_ = nullptr;
  void* node_ = nullptr;
};

class Xml::Children {
 public:
  class Iterator {
   public:
    Xml operator*() const { return {document_, node_}; }
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return node_ == other.node_; }

   private:
    friend class Xml;
    friend class Children;
    const void* document_ = nullptr;
    void* node_ = nullptr;
    std::string_view name_;
  };
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] Iterator end() const { return {}; }

 private:
  friend class Xml;
  Iterator begin_;
};

class XmlParser {
 public:
  XmlParser();
  XmlParser(XmlParser&& other) noexcept;
  XmlParser& operator=(XmlParser&& other) noexcept;
  ~XmlParser();

  /// The root element of `text`, which is copied first.
  Result<Xml> parse(std::string_view text);

 private:
  friend class Xml;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigil::base
