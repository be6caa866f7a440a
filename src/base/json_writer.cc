#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace vigil::base {

void JsonWriter::new_line() {
  if (indentation_ == 0) return;
  out_ += '\n';
  out_.append(has_content_.size() * static_cast<std::size_t>(indentation_), ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_content_.empty()) return;
  if (has_content_.back()) out_ += ',';
  has_content_.back() = true;
  new_line();
}

void JsonWriter::close(char mark) {
  const bool had_content = has_content_.back();
  has_content_.pop_back();
  if (had_content) new_line();
  out_ += mark;
}

JsonWriter& JsonWriter::begin_object() {
  before_value();
  out_ += '{';
  has_content_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  close('}');
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  before_value();
  out_ += '[';
  has_content_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  close(']');
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  out_ += indentation_ == 0 ? ":" : ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  before_value();
  constexpr std::string_view kDigits = "0123456789abcdef";
  out_ += '"';
  std::string cleaned;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) continue;
    // Only text with bytes past ASCII can be invalid; `printable` also drops control characters,
    // which JSON would merely escape: no text of ours means them.
    cleaned = printable(text);
    text = cleaned;
    break;
  }
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (byte >= 0x20) {
      out_ += c;
    } else if (c == '\n') {
      out_ += "\\n";
    } else if (c == '\r') {
      out_ += "\\r";
    } else if (c == '\t') {
      out_ += "\\t";
    } else {
      out_ += "\\u00";
      out_ += kDigits[byte >> 4];
      out_ += kDigits[byte & 0x0F];
    }
  }
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  before_value();
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  out_.append(buffer.data(), end);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  before_value();
  out_ += std::to_string(number);
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
  before_value();
  out_ += std::to_string(number);
  return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
  before_value();
  out_ += truth ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::value(const std::vector<std::string>& texts, std::size_t limit) {
  begin_array();
  for (std::size_t i = 0; i < texts.size() && i < limit; ++i) value(std::string_view(texts[i]));
  return end_array();
}

JsonWriter& JsonWriter::null() {
  before_value();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  before_value();
  out_ += json;
  return *this;
}

namespace {

/// How long the string, number or word at the beginning of `json` is.
std::size_t scalar_length(std::string_view json) {
  if (json.front() != '"') return std::min(json.find_first_of(",:]}"), json.size());
  std::size_t at = 1;
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
  return std::min(at + 1, json.size());
}

}  // namespace

JsonWriter& JsonWriter::laid_out(std::string_view json) {
  if (indentation_ == 0) return raw(json);
  while (!json.empty()) {
    const char mark = json.front();
    std::size_t length = 1;
    if (mark == '{') {
      begin_object();
    } else if (mark == '[') {
      begin_array();
    } else if (mark == '}' || mark == ']') {
      close(mark);
    } else if (mark == ':') {
      out_ += ": ";
      after_key_ = true;
    } else if (mark != ',') {
      length = scalar_length(json);
      raw(json.substr(0, length));
    }
    json.remove_prefix(length);
  }
  return *this;
}

}  // namespace vigil::base
