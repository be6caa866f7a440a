#include "version/semantic.h"

#include <algorithm>

#include "base/text.h"
#include "version/scheme.h"

namespace vigil::version {
namespace {

enum Rank : std::uint8_t { End, Number, Text };

bool is_identifier_character(char c) {
  return base::is_alnum(c) || c == '-';
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), base::is_digit);
}

/// Takes the first identifier off the list and the dot behind it.
std::string_view take_identifier(std::string_view& list) {
  const std::size_t dot = std::min(list.find('.'), list.size());
  const std::string_view identifier = list.substr(0, dot);
  list.remove_prefix(std::min(dot + 1, list.size()));
  return identifier;
}

Result<void> check_identifiers(std::string_view list, bool numbers_may_lead_with_zero,
                               std::string_view text) {
  if (list.empty() || list.back() == '.') return fail("an empty identifier", std::string(text));
  while (!list.empty()) {
    const std::string_view identifier = take_identifier(list);
    if (identifier.empty()) return fail("an empty identifier", std::string(text));
    if (!std::all_of(identifier.begin(), identifier.end(), is_identifier_character)) {
      return fail("a character other than letters, digits, '-' and '.'", std::string(text));
    }
    if (!numbers_may_lead_with_zero && identifier.size() > 1 && identifier[0] == '0' &&
        all_digits(identifier)) {
      return fail("a number with a leading zero", std::string(text));
    }
  }
  return ok();
}

}  // namespace

Result<SemanticVersion> parse_semantic(std::string_view text, const SemanticRules& rules) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  SemanticVersion version;
  std::string_view rest = text;
  int count = 0;
  while (true) {
    std::size_t digits = 0;
    while (digits < rest.size() && base::is_digit(rest[digits])) ++digits;
    if (digits == 0) return fail("a number is missing", std::string(text));
    if (!rules.leading_zeros && digits > 1 && rest[0] == '0') {
      return fail("a number with a leading zero", std::string(text));
    }
    version.numbers[static_cast<std::size_t>(count++)] = rest.substr(0, digits);
    rest.remove_prefix(digits);
    if (count == 3 || !rest.starts_with('.')) break;
    rest.remove_prefix(1);
  }
  if (count < rules.minimum_numbers) return fail("fewer than three numbers", std::string(text));
  if (rest.empty()) return version;
  if (rest[0] == '.') return fail("more than three numbers", std::string(text));
  if (count < 3 && !rules.short_with_suffix) {
    return fail("a suffix after fewer than three numbers", std::string(text));
  }

  const std::size_t plus = std::min(rest.find('+'), rest.size());
  std::string_view prerelease = rest.substr(0, plus);
  if (plus < rest.size()) {
    version.build = rest.substr(plus + 1);
    VIGIL_CHECK(check_identifiers(version.build, true, text));
  }
  if (prerelease.empty()) return version;
  const bool unmarked =
      rules.unmarked == Unmarked::Always || (rules.unmarked != Unmarked::Never && count == 3);
  if (prerelease[0] == '-') {
    // Where nothing else could be the first identifier, node-semver lets the hyphen be it.
    const bool hyphen_is_identifier = rules.unmarked == Unmarked::AfterThreeNumbers && unmarked &&
                                      (prerelease.size() == 1 || prerelease[1] == '.');
    if (!hyphen_is_identifier) prerelease.remove_prefix(1);
  } else if (!unmarked) {
    return fail("neither '-' nor '+' after the numbers", std::string(text));
  }
  VIGIL_CHECK(check_identifiers(prerelease, rules.leading_zeros, text));
  version.prerelease = prerelease;
  return version;
}

void write_numbers(KeyWriter& key, const SemanticVersion& version) {
  for (const std::string_view number : version.numbers) key.number(number);
}

void write_identifiers(KeyWriter& key, std::string_view list) {
  while (!list.empty()) {
    const std::string_view identifier = take_identifier(list);
    if (all_digits(identifier)) {
      key.rank(Number).number(identifier);
    } else {
      key.rank(Text).text(identifier);
    }
  }
  key.rank(End);
}

void write_prerelease(KeyWriter& key, std::string_view prerelease) {
  key.rank(prerelease.empty() ? 1 : 0);
  if (!prerelease.empty()) write_identifiers(key, prerelease);
}

void write_first_prerelease(KeyWriter& key) {
  key.rank(0).rank(End);
}

}  // namespace vigil::version
