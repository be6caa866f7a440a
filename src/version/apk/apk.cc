// Alpine package versions, as apk-tools orders them: Alpine, Wolfi, Chainguard and their kin.
//
// Reference: apk-package(5) and src/version.c of https://gitlab.alpinelinux.org/alpine/apk-tools,
// whose current form (apk 3, also in 2.14.5 and later) this follows.
//
// Grammar: digits{.digits}{letter}{_suffix{digits}}{~hash}{-rdigits}. Suffixes before the release:
// alpha < beta < pre < rc; after it: cvs < svn < git < hg < p. The letter is one of a-z; the hash
// is lower-case hexadecimal.
//
// The order. Token by token. Where both have the same kind of token, by its value; where the kinds
// differ, by this ranking, which puts the end of the shorter version in its middle:
//   _alpha < _beta < _pre < _rc < (end) < -r < ~hash < digits of a suffix
//     < _cvs < _svn < _git < _hg < _p < letter < .digits
//
// Traps.
// - The first number, suffix numbers and -r compare by value. A later number that begins with 0
// (and
//   "0" itself) compares as text: "1.01" < "1.010" < "1.02" < "1.1". All such are below every
//   number without the leading zero, so the order stays total.
// - An absent -r is older than -r0, and "_p" older than "_p0".
// - "1.0_p_alpha": suffixes may follow one another.
// - apk before 2.14.5 also took digits and dots after the letter ("1.0a1"); today's apk refuses
// them
//   and so does this. It wraps numbers at 2^64, where this counts on.
//
// Key: number, then per token its rank and value, up to the rank of the end.
#include <array>
#include <optional>

#include "base/text.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::apk {
namespace {

/// Ranks 1 to 4 and 9 to 13 are the suffixes.
enum Rank : std::uint8_t { End = 5, Revision, Hash, SuffixNumber, Letter = 14, Digits };

struct Suffix {
  std::string_view name;
  std::uint8_t rank;
};
constexpr std::array<Suffix, 9> kSuffixes = {{{"alpha", 1},
                                              {"beta", 2},
                                              {"pre", 3},
                                              {"rc", 4},
                                              {"cvs", 9},
                                              {"svn", 10},
                                              {"git", 11},
                                              {"hg", 12},
                                              {"p", 13}}};

constexpr bool is_hash_digit(char c) {
  return base::is_digit(c) || (c >= 'a' && c <= 'f');
}

/// Reads the version from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] char next() const { return done() ? '\0' : rest_.front(); }
  bool take(std::string_view literal) {
    if (!rest_.starts_with(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }
  template <typename Predicate>
  std::string_view take_while(Predicate belongs) {
    std::size_t length = 0;
    while (length < rest_.size() && belongs(rest_[length])) ++length;
    const std::string_view run = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return run;
  }
  std::string_view take_one() {
    const std::string_view one = rest_.substr(0, 1);
    rest_.remove_prefix(one.size());
    return one;
  }

 private:
  std::string_view rest_;
};

/// ".digits" after the first number. False if there are no digits.
bool write_digits(Reader& reader, KeyWriter& key) {
  const std::string_view digits = reader.take_while(base::is_digit);
  if (digits.empty()) return false;
  key.rank(Digits);
  if (digits.front() == '0') {
    key.rank(0).text(digits);
  } else {
    key.number(digits);  // its length byte is at least 1
  }
  return true;
}

bool write_suffix(Reader& reader, KeyWriter& key) {
  const std::string_view name = reader.take_while(base::is_lower);
  for (const Suffix& suffix : kSuffixes) {
    if (suffix.name != name) continue;
    key.rank(suffix.rank);
    if (base::is_digit(reader.next())) {
      key.rank(SuffixNumber).number(reader.take_while(base::is_digit));
    }
    return true;
  }
  return false;
}

/// What is wrong; empty on success.
std::string_view write_tokens(Reader& reader, KeyWriter& key) {
  const std::string_view first = reader.take_while(base::is_digit);
  if (first.empty()) return "it does not begin with a digit";
  key.number(first);
  for (bool more = true; more;) {
    while (reader.take(".")) {
      if (!write_digits(reader, key)) return "no digits after a dot";
    }
    more = false;
    if (base::is_lower(reader.next())) {
      key.rank(Letter).rank(static_cast<std::uint8_t>(reader.take_one().front()));
      more = base::is_digit(reader.next());
      if (more) key.rank(Digits).number(reader.take_while(base::is_digit));
    }
  }
  while (reader.take("_")) {
    if (!write_suffix(reader, key)) return "an unknown suffix";
  }
  if (reader.take("~")) {
    const std::string_view hash = reader.take_while(is_hash_digit);
    if (hash.empty()) return "no commit hash after '~'";
    key.rank(Hash).text(hash);
  }
  if (reader.take("-r")) {
    const std::string_view revision = reader.take_while(base::is_digit);
    if (revision.empty()) return "no digits after '-r'";
    key.rank(Revision).number(revision);
  }
  if (!reader.done()) return "characters that belong to no part of a version";
  key.rank(End);
  return {};
}

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  KeyWriter key(text.size());
  Reader reader(text);
  const std::string_view problem = write_tokens(reader, key);
  if (!problem.empty()) return fail(std::string(problem), std::string(text));
  return key.take();
}

constexpr std::string_view kEcosystems[] = {
    "Alpine",    "Wolfi", "Chainguard", "MinimOS", "Alpaquita", "BellSoft Hardened Containers",
    "CleanStart"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "apk",
                                  .summary = "Alpine package versions, as apk-tools orders them",
                                  .ecosystems = kEcosystems,
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::apk
