// Versions of whatever has no order of its own: an order that does what people mean.
//
// Reference: this page. For software named by CPE, binaries, C and C++ packages, anything whose
// ecosystem defines no comparison. Where an ecosystem has one, its scheme must be used instead.
//
// Reading. An epoch `N:` at the very beginning, else 0. Whatever stands before the first digit then
// is a name and dropped ("v1.2", "curl-7_88_1", "release-3"). From a `+` on everything is a mark of
// the build and dropped. The rest is cut into runs of digits (numbers) and runs of letters (words,
// in any case); all other characters only separate.
//
// The order. Epoch, then element by element; at every place
//   pre-release word < end of the version < other word < number.
// - Numbers by value. Zeros before a word or the end are dropped: 1 = 1.0 = 1.0.0, 1.0-rc1
// = 1.0.0rc1.
// - Pre-release words, in this order: dev, snapshot, nightly, canary (all one) < alpha < beta <
//   milestone < pre, preview, prerelease, ea (all one) < rc, cr, candidate (all one).
//   The letters a, b, m, c mean alpha, beta, milestone, rc only directly before a digit: 1.0a1 is
//   an alpha, while 1.0.2a is OpenSSL's first patch of 1.0.2, above it.
// - final, ga, release, stable at the very end are dropped: 2.0.Final = 2.0.
// - Other words are above the release, by their letters: 9.9 < 9.9p1 < 9.9p2; 1.0 < 1.0-patch2
// < 1.0.1.
//   p, pl, patch are one word; sp, u and update are one, r, rev, revision and post are one.
//
// Traps. It guesses: a date and a number compare by value, a commit's hash is cut into pieces, a
// name with a digit in it ("log4j-1.2") spoils the version behind it, "1.0-1" is above 1.0 as
// everywhere but in SemVer.
//
// Used for the OSV ecosystems ConanCenter (Conan orders items as numbers or words with trailing zeros
// ignored, as here), vcpkg (relaxed numbers, dates, SemVer, or no order at all, by choice of each
// port) and Linux (the kernel: three numbers and -rcN), and for CPE, which is how Vigil calls software
// that is known by its CPE name alone. Not used for GIT and OSS-Fuzz, whose ranges
// name commits, nor for Android, whose versions name releases with a patch level ("12:2021-10-01").
//
// Refused: texts without a digit, longer than 512 bytes, or with control characters.
//
// Key: number epoch; per element a rank with its digits or word; an end.
#include <array>

#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::generic {
namespace {

enum Rank : std::uint8_t {
  Development = 1,
  Alpha,
  Beta,
  Milestone,
  Preview,
  Candidate,
  End,
  OtherWord,
  Number
};

struct Word {
  std::string_view text;
  Rank rank;
  std::string_view same_as = {};  ///< for OtherWord: the spelling that stands in the key
};
constexpr std::array<Word, 26> kWords{{{"dev", Development},     {"snapshot", Development},
                                       {"nightly", Development}, {"canary", Development},
                                       {"alpha", Alpha},         {"beta", Beta},
                                       {"milestone", Milestone}, {"pre", Preview},
                                       {"preview", Preview},     {"prerelease", Preview},
                                       {"ea", Preview},          {"rc", Candidate},
                                       {"cr", Candidate},        {"candidate", Candidate},
                                       {"final", End},           {"ga", End},
                                       {"release", End},         {"stable", End},
                                       {"pl", OtherWord, "p"},   {"patch", OtherWord, "p"},
                                       {"sp", OtherWord, "u"},   {"update", OtherWord, "u"},
                                       {"rev", OtherWord, "r"},  {"revision", OtherWord, "r"},
                                       {"post", OtherWord, "r"}, {"u", OtherWord, "u"}}};
constexpr std::array<Word, 4> kBeforeDigit{
    {{"a", Alpha}, {"b", Beta}, {"m", Milestone}, {"c", Candidate}}};

Word classify(std::string_view text, bool before_digit) {
  if (before_digit) {
    for (const Word& word : kBeforeDigit) {
      if (word.text == text) return word;
    }
  }
  for (const Word& word : kWords) {
    if (word.text == text) return word;
  }
  return {text, OtherWord, text};
}

bool is_letter(char c) {
  return base::is_alpha(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Zeros that a later number of the same run brings back.
struct Run {
  KeyWriter& key;
  std::size_t zeros = 0;
  void add(std::string_view digits) {
    if (is_zero(digits)) {
      ++zeros;
      return;
    }
    for (; zeros > 0; --zeros) key.rank(Number).number({});
    key.rank(Number).number(digits);
  }
};

/// Elements and end, of a text in lower case.
void write_elements(std::string_view text, KeyWriter& key) {
  Run run{key};
  for (Cursor in(text); !in.done();) {
    if (const std::string_view digits = in.digits(); !digits.empty()) {
      run.add(digits);
      continue;
    }
    const std::string_view letters = in.take_while(is_letter);
    if (letters.empty()) {
      in.skip(in.peek());
      continue;
    }
    const Word word = classify(letters, base::is_digit(in.peek()));
    if (word.rank == End && in.done()) break;
    run.zeros = 0;
    if (word.rank < End) {
      key.rank(word.rank);
    } else {
      key.rank(OtherWord).text(word.rank == End ? letters : word.same_as);
    }
  }
  key.rank(End);
}

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return fail("a control character in the version");
  }
  KeyWriter key;
  Cursor in(base::trim(text));
  Cursor ahead = in;
  if (const std::string_view epoch = ahead.digits(); !epoch.empty() && ahead.skip(':')) {
    key.number(epoch);
    in = ahead;
  } else {
    key.number(std::string_view{});
  }
  in.take_while([](char c) { return !base::is_digit(c); });
  if (in.done()) return fail("no digit in the version", std::string(text));
  const std::string_view rest = in.rest();
  write_elements(base::lower(rest.substr(0, rest.find('+'))), key);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"ConanCenter", "vcpkg", "Linux", "CPE"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "generic",
      .summary = "versions without an order of their own: numbers, words, pre-release words",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::generic
