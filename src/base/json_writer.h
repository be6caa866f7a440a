// Appends JSON to a string: byte-stable output, no document in memory, no locale.
//
//   JsonWriter json;            // or JsonWriter json(2) for two blanks of indentation
//   json.begin_object();
//   json.member("id", "CVE-2024-1234").member("score", 7.5);
//   json.key("cwes").begin_array().value("CWE-79").end_array();
//   json.end_object();
//   std::string text = json.take();
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::base {

class JsonWriter {
 public:
  /// 0: everything on one line.
  explicit JsonWriter(int indentation = 0) : indentation_(indentation) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  /// Text is escaped; invalid UTF-8 becomes U+FFFD.
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  /// The shortest text that reads back as the same number; not a number and infinities are null.
  JsonWriter& value(double number);
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(bool truth);
  /// An array of texts, the first `limit` of them.
  JsonWriter& value(const std::vector<std::string>& texts, std::size_t limit = SIZE_MAX);
  JsonWriter& null();
  /// JSON text as it is.
  JsonWriter& raw(std::string_view json);
  /// Valid JSON text without white space, as this class writes it at indentation 0, laid out as the
  /// rest is.
  JsonWriter& laid_out(std::string_view json);

  template <typename T>
  JsonWriter& member(std::string_view name, const T& content) {
    key(name);
    return value(content);
  }
  /// Left out when the text is empty.
  JsonWriter& optional_member(std::string_view name, std::string_view text) {
    return text.empty() ? *this : member(name, text);
  }
  /// Left out when there are none.
  JsonWriter& optional_member(std::string_view name, const std::vector<std::string>& texts,
                              std::size_t limit = SIZE_MAX) {
    return texts.empty() ? *this : key(name).value(texts, limit);
  }

  [[nodiscard]] const std::string& text() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void before_value();
  void new_line();
  void close(char mark);

  std::string out_;
  std::vector<bool> has_content_;
  int indentation_;
  bool after_key_ = false;
};

}  // namespace vigil::base
