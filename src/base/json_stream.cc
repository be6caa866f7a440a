#include "base/json_stream.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace vigil::base {
namespace {

constexpr std::size_t kPadding = 64;  // simdjson::SIMDJSON_PADDING, checked in the test
constexpr std::size_t kFirstCapacity = std::size_t{256} << 10;

/// The part of the document in memory. Positions are indices into it, since growing moves it.
class Window {
 public:
  explicit Window(Input& input)
      : input_(&input),
        capacity_(kFirstCapacity),
        data_(std::make_unique_for_overwrite<char[]>(kFirstCapacity + kPadding)) {}

  /// Adds bytes at the end; false at the end of the input. Keeps what lies from `keep` on, and
  /// moves `keep` and `at` if that content moves.
  Result<bool> more(std::size_t& keep, std::size_t& at) {
    if (end_ == capacity_) {
      if (keep >= capacity_ / 2) {
        std::memmove(data_.get(), data_.get() + keep, end_ - keep);
      } else {
        capacity_ *= 2;
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_ + kPadding);
        std::memcpy(larger.get(), data_.get() + keep, end_ - keep);
        data_ = std::move(larger);
      }
      dropped_ += keep;
      end_ -= keep;
      at -= keep;
      keep = 0;
    }
    VIGIL_TRY(const std::size_t got, input_->read({data_.get() + end_, capacity_ - end_}));
    end_ += got;
    std::memset(data_.get() + end_, 0, kPadding);
    return got != 0;
  }

  [[nodiscard]] const char* data() const { return data_.get(); }
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] std::uint64_t offset(std::size_t at) const { return dropped_ + at; }

 private:
  Input* input_;
  std::size_t capacity_;
  std::unique_ptr<char[]> data_;
  std::size_t end_ = 0;
  std::uint64_t dropped_ = 0;
};

/// The first '"' or '\\' in [at, end), eight bytes at a time: a byte of `x` is zero exactly where
/// (x - 0x01..) & ~x has its high bit set, up to and including the first such byte, and the first
/// is looked for byte by byte, so the order of bytes in a word does not matter.
std::size_t find_string_mark(const char* data, std::size_t at, std::size_t end) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  while (end - at >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data + at, 8);
    const std::uint64_t quote = word ^ (kOnes * '"');
    const std::uint64_t backslash = word ^ (kOnes * '\\');
    if ((((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash)) & kHighs) break;
    at += 8;
  }
  while (at < end && data[at] != '"' && data[at] != '\\') ++at;
  return at;
}

enum class Mark : std::uint8_t { None, Quote, Open, Close };

constexpr std::array<Mark, 256> marks() {
  std::array<Mark, 256> table{};
  table['"'] = Mark::Quote;
  table['{'] = table['['] = Mark::Open;
  table['}'] = table[']'] = Mark::Close;
  return table;
}
constexpr std::array<Mark, 256> kMarks = marks();

constexpr bool is_json_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::optional<std::uint32_t> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<std::uint32_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<std::uint32_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
    value = value * 16 + digit;
  }
  return value;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | point >> 6);
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

/// The inside of a JSON string with its escapes resolved; nothing if one of them is wrong. A lone
/// surrogate becomes U+FFFD.
std::optional<std::string> decode_string(std::string_view raw) {
  std::string out;
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('\\'), raw.size());
    out += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (raw.empty()) break;
    if (raw.size() < 2) return std::nullopt;
    const char kind = raw[1];
    raw.remove_prefix(2);
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t letter = kLetters.find(kind); letter != std::string_view::npos) {
      out += kMeanings[letter];
      continue;
    }
    auto point = kind == 'u' ? hex4(raw) : std::nullopt;
    if (!point) return std::nullopt;
    raw.remove_prefix(4);
    if (*point >= 0xD800 && *point <= 0xDBFF && raw.starts_with("\\u")) {
      const auto low = hex4(raw.substr(2));
      if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
        raw.remove_prefix(6);
        point = 0x10000 + ((*point - 0xD800) << 10) + (*low - 0xDC00);
      }
    }
    append_utf8(out, *point >= 0xD800 && *point <= 0xDFFF ? 0xFFFD : *point);
  }
  return out;
}

