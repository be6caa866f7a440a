// Gentoo package versions, as the Package Manager Specification orders them.
//
// Reference: PMS, https://projects.gentoo.org/pms/8/pms.html sections 3.2 and 3.3 (algorithms 3.1
// to 3.7), and lib/portage/versions.py of Portage.
//
// Grammar: digits{.digits}{letter}{_suffix{digits}}{-rdigits}; suffixes alpha, beta, pre, rc below
// the release, p above it.
//
// The order. The first number compares by value. A later one too, unless it or the one it is
// compared with begins with 0: then both lose their trailing zeros and compare as text. Fewer
// numbers are older, then no letter is older than any, then the suffixes one by one, then the
// revision.
//
// Traps.
// - "1.0" < "1.0.0", yet "1.0" = "1.00": text without trailing zeros. "1.1" > "1.09" > "1.01".
// - An absent suffix number and an absent revision are 0: "1.0_p" = "1.0_p0", "1.0" = "1.0-r0"; but
// an
//   absent suffix is not "_p0": "1.0" < "1.0_p".
// - The letter decides after all numbers, unlike in apk: "1b" < "1.5".
// - Text without zeros at its end against a number without a zero in front never ties and always is
//   the lesser, so the order is total.
//
// Not handled: slots, repositories and the category/name prefix, which are no part of a version.
//
// Key: number, (2, later number)*, 1, letter or 0, (suffix rank, number)*, end rank, number.
#include <array>

#include "base/text.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::portage {
namespace {

enum Rank : std::uint8_t { NumbersEnd = 1, LaterNumber = 2, SuffixesEnd = 5 };

struct Suffix {
  std::string_view name;
  std::uint8_t rank;
};
constexpr std::array<Suffix, 5> kSuffixes = {
    {{"alpha", 1}, {"beta", 2}, {"pre", 3}, {"rc", 4}, {"p", SuffixesEnd + 1}}};

std::string_view take_digits(std::string_view& rest) {
  std::size_t length = 0;
  while (length < rest.size() && base::is_digit(rest[length])) ++length;
  const std::string_view digits = rest.substr(0, length);
  rest.remove_prefix(length);
  return digits;
}

bool take(std::string_view& rest, std::string_view literal) {
  if (!rest.starts_with(literal)) return false;
  rest.remove_prefix(literal.size());
  return true;
}

void write_later_number(KeyWriter& key, std::string_view digits) {
  key.rank(LaterNumber);
  if (digits.front() != '0') {
    key.number(digits);  // its length byte is at least 1
    return;
  }
  while (!digits.empty() && digits.back() == '0') digits.remove_suffix(1);
  key.rank(0).text(digits);
}

bool write_suffix(std::string_view& rest, KeyWriter& key) {
  std::size_t length = 0;
  while (length < rest.size() && base::is_lower(rest[length])) ++length;
  for (const Suffix& suffix : kSuffixes) {
    if (suffix.name != rest.substr(0, length)) continue;
    rest.remove_prefix(length);
    key.rank(suffix.rank).number(take_digits(rest));
    return true;
  }
  return false;
}

/// What is wrong; empty on success.
std::string_view write_parts(std::string_view rest, KeyWriter& key) {
  const std::string_view first = take_digits(rest);
  if (first.empty()) return "it does not begin with a digit";
  key.number(first);
  while (take(rest, ".")) {
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) return "no digits after a dot";
    write_later_number(key, digits);
  }
  key.rank(NumbersEnd);
  const bool letter = !rest.empty() && base::is_lower(rest.front());
  key.rank(letter ? static_cast<std::uint8_t>(rest.front()) : 0);
  if (letter) rest.remove_prefix(1);
  while (take(rest, "_")) {
    if (!write_suffix(rest, key)) return "an unknown suffix";
  }
  key.rank(SuffixesEnd);
  std::string_view revision;
  if (take(rest, "-r")) {
    revision = take_digits(rest);
    if (revision.empty()) return "no digits after '-r'";
  }
  key.number(revision);
  if (!rest.empty()) return "characters that belong to no part of a version";
  return {};
}

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  KeyWriter key(text.size());
  const std::string_view problem = write_parts(text, key);
  if (!problem.empty()) return fail(std::string(problem), std::string(text));
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"Gentoo"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "portage",
      .summary = "Gentoo package versions, as the Package Manager Specification orders them",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::portage
