#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

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

namespace {

// Eight bytes at a time: each of these is 0x01, 0x20 or 0x80 in every byte of a word. The test for "some
// byte is below n" is the classic (word - n) & ~word & 0x80; a borrow can only report too much, and
// then the bytes are looked at one by one.
constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kBlanks = kOnes * 0x20;
constexpr std::uint64_t kHigh = kOnes * 0x80;

std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, sizeof(word));
  return word;
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

bool is_ascii(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    if ((word_at(text, at) & kHigh) != 0) return false;
  }
  for (; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
  }
  return true;
}

/// Where the next byte that needs an escape is, or the end.
std::size_t next_escape(std::string_view text, std::size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    const std::uint64_t word = word_at(text, at);
    const std::uint64_t quote = word ^ (kOnes * '"');
    const std::uint64_t backslash = word ^ (kOnes * '\\');
    const std::uint64_t some = ((word - kBlanks) & ~word) | ((quote - kOnes) & ~quote) |
                               ((backslash - kOnes) & ~backslash);
    if ((some & kHigh) != 0) break;
  }
  for (; at < text.size(); ++at) {
    if (needs_escape(text[at])) return at;
  }
  return at;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '\\';
  if (c == '"' || c == '\\') {
    out += c;
  } else if (c == '\n') {
    out += 'n';
  } else if (c == '\r') {
    out += 'r';
  } else if (c == '\t') {
    out += 't';
  } else {
    out += "u00";
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 0x0F];
  }
}

}  // namespace

JsonWriter& JsonWriter::value(std::string_view text) {
  before_value();
  std::string cleaned;
  // Only text with bytes past ASCII can be invalid; `printable` also drops control characters,
  // which JSON would merely escape: no text of ours means them.
  if (!is_ascii(text)) {
    cleaned = printable(text);
    text = cleaned;
  }
  out_ += '"';
  for (std::size_t done = 0;;) {
    const std::size_t at = next_escape(text, done);
    out_ += text.substr(done, at - done);
    if (at == text.size()) break;
    append_escape(out_, text[at]);
    done = at + 1;
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