class Walk {
 public:
  Walk(Input& input, const JsonLimits& limits) : window_(input), limits_(limits) {}

  /// The whole document; see for_each_json_child.
  Result<void> run(std::string_view member, const JsonVisitor& each, const JsonObserver& other) {
    VIGIL_CHECK(skip_byte_order_mark());
    VIGIL_TRY(const char open, next_token());
    if (member.empty()) {
      VIGIL_CHECK(children(open, "the document", [&] { return visit(each); }));
      return end_of_document();
    }
    if (open != '{') return bad("the document is not an object");
    bool found = false;
    VIGIL_CHECK(children(open, "the document", [&]() -> Result<void> {
      if (key_ != member) return other ? visit(other) : pass_over();
      found = true;
      VIGIL_TRY(const char inner, next_token());
      return children(inner, "the member '" + std::string(member) + "'",
                      [&] { return visit(each); });
    }));
    VIGIL_CHECK(end_of_document());
    if (!found) {
      return fail("has no member '" + std::string(member) + "'", {}, {}, ErrorCode::NotFound);
    }
    return ok();
  }

 private:
  /// Calls `child` with the position before each child of the array or object that `open` begins.
  template <typename Child>
  Result<void> children(char open, std::string_view what, const Child& child) {
    if (open != '{' && open != '[') {
      return bad(std::string(what) + " is neither an array nor an object");
    }
    const char close = open == '{' ? '}' : ']';
    ++at_;
    key_.clear();
    VIGIL_TRY(char token, next_token());
    if (token == close) {
      ++at_;
      return ok();
    }
    for (;;) {
      if (open == '{') VIGIL_CHECK(read_key());
      VIGIL_CHECK(child());
      VIGIL_TRY(token, next_token());
      ++at_;
      if (token == close) return ok();
      if (token != ',') {
        --at_;
        return bad(std::string("expected ',' or '") + close + "' after a value");
      }
      VIGIL_TRY(token, next_token());
    }
  }

  Result<void> read_key() {
    key_.clear();
    VIGIL_TRY(const char quote, next_token());
    if (quote != '"') return bad("expected a member name");
    keep_ = at_;
    VIGIL_CHECK(pass_string());
    if (at_ - keep_ > limits_.value_bytes) return too_large();
    auto decoded = decode_string({window_.data() + keep_ + 1, at_ - keep_ - 2});
    if (!decoded) return bad("a member name has a wrong escape");
    keep_ = kNothing;
    key_ = std::move(*decoded);
    VIGIL_TRY(const char colon, next_token());
    if (colon != ':') return bad("expected ':' after a member name");
    ++at_;
    return ok();
  }

  template <typename Visitor>
  Result<void> visit(const Visitor& visitor) {
    VIGIL_CHECK(next_token());
    keep_ = at_;
    VIGIL_CHECK(pass_over());
    if (at_ - keep_ > limits_.value_bytes) return too_large();
    const std::string_view value(window_.data() + keep_, at_ - keep_);
    keep_ = kNothing;
    if constexpr (std::is_same_v<Visitor, JsonVisitor>) {
      return visitor(key_, value);
    } else {
      visitor(key_, value);
      return ok();
    }
  }

  /// Passes one value. On entry white space may be ahead unless `keep_` is set.
  Result<void> pass_over() {
    VIGIL_TRY(const char first, next_token());
    if (first == '"') return pass_string();
    if (first == '{' || first == '[') return pass_nested();
    const std::uint64_t from = window_.offset(at_);
    for (;;) {
      for (const char* data = window_.data(); at_ < window_.end(); ++at_) {
        const char c = data[at_];
        if (c != ',' && c != '}' && c != ']' && !is_json_space(c)) continue;
        return window_.offset(at_) == from ? bad("expected a value") : ok();
      }
      VIGIL_CHECK(refill());
    }
  }

