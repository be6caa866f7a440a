#include "inventory/catalogers/binary/byte_pattern.h"

#include <algorithm>
#include <functional>

#include "base/text.h"

namespace vigil::inventory::binary {
namespace {

constexpr std::size_t kLongestNumber = 10;
constexpr std::size_t kLongestVersion = 64;
constexpr std::size_t kLongestRun = 64;
/// What is looked at behind the longest version to see that it is none: numbers that do not end.
constexpr std::size_t kBehindVersion = 256;

bool is_hex(char c) {
  return base::is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_printable(char c) {
  return c >= ' ' && c <= '~';
}
bool is_of_word(char c) {
  return base::is_alnum(c) || c == '.' || c == '_' || c == '-';
}

std::size_t run(std::string_view bytes, std::size_t at, std::size_t most, bool (*belongs)(char)) {
  std::size_t length = 0;
  while (length < most && at + length < bytes.size() && belongs(bytes[at + length])) ++length;
  return length;
}

/// The end of a pre-release at `at`, or `at`: "-rc.1", "beta2", "~b1".
std::size_t end_of_prerelease(std::string_view bytes, std::size_t at) {
  std::size_t end = at;
  if (end < bytes.size() && (bytes[end] == '-' || bytes[end] == '~' || bytes[end] == '.')) ++end;
  constexpr std::string_view kNames[] = {"alpha", "beta", "rc", "pre", "dev", "M", "a", "b"};
  for (const std::string_view name : kNames) {
    if (bytes.compare(end, name.size(), name) != 0) continue;
    end += name.size();
    if (end < bytes.size() && (bytes[end] == '.' || bytes[end] == '-')) ++end;
    const std::size_t digits = run(bytes, end, kLongestNumber, base::is_digit);
    return digits == 0 ? at : end + digits;
  }
  return at;
}

/// Calls `then` with every end a version of that shape may have, the longest first, until it is
/// satisfied.
bool match_shape(std::string_view shape, std::string_view bytes, std::size_t at,
                 const std::function<bool(std::size_t)>& then) {
  if (shape.empty()) return then(at);
  const char sign = shape.front();
  const std::string_view rest = shape.substr(1);
  if (sign == '0') {
    for (std::size_t n = run(bytes, at, kLongestNumber, base::is_digit); n > 0; --n) {
      if (match_shape(rest, bytes, at + n, then)) return true;
    }
    return false;
  }
  if (sign == 'a') {
    for (std::size_t n = run(bytes, at, 2, base::is_lower) + 1; n-- > 0;) {
      if (match_shape(rest, bytes, at + n, then)) return true;
    }
    return false;
  }
  if (sign == 'p' || sign == 'P') {
    if (at < bytes.size() && bytes[at] == 'p') {
      const std::size_t digits = run(bytes, at + 1, 3, base::is_digit);
      if (digits > 0 && match_shape(rest, bytes, at + 1 + digits, then)) return true;
    }
    return sign == 'p' && match_shape(rest, bytes, at, then);
  }
  if (sign == 'r') {
    const std::size_t end = end_of_prerelease(bytes, at);
    if (end != at && match_shape(rest, bytes, end, then)) return true;
    return match_shape(rest, bytes, at, then);
  }
  if (sign == '+') {
    std::size_t end = at;
    for (int groups = 0; groups < 4; ++groups) {
      if (end >= bytes.size() || bytes[end] != '.') break;
      const std::size_t digits = run(bytes, end + 1, kLongestNumber, base::is_digit);
      if (digits == 0) break;
      end += 1 + digits;
    }
    return match_shape(rest, bytes, end, then);
  }
  return at < bytes.size() && bytes[at] == sign && match_shape(rest, bytes, at + 1, then);
}

/// Behind code or numbers any byte may stand before a text, letters too.
bool begins_number(std::string_view bytes, std::size_t at) {
  return at == 0 || (!base::is_digit(bytes[at - 1]) && bytes[at - 1] != '.');
}

bool ends_word(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return true;
  if (base::is_alnum(bytes[at]) || bytes[at] == '*') return false;
  return bytes[at] != '.' || at + 1 >= bytes.size() || !base::is_digit(bytes[at + 1]);
}

}  // namespace

struct BytePattern::Attempt {
  std::string_view bytes;
  std::size_t anchor_at;
  std::uint64_t& budget;
  std::size_t version_begin = 0;
  std::size_t version_end = 0;
};

Result<BytePattern> BytePattern::parse(std::string_view text) {
  BytePattern pattern;
  int versions = 0;
  while (!text.empty()) {
    const std::size_t special = std::min(text.find_first_of("<{"), text.size());
    if (special > 0) {
      pattern.add_literal(text.substr(0, special));
      text.remove_prefix(special);
      continue;
    }
    const std::size_t end = text.find(text.front() == '<' ? '>' : '}');
    if (end == std::string_view::npos) return fail("a placeholder has no end");
    const std::string_view name = text.substr(1, end - 1);
    if (text.front() == '<') {
      ++versions;
      VIGIL_CHECK(pattern.add_version(name));
    } else {
      VIGIL_CHECK(pattern.add_placeholder(name));
    }
    text.remove_prefix(end + 1);
  }
  if (versions != 1) return fail("a pattern has exactly one version");
  pattern.choose_anchor();
  if (pattern.anchor_.size() < 3) return fail("a pattern needs a fixed text of three bytes");
  return pattern;
}

void BytePattern::add_literal(std::string_view text) {
  if (!tokens_.empty() && tokens_.back().kind == Kind::Literal) {
    tokens_.back().text += text;
  } else {
    tokens_.push_back({Kind::Literal, std::string(text)});
  }
}

Result<void> BytePattern::add_version(std::string_view shape) {
  if (shape.find('0') == std::string_view::npos) return fail("a version has a number");
  tokens_.push_back({Kind::Version, std::string(shape)});
  return ok();
}

Result<void> BytePattern::add_placeholder(std::string_view name) {
  constexpr std::pair<std::string_view, Kind> kNames[] = {
      {"digits", Kind::Digits}, {"seconds", Kind::Seconds}, {"hex", Kind::Hex},
      {"word", Kind::Word},     {"blanks", Kind::Blanks},   {"v", Kind::MayBeV},
      {"text", Kind::Text},
  };
  if (name == "0") {
    add_literal(std::string_view("\0", 1));
    return ok();
  }
  if (name == "nl") {
    add_literal("\n");
    return ok();
  }
  for (const auto& [known, kind] : kNames) {
    if (name != known) continue;
    tokens_.push_back({kind, {}});
    return ok();
  }
  return fail("there is no placeholder {" + std::string(name) + "}");
}

void BytePattern::choose_anchor() {
  std::size_t least = 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    switch (token.kind) {
      case Kind::Literal: {
        std::string fixed = token.text;
        if (i + 1 < tokens_.size() && tokens_[i + 1].kind == Kind::Version) {
          const std::string& shape = tokens_[i + 1].text;
          fixed += shape.substr(0, shape.find_first_of("0aprP+"));
        }
        if (fixed.size() > anchor_.size()) {
          anchor_ = fixed;
          anchor_token_ = i;
          before_at_least_ = least;
          before_at_most_ = most;
        }
        least += token.text.size();
        most += token.text.size();
        break;
      }
      case Kind::Seconds:
        least += 10;
        most += 10;
        break;
      case Kind::Version:
        least += 1;
        most += kLongestVersion;
        break;
      case Kind::Hex:
        least += 7;
        most += kLongestRun;
        break;
      case Kind::Digits:
      case Kind::Word:
      case Kind::Blanks:
        least += 1;
        most += kLongestRun;
        break;
      case Kind::MayBeV:
        most += 1;
        break;
      case Kind::Text:
        most += kLongestRun;
        break;
    }
  }
  reach_ = most + kBehindVersion;
}

bool BytePattern::match_from(Attempt& attempt, std::size_t index, std::size_t at) const {
  if (attempt.budget == 0) return false;
  --attempt.budget;
  if (index == tokens_.size()) return true;
  const std::string_view bytes = attempt.bytes;
  const Token& token = tokens_[index];
  const auto next = [&](std::size_t length) { return match_from(attempt, index + 1, at + length); };
  switch (token.kind) {
    case Kind::Literal:
      if (index == anchor_token_ && at != attempt.anchor_at) return false;
      return bytes.compare(at, token.text.size(), token.text) == 0 && next(token.text.size());
    case Kind::Version: {
      if (index == 0 && !begins_number(bytes, at)) return false;
      const Kind following = index + 1 < tokens_.size() ? tokens_[index + 1].kind : Kind::Text;
      // What follows says itself where the version ends.
      const bool told = following == Kind::Literal || following == Kind::Seconds ||
                        following == Kind::Word || following == Kind::Blanks;
      return match_shape(token.text, bytes, at, [&](std::size_t end) {
        if (end - at > kLongestVersion || (!told && !ends_word(bytes, end))) return false;
        attempt.version_begin = at;
        attempt.version_end = end;
        return match_from(attempt, index + 1, end);
      });
    }
    case Kind::Digits: {
      const std::size_t length = run(bytes, at, 20, base::is_digit);
      return length > 0 && next(length);
    }
    case Kind::Seconds:
      return at < bytes.size() && bytes[at] == '1' && run(bytes, at, 10, base::is_digit) == 10 &&
             next(10);
    case Kind::Hex: {
      const std::size_t length = run(bytes, at, kLongestRun, is_hex);
      return length >= 7 && next(length);
    }
    case Kind::Word: {
      if (at >= bytes.size() || !base::is_alpha(bytes[at])) return false;
      for (std::size_t n = run(bytes, at, kLongestRun, is_of_word); n > 0; --n) {
        if (next(n)) return true;
      }
      return false;
    }
    case Kind::Blanks: {
      const std::size_t length = run(bytes, at, 3, [](char c) { return c == ' '; });
      return length > 0 && next(length);
    }
    case Kind::MayBeV:
      return (at < bytes.size() && bytes[at] == 'v' && next(1)) || next(0);
    case Kind::Text:
      for (std::size_t n = 0; n <= kLongestRun; ++n) {
        if (next(n)) return true;
        if (at + n >= bytes.size() || !is_printable(bytes[at + n])) return false;
      }
      return false;
  }
  return false;
}

std::optional<BytePattern::Match> BytePattern::match(std::string_view bytes, std::size_t at,
                                                     std::uint64_t& budget) const {
  if (at > bytes.size() || at < before_at_least_) return std::nullopt;
  Attempt attempt{bytes, at, budget};
  const std::size_t last = at - before_at_least_;
  for (std::size_t from = at - std::min(before_at_most_, at); from <= last; ++from) {
    if (!match_from(attempt, 0, from)) continue;
    return Match{attempt.version_begin,
                 bytes.substr(attempt.version_begin, attempt.version_end - attempt.version_begin)};
  }
  return std::nullopt;
}

}  // namespace vigil::inventory::binary
