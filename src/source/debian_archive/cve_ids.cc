#include "source/debian_archive/cve_ids.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "base/text.h"

namespace vigil::source::debian_archive {
namespace {

constexpr std::size_t kShortestNumber = 4;  // cve.org, "CVE ID syntax": at least four digits
constexpr std::size_t kLongestNumber = 9;
constexpr std::size_t kMost = 10'000;  // a kernel's upload names some thousand

/// Reads ids at a place in the text; every function moves only when it succeeds.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<std::string> scan() {
    while (at_ < text_.size() && found_.size() < kMost) {
      if (prefix()) {
        list();
      } else {
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  /// "CVE" or "CAN" at the beginning of a word; `at_` then stands behind it.
  bool prefix() {
    const char first = text_[at_];
    if (first != 'C' && first != 'c') return false;
    if (at_ > 0 && base::is_alnum(text_[at_ - 1])) return false;
    const std::string_view word = rest().substr(0, 3);
    candidate_ = word == "CAN";
    if (!candidate_ && !base::equals_ignoring_case(word, "CVE")) return false;
    at_ += 3;
    return true;
  }

  void blanks() {
    while (at_ < text_.size() && base::is_space(text_[at_])) ++at_;
  }

  /// A hyphen, ASCII or typographic (U+2010 to U+2014), or an underscore.
  bool hyphen() {
    if (rest().starts_with('-') || rest().starts_with('_')) {
      ++at_;
      return true;
    }
    if (rest().size() >= 3 && rest().starts_with("\xE2\x80") && rest()[2] >= '\x90' &&
        rest()[2] <= '\x94') {
      at_ += 3;
      return true;
    }
    return false;
  }

  /// Exactly the digits of one number.
  std::optional<std::string_view> digits(std::size_t least, std::size_t most) {
    std::size_t end = at_;
    while (end < text_.size() && base::is_digit(text_[end])) ++end;
    const std::size_t length = end - at_;
    if (length < least || length > most) return std::nullopt;
    const std::string_view number = text_.substr(at_, length);
    at_ = end;
    return number;
  }

  std::optional<std::string_view> year() {
    const std::size_t before = at_;
    const auto number = digits(4, 4);
    const bool plausible = number && (number->starts_with("19") || number->starts_with("20"));
    if (plausible && (!candidate_ || *number <= "2005")) return number;
    at_ = before;
    return std::nullopt;
  }

  void add(std::string_view year, std::string_view number) {
    std::string id = "CVE-" + std::string(year) + "-" + std::string(number);
    if (seen_.insert(id).second) found_.push_back(std::move(id));
  }

  /// "2024-1234": a year, a hyphen, a number or a group of them in braces.
  bool dated_number() {
    const std::size_t before = at_;
    if (const auto number_year = year()) {
      blanks();
      if (hyphen()) {
        blanks();
        if (group(*number_year)) return true;
        if (const auto number = digits(kShortestNumber, kLongestNumber)) {
          add(*number_year, *number);
          year_ = *number_year;
          return true;
        }
      }
    }
    at_ = before;
    return false;
  }

  /// "{1234,5678}"
  bool group(std::string_view group_year) {
    if (!rest().starts_with('{')) return false;
    ++at_;
    year_ = group_year;
    while (at_ < text_.size() && found_.size() < kMost) {
      blanks();
      const auto number = digits(kShortestNumber, kLongestNumber);
      if (!number) break;
      add(group_year, *number);
      blanks();
      if (!rest().starts_with(',')) break;
      ++at_;
    }
    if (rest().starts_with('}')) ++at_;
    return true;
  }

  /// What follows the prefix: one id, or several that share it.
  void list() {
    const std::size_t before = at_;
    blanks();
    if (rest().starts_with(':') || rest().starts_with('#')) ++at_;
    blanks();
    if (hyphen()) blanks();
    if (!dated_number()) {
      at_ = before;
      return;
    }
    while (found_.size() < kMost && continuation()) {
    }
  }

  bool continuation() {
    const std::size_t before = at_;
    blanks();
    const bool slash = rest().starts_with('/');
    if (slash || rest().starts_with(',') || rest().starts_with('&')) {
      ++at_;
    } else if (rest().starts_with("and") && at_ > before) {
      at_ += 3;
    } else {
      at_ = before;
      return false;
    }
    blanks();
    if (dated_number()) return true;
    const bool bare = !hyphen();
    if (!bare || slash) {
      const auto number = digits(kShortestNumber, kLongestNumber);
      // "1234/2024-5678" was looked at before; a letter behind makes it something else.
      if (number && (at_ == text_.size() || !base::is_alnum(text_[at_]))) {
        add(year_, *number);
        return true;
      }
    }
    at_ = before;
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool candidate_ = false;  ///< the prefix was CAN
  std::string_view year_;   ///< of the last id, for numbers without one
  std::vector<std::string> found_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::vector<std::string> find_cves(std::string_view text) {
  return Scanner(text).scan();
}

}  // namespace vigil::source::debian_archive
