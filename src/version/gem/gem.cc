// RubyGems versions: numbers and words between dots, as Gem::Version orders them.
//
// Reference: Gem::Version of RubyGems (rubygems/version.rb), its documentation and code.
//
// The order. A version is cut into runs of digits and runs of letters; everything between is only a
// separator. Trailing zeros of the leading numbers, and of all that follows the first word, are
// dropped; what then is missing on one side counts as 0. Words are below numbers, so a word makes a
// pre-release: 1.0.a < 1.0 = 1.
//
// Traps.
// - "-" means ".pre.": 1.0-1 is 1.0.pre.1, below 1.0, though elsewhere it would be a revision.
// - 1.0.0.rc1 = 1.rc1 = 1.0.rc.1, and 1.rc1 < 1.rc2 < 1 < 1.0.1: the zeros before a word vanish.
// - Words compare by bytes: "RC" < "a" < "b" < "beta" < "rc", "pre" < "rc".
// - A word in the middle is a pre-release of what stands before it: 1.a.2 < 1.0.0.
// - The empty text, or blanks alone, is version 0. Blanks around are dropped.
// - Platforms ("1.15.4-x86_64-linux") are no part of a version; `_` is refused.
//
// Key: one byte per segment that tells a word, a zero or another number, then its text or digits,
// and an end. The end stands for zeros without end, so a zero is told apart by the sign of the
// first segment after it that is not zero: a word is below the end, a number above.
#include <vector>

#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::gem {
namespace {

enum Rank : std::uint8_t { Word = 1, ZeroBelow, End, ZeroAbove, Number };

struct Segment {
  Rank rank;  ///< of a zero: End until settled
  std::string_view text;
};

bool is_label(char c) {
  return base::is_alnum(c) || c == '-';
}

/// number, then dotted letters and digits; after the first hyphen hyphens are allowed too.
bool is_well_formed(std::string_view version) {
  Cursor in(version);
  if (in.digits().empty()) return false;
  while (in.skip('.')) {
    if (in.letters_and_digits().empty()) return false;
  }
  if (!in.skip('-')) return in.done();
  do {
    if (in.take_while(is_label).empty()) return false;
  } while (in.skip('.'));
  return in.done();
}

std::vector<Segment> cut(std::string_view version) {
  std::vector<Segment> segments;
  segments.reserve(version.size());
  for (Cursor in(version); !in.done();) {
    if (const std::string_view digits = in.digits(); !digits.empty()) {
      segments.push_back({is_zero(digits) ? End : Number, digits});
    } else if (const std::string_view letters = in.letters(); !letters.empty()) {
      segments.push_back({Word, letters});
    } else if (in.skip('-')) {
      segments.push_back({Word, "pre"});
    } else {
      in.skip('.');
    }
  }
  return segments;
}

/// Drops trailing zeros of both parts and gives the others their side. What is left stands at the
/// end of the vector, from the returned index on.
std::size_t settle(std::vector<Segment>& segments) {
  std::size_t words_begin = 0;
  while (words_begin < segments.size() && segments[words_begin].rank != Word) ++words_begin;

  std::size_t kept = segments.size();
  Rank side = End;
  bool dropping = true;
  for (std::size_t i = segments.size(); i-- > 0;) {
    if (i + 1 == words_begin) dropping = true;
    Segment segment = segments[i];
    if (segment.rank == End) {
      if (dropping) continue;
      segment.rank = side == Word ? ZeroBelow : ZeroAbove;
    } else {
      dropping = false;
      side = segment.rank;
    }
    segments[--kept] = segment;
  }
  return kept;
}

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  const std::string_view version = base::trim(text);
  if (!version.empty() && !is_well_formed(version)) {
    return fail("not a number followed by .letters-or-digits and -labels", std::string(text));
  }
  std::vector<Segment> segments = cut(version);
  KeyWriter key;
  for (std::size_t i = settle(segments); i < segments.size(); ++i) {
    key.rank(segments[i].rank);
    if (segments[i].rank == Number) key.number(segments[i].text);
    if (segments[i].rank == Word) key.text(segments[i].text);
  }
  key.rank(End);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"RubyGems"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "gem",
                                  .summary = "RubyGems versions, as Gem::Version does",
                                  .ecosystems = kEcosystems,
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::gem
