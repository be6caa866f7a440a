// PHP package versions, as Composer orders them.
//
// Reference: composer/semver, VersionParser::normalize() and Comparator, which hands the normalised
// texts to PHP's version_compare(); "Versions and constraints" of the Composer manual.
//
// A version is [v]N[.N[.N[.N]]] with at most five digits in the first number, or a date of four to
// sixteen digits and one last number (2010-01-02, 20100102.203040); then a stability: [._-] and one
// of stable, beta or b, RC, alpha or a, patch or pl or p, with dotted or dashed numbers; then
// [.-]dev. Three more forms: branches with numbers ("2.x-dev", "2.1.*-dev") are above every version
// of their number; "+metadata" and "@stability" are cut off; of "A as B" only A counts.
//
// The order. Numbers by value, missing ones of the first four 0; then, at every place,
//   other word < dev < alpha < beta < RC < end of the version < number < patch.
//
// Traps.
// - 1.0-patch1 and 1.0-p1 are above 1.0; 1.0-beta = 1.0.0.0b < 1.0-beta1 < 1.0-RC1; and 1.0-dev is
//   below 1.0-alpha, 1.0-beta1-dev below 1.0-beta1.
// - A dot, dash or underscore may trail: "1.0-" is 1.0.
// - "1.0-stable" is 1.0 whatever follows ("1.0-stable2-dev" too), but "1.0-STABLE" is below
//   1.0-dev: the tool compares that word by case and then meets a word it does not know.
// - Dates are not padded: 20100102 < 20100102.0; 2010.1.2 is a version of four numbers, not a date.
// - Numbers end at 2^63-1; all above are equal.
//
// Refused although Composer reads them: branches without numbers (dev-main, dev-2.x, and the bare
// names master, trunk, default). Composer itself gives them no order: every comparison but equality
// with the same branch is false, "dev branches never match anything". Composer 1 put dev-master
// above all versions, PHP puts it below; a place among the versions would make findings of a guess.
// They fail with ErrorCode::Unsupported.
//
// Key: for every number and word its place in the order above, then the digits; an end.
#include <array>
#include <optional>

