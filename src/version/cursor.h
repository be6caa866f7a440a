// Reading a version from left to right. ASCII rules only; every step is constant work per byte.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "version/scheme.h"

namespace vigil::version {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  /// The character `ahead` of the next one; 0 beyond the end.
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return ahead < rest_.size() ? rest_[ahead] : '\0';
  }

  /// Takes the character if it is next.
  bool skip(char c) {
    if (done() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Takes one of the characters if one is next.
  bool skip_one_of(std::string_view characters) {
    return !done() && characters.find(rest_.front()) != std::string_view::npos &&
           skip(rest_.front());
  }
  /// Takes the word, given in lower case, if the text goes on with it in any case.
  bool skip_word(std::string_view word) {
    if (!base::equals_ignoring_case(rest_.substr(0, word.size()), word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// Takes the longest run of characters that satisfy the predicate; may be empty.
  template <typename Predicate>
  std::string_view take_while(Predicate predicate) {
    std::size_t length = 0;
    while (length < rest_.size() && predicate(rest_[length])) ++length;
    return take(length);
  }
  std::string_view digits() { return take_while(base::is_digit); }
  std::string_view letters() { return take_while(base::is_alpha); }
  std::string_view letters_and_digits() { return take_while(base::is_alnum); }

 private:
  std::string_view take(std::size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

  std::string_view rest_;
};

/// Whether decimal digits name a number above the limit, itself written without leading zeros.
constexpr bool exceeds(std::string_view digits, std::string_view limit) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  return digits.size() != limit.size() ? digits.size() > limit.size() : digits > limit;
}
inline constexpr std::string_view kInt32Maximum = "2147483647";

constexpr bool is_zero(std::string_view digits) {
  return digits.find_first_not_of('0') == std::string_view::npos;
}

/// Refuses what no scheme reads: texts beyond kMaximumLength, and the byte 0.
inline Result<void> check_readable(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  if (text.find('\0') != std::string_view::npos) return fail("the version holds a byte 0");
  return ok();
}

}  // namespace vigil::version