  Result<void> pass_nested() {
    std::uint32_t depth = 0;
    for (;;) {
      const char* data = window_.data();
      const std::size_t end = window_.end();
      while (at_ < end && kMarks[static_cast<unsigned char>(data[at_])] == Mark::None) ++at_;
      if (at_ == end) {
        VIGIL_CHECK(refill());
        continue;
      }
      const Mark mark = kMarks[static_cast<unsigned char>(data[at_])];
      if (mark == Mark::Quote) {
        VIGIL_CHECK(pass_string());
        continue;
      }
      ++at_;
      if (mark == Mark::Close) {
        if (--depth == 0) return ok();
      } else if (++depth > limits_.depth) {
        return fail("nested deeper than " + std::to_string(limits_.depth), place(), {},
                    ErrorCode::TooLarge);
      }
    }
  }

  /// From an opening quote to behind the closing one.
  Result<void> pass_string() {
    ++at_;
    for (;;) {
      at_ = find_string_mark(window_.data(), at_, window_.end());
      if (at_ == window_.end()) {
        VIGIL_CHECK(refill());
      } else if (window_.data()[at_] == '"') {
        ++at_;
        return ok();
      } else {
        ++at_;
        if (at_ == window_.end()) VIGIL_CHECK(refill());
        ++at_;
      }
    }
  }

  /// The next byte that is not white space; it stays unread.
  Result<char> next_token() {
    for (;;) {
      for (const char* data = window_.data(); at_ < window_.end(); ++at_) {
        if (!is_json_space(data[at_])) return data[at_];
      }
      VIGIL_CHECK(refill());
    }
  }

  /// Some feeds begin with U+FEFF, which RFC 8259 section 8.1 lets a reader ignore.
  Result<void> skip_byte_order_mark() {
    while (window_.end() < 3) {
      VIGIL_TRY(const bool got, window_.more(at_, at_));
      if (!got) break;
    }
    if (std::string_view(window_.data(), window_.end()).starts_with("\xEF\xBB\xBF")) at_ = 3;
    return ok();
  }

  Result<void> end_of_document() {
    for (;;) {
      for (; at_ < window_.end(); ++at_) {
        if (!is_json_space(window_.data()[at_])) return bad("text after the end of the document");
      }
      VIGIL_TRY(const bool got, window_.more(at_, at_));
      if (!got) return ok();
    }
  }

  /// More bytes behind `at_`, or an error: the document is not complete yet.
  Result<void> refill() {
    const bool keeping = keep_ != kNothing;
    if (keeping && window_.end() - keep_ > limits_.value_bytes) return too_large();
    std::size_t& keep = keeping ? keep_ : at_;
    VIGIL_TRY(const bool got, window_.more(keep, at_));
    if (got) return ok();
    if (window_.offset(at_) == 0) return fail("is empty");
    return fail("ends in the middle", place(), "fetch it again");
  }

  tl::unexpected<Error> bad(std::string what) const { return fail(std::move(what), place()); }
  tl::unexpected<Error> too_large() const {
    return fail("larger than the limit of " + std::to_string(limits_.value_bytes) + " bytes",
                place(), {}, ErrorCode::TooLarge);
  }
  /// "byte 1234 in 'key'".
  std::string place() const {
    std::string text = "byte " + std::to_string(window_.offset(keep_ == kNothing ? at_ : keep_));
    if (!key_.empty()) text += " in '" + key_.substr(0, 200) + "'";
    return text;
  }

  static constexpr std::size_t kNothing = static_cast<std::size_t>(-1);
  Window window_;
  JsonLimits limits_;
  std::size_t at_ = 0;
  std::size_t keep_ = kNothing;  ///< where the text that must stay in memory begins
  std::string key_;
};

}  // namespace

Result<void> for_each_json_child(Input& input, std::string_view member, const JsonLimits& limits,
                                 const JsonVisitor& each, const JsonObserver& other) {
  return Walk(input, limits).run(member, each, other);
}

}  // namespace vigil::base
