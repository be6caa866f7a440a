#include "base/json_tree.h"

#include <simdjson.h>

#include <bit>
#include <type_traits>

#include "base/text.h"

namespace vigil::base {
namespace {

namespace dom = simdjson::dom;

// simdjson's element and its iterators are all one pair of a document and an index on its tape.
// Ours are the same pair, so that our header does not need theirs, which takes 1.6 s to compile.
struct Handle {
  const void* document;
  std::size_t index;
};

template <typename T>
T restore(const void* document, std::size_t index) {
  static_assert(sizeof(T) == sizeof(Handle) && std::is_trivially_copyable_v<T>);
  return std::bit_cast<T>(Handle{document, index});
}

template <typename T>
Handle handle(const T& value) {
  return std::bit_cast<Handle>(value);
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The value of "\uXXXX" at `at`, or -1.
int unicode_escape(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int value = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/// Halves of surrogate pairs become \ufffd, in place: the escape has the same length.
void mend_surrogates(std::string& text) {
  for (std::size_t i = text.find('\\'); i != std::string::npos; i = text.find('\\', i)) {
    const int first = unicode_escape(text, i);
    if (first < 0xD800 || first > 0xDFFF) {
      i += first < 0 ? 2 : 6;
      continue;
    }
    const int second = unicode_escape(text, i + 6);
    if (first < 0xDC00 && second >= 0xDC00 && second <= 0xDFFF) {
      i += 12;
      continue;
    }
    text.replace(i, 6, "\\ufffd");
    i += 6;
  }
}

}  // namespace

bool Json::is_object() const {
  return exists() && restore<dom::element>(document_, index_).is_object();
}
bool Json::is_array() const {
  return exists() && restore<dom::element>(document_, index_).is_array();
}
bool Json::is_string() const {
  return exists() && restore<dom::element>(document_, index_).is_string();
}

Json Json::operator[](std::string_view key) const {
  if (!is_object()) return {};
  dom::object object;
  dom::element found;
  if (restore<dom::element>(document_, index_).get(object) != simdjson::SUCCESS) return {};
  if (object.at_key(key).get(found) != simdjson::SUCCESS) return {};
  const Handle h = handle(found);
  return {h.document, h.index};
}

Json::Items Json::items() const {
  Items items;
  dom::array array;
  if (!is_array() || restore<dom::element>(document_, index_).get(array) != simdjson::SUCCESS) {
    return items;
  }
  const Handle begin = handle(array.begin());
  const Handle end = handle(array.end());
  items.begin_.document_ = items.end_.document_ = begin.document;
  items.begin_.index_ = begin.index;
  items.end_.index_ = end.index;
  return items;
}

Json::Members Json::members() const {
  Members members;
  dom::object object;
  if (!is_object() || restore<dom::element>(document_, index_).get(object) != simdjson::SUCCESS) {
    return members;
  }
  const Handle begin = handle(object.begin());
  const Handle end = handle(object.end());
  members.begin_.document_ = members.end_.document_ = begin.document;
  members.begin_.index_ = begin.index;
  members.end_.index_ = end.index;
  return members;
}

std::string_view Json::text() const {
  std::string_view text;
  if (!exists() || restore<dom::element>(document_, index_).get(text) != simdjson::SUCCESS) {
    return {};
  }
  return text;
}

std::optional<double> Json::number() const {
  double value = 0;
  if (!exists() || restore<dom::element>(document_, index_).get(value) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> Json::integer() const {
  std::int64_t value = 0;
  if (!exists() || restore<dom::element>(document_, index_).get(value) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return value;
}

std::optional<bool> Json::truth() const {
  bool value = false;
  if (!exists() || restore<dom::element>(document_, index_).get(value) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return value;
}

Json::Items::Iterator& Json::Items::Iterator::operator++() {
  auto iterator = restore<dom::array::iterator>(document_, index_);
  index_ = handle(++iterator).index;
  return *this;
}

Json::Members::Member Json::Members::Iterator::operator*() const {
  const auto iterator = restore<dom::object::iterator>(document_, index_);
  const Handle value = handle(iterator.value());
  return {iterator.key(), Json(value.document, value.index)};
}

Json::Members::Iterator& Json::Members::Iterator::operator++() {
  auto iterator = restore<dom::object::iterator>(document_, index_);
  index_ = handle(++iterator).index;
  return *this;
}

struct JsonParser::State {
  dom::parser parser;
  std::string copy;
};

JsonParser::JsonParser() : state_(std::make_unique<State>()) {}
JsonParser::JsonParser(JsonParser&& other) noexcept = default;
JsonParser& JsonParser::operator=(JsonParser&& other) noexcept = default;
JsonParser::~JsonParser() = default;

Result<Json> JsonParser::parse(std::string_view text) {
  std::string& copy = state_->copy;
  copy.assign(text);
  copy.append(kPadding, ' ');
  return parse_padded(std::string_view(copy).substr(0, text.size()));
}

Result<Json> JsonParser::parse_padded(std::string_view text) {
  static_assert(kPadding >= simdjson::SIMDJSON_PADDING);
  dom::element root;
  auto error = state_->parser.parse(text.data(), text.size(), false).get(root);
  if (error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR) {
    std::string mended = error == simdjson::UTF8_ERROR ? printable(text) : std::string(text);
    mend_surrogates(mended);
    const std::size_t size = mended.size();
    mended.append(kPadding, ' ');
    state_->copy = std::move(mended);
    error = state_->parser.parse(state_->copy.data(), size, false).get(root);
  }
  if (error != simdjson::SUCCESS) {
    const ErrorCode code = error == simdjson::CAPACITY || error == simdjson::DEPTH_ERROR
                               ? ErrorCode::TooLarge
                               : ErrorCode::Invalid;
    return fail(std::string("not JSON: ") + simdjson::error_message(error), {}, {}, code);
  }
  const Handle h = handle(root);
  return Json(h.document, h.index);
}

}  // namespace vigil::base
