// A JSON document as a tree, for documents that fit in memory. Reading is tolerant: whatever is not
// there or of another type reads as nothing, so that a reader of foreign data names its path once
// and needs no error handling per step.
//
//   JsonParser parser;
//   VIGIL_TRY(const Json record, parser.parse(text));
//   for (const Json& affected : record["affected"].items())
//     use(affected["package"]["name"].text());
//
// A Json is two words, copied freely; it and its texts live until the parser parses again or dies.
// Depth is limited to 1,024 levels and nothing recurses. Of equal keys the first counts. Invalid
// UTF-8 and halves of surrogate pairs, which real feeds contain, read as U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::base {

class Json {
 public:
  class Items;
  class Members;

  /// Nothing: what a missing member is.
  Json() = default;

  [[nodiscard]] bool exists() const { return document_ != nullptr; }
  [[nodiscard]] bool is_object() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_string() const;

  /// The member of an object; linear in its size.
  Json operator[](std::string_view key) const;
  /// The elements of an array in their order; none if it is something else.
  [[nodiscard]] Items items() const;
  /// The members of an object in their order; none if it is something else.
  [[nodiscard]] Members members() const;

  /// The text of a string; empty if it is something else.
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<bool> truth() const;

 private:
  friend class JsonParser;
  friend class JsonLines;
  Json(const void* document, std::size_t index) : document_(document), index_(index) {}

  const void* document_ = nullptr;
  std::size_t index_ = 0;
};

class Json::Items {
 public:
  class Iterator {
   public:
    Json operator*() const { return {document_, index_}; }
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    friend class Json;
    const void* document_ = nullptr;
    std::size_t index_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] Iterator end() const { return end_; }

 private:
  friend class Json;
  Iterator begin_;
  Iterator end_;
};

class Json::Members {
 public:
  struct Member {
    std::string_view key;
    Json value;
  };
  class Iterator {
   public:
    Member operator*() const;
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    friend class Json;
    const void* document_ = nullptr;
    std::size_t index_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] Iterator end() const { return end_; }

 private:
  friend class Json;
  Iterator begin_;
  Iterator end_;
};

class JsonParser {
 public:
  JsonParser();
  JsonParser(JsonParser&& other) noexcept;
  JsonParser& operator=(JsonParser&& other) noexcept;
  ~JsonParser();

  /// The root of `text`, which is copied first.
  Result<Json> parse(std::string_view text);
  /// The same without the copy: at least kPadding readable bytes lie behind the end of `text`.
  Result<Json> parse_padded(std::string_view text);

  static constexpr std::size_t kPadding = 64;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigil::base