#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::composer {
namespace {

constexpr std::string_view kLargestNumber = "9223372036854775807";
constexpr std::string_view kBranchNumber = "9999999";

enum Rank : std::uint8_t { OtherWord = 1, Dev, Alpha, Beta, Candidate, End, Number, Patch };

struct Stability {
  std::string_view word;
  Rank rank;
};
// A word before those that it begins with.
constexpr std::array<Stability, 9> kStabilities{{{"stable", OtherWord},
                                                 {"beta", Beta},
                                                 {"b", Beta},
                                                 {"rc", Candidate},
                                                 {"alpha", Alpha},
                                                 {"a", Alpha},
                                                 {"patch", Patch},
                                                 {"pl", Patch},
                                                 {"p", Patch}}};

void write_number(KeyWriter& key, std::string_view digits) {
  key.rank(Number).number(exceeds(digits, kLargestNumber) ? kLargestNumber : digits);
}

/// The numbers of a stability: the rest of "beta.1-2".
void write_stability_numbers(Cursor& in, KeyWriter& key) {
  for (;;) {
    const bool separated = in.peek() == '.' || in.peek() == '-';
    if (!base::is_digit(in.peek(separated ? 1 : 0))) return;
    in.skip_one_of(".-");
    write_number(key, in.digits());
  }
}

/// The whole of what may follow the numbers; false if it is something else.
bool write_modifier(Cursor in, KeyWriter& key) {
  in.skip_one_of("._-");
  // "stable", written so, takes the meaning from all that follows.
  KeyWriter unheeded;
  KeyWriter& out = in.rest().starts_with("stable") ? unheeded : key;
  for (const Stability& stability : kStabilities) {
    if (in.done() || !in.skip_word(stability.word)) continue;
    out.rank(stability.rank);
    write_stability_numbers(in, out);
    break;
  }
  if (base::is_alpha(in.peek(1))) in.skip_one_of(".-");
  if (in.skip_word("dev")) out.rank(Dev);
  key.rank(End);
  return in.done();
}

/// [v]N[.N[.N[.N]]] and a modifier.
std::optional<Key> classical(std::string_view version) {
  Cursor in(version);
  in.skip_word("v");
  const std::string_view major = in.digits();
  if (major.empty() || major.size() > 5) return std::nullopt;
  KeyWriter key;
  write_number(key, major);
  for (int i = 1; i < 4; ++i) {
    std::string_view number;
    if (in.peek() == '.' && base::is_digit(in.peek(1))) {
      in.skip('.');
      number = in.digits();
    }
    write_number(key, number);
  }
  if (!write_modifier(in, key)) return std::nullopt;
  return key.take();
}

/// Four digits, one to six pairs, one to three digits; separators between them, or none.
std::optional<Key> date(std::string_view version) {
  Cursor in(version);
  in.skip_word("v");
  KeyWriter key;
  std::size_t pairs = 0;
  std::size_t unpaired = 0;  // digits of the last group that are not in the year or a pair before
  for (bool first = true;; first = false) {
    const std::string_view group = in.digits();
    if (unpaired % 2 != 0 || (first && group.size() < 4)) return std::nullopt;
    pairs += unpaired / 2;
    unpaired = first ? group.size() - 4 : group.size();
    write_number(key, group);
    if (!base::is_digit(in.peek(1)) || !in.skip_one_of(".:-")) break;
  }
  // The last group ends in a run of 0 to 3 digits that is no pair; take what leaves the right
  // number.
  const std::size_t most = pairs + unpaired / 2;
  const std::size_t least = unpaired >= 2 ? most - 1 : most;
  if (most < 1 || least > 6 || !write_modifier(in, key)) return std::nullopt;
  return key.take();
}

/// "2.x-dev", "2-dev": numbers and placeholders, then dev.
std::optional<Key> numbered_branch(std::string_view version) {
  constexpr std::string_view kSuffix = "dev";
  if (version.size() < kSuffix.size()) return std::nullopt;
  std::string_view name = version.substr(0, version.size() - kSuffix.size());
  if (!base::equals_ignoring_case(version.substr(name.size()), kSuffix)) return std::nullopt;
  if (name.ends_with('.') || name.ends_with('-')) name.remove_suffix(1);
  Cursor in(base::trim(name));
  in.skip_word("v");
  const std::string_view major = in.digits();
  if (major.empty()) return std::nullopt;
  KeyWriter key;
  write_number(key, major);
  for (int i = 1; i < 4; ++i) {
    std::string_view number = kBranchNumber;
    if (in.skip('.') && !in.skip_one_of("xX*")) {
      number = in.digits();
      if (number.empty()) return std::nullopt;
    }
    write_number(key, number);
  }
  if (!in.done()) return std::nullopt;
  return key.rank(Dev).rank(End).take();
}

bool has_space_or_comma(std::string_view text) {
  for (const char c : text) {
    if (c == ',' || base::is_space(c)) return true;
  }
  return false;
}

/// "1.0 as 2.0" is 1.0.
std::string_view without_alias(std::string_view version) {
  const std::size_t first = version.find(' ');
  const std::size_t last = version.rfind(' ');
  if (first == std::string_view::npos || first == 0) return version;
  const std::string_view name = version.substr(0, first);
  if (has_space_or_comma(name) || has_space_or_comma(version.substr(last + 1))) return version;
  Cursor middle(version.substr(first, last + 1 - first));
  const auto is_blank = [](char c) { return c == ' '; };
  middle.take_while(is_blank);
  if (!middle.skip('a') || !middle.skip('s')) return version;
  return middle.take_while(is_blank).empty() || !middle.done() ? version : name;
}

std::string_view without_stability_flag(std::string_view version) {
  const std::size_t at = version.rfind('@');
  if (at == std::string_view::npos) return version;
  for (const std::string_view flag : {"stable", "rc", "beta", "alpha", "dev"}) {
    if (base::equals_ignoring_case(version.substr(at + 1), flag)) return version.substr(0, at);
  }
  return version;
}

std::string_view without_metadata(std::string_view version) {
  const std::size_t plus = version.find('+');
  if (plus == std::string_view::npos || plus == 0 || plus + 1 == version.size()) return version;
  if (has_space_or_comma(version.substr(0, plus))) return version;
  for (const char c : version.substr(plus)) {
    if (base::is_space(c)) return version;
  }
  return version.substr(0, plus);
}

bool is_branch(std::string_view version) {
  return version == "master" || version == "trunk" || version == "default" ||
         base::equals_ignoring_case(version.substr(0, 4), "dev-");
}

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  std::string_view version = without_stability_flag(without_alias(base::trim(text)));
  if (is_branch(version)) {
    return fail("a branch without numbers has no place among versions", std::string(text),
                "compare a numbered branch, such as 2.x-dev, or a release", ErrorCode::Unsupported);
  }
  version = without_metadata(version);
  if (std::optional<Key> key = classical(version)) return std::move(*key);
  if (std::optional<Key> key = date(version)) return std::move(*key);
  if (std::optional<Key> key = numbered_branch(version)) return std::move(*key);
  return fail("neither one to four numbers, a date nor a numbered branch", std::string(text));
}

constexpr std::string_view kEcosystems[] = {"Packagist"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "composer",
                                  .summary = "PHP package versions, as Composer does",
                                  .ecosystems = kEcosystems,
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::composer
