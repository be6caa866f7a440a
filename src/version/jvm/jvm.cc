// Java runtime versions: "17.0.9+9-LTS", "21-ea+35", "1.8.0_392-b08", "8u392".
//
// Reference: JEP 223 and JEP 322, as java.lang.Runtime.Version parses and compares them,
// $VNUM(-$PRE)?(\+$BUILD)?(-$OPT)?; for runtimes before Java 9 the "J2SE SDK/JRE Version String
// Naming Convention" (1.F.I_UU[-milestone][-bBB]) and Oracle's short form FuUU.
//
// The order. Numbers by value; a version with a pre-release word below the one without, words of
// digits below others; then the build, none below 0; then the optional part, none below any, by
// characters. A runtime before 9 stands where its successor's spelling would: 1.8.0_392-b08 =
// 8u392-b08 = 8.0.392+8, which is also how vendors number their builds of it today.
//
// Traps.
// - The build and the optional part count: 17.0.9 < 17.0.9+9 < 17.0.9+9-LTS. An advisory that says
//   "up to 17.0.8" means every build; compare numbers without them (JAVA_VERSION in the file
//   `release` of a runtime has none).
// - Trailing zeros do not count. The grammar forbids them but tools write them: 17 = 17.0 = 17.0.0.
// - In the old form what follows the update may be a milestone (ea, internal, beta, rc), which
// makes a
//   pre-release, or a vendor's mark ("1.8.0_392-8u392-ga-1~deb11u1-b08"), which is an optional
//   part.
// - CPE names write "1.8.0:update392"; "update" is read like `_`.
// - Before Java 5 F was a minor number of Java 1: 1.4.2_19 is 4.2.19, in good order all the same.
//
// Accepted beyond Runtime.Version: the old forms, trailing zeros, a leading "jdk" or "jdk-" as in
// release tags. Not handled: vendors' own numbers (Zulu 17.46, GraalVM 22.3, OpenJ9 0.41), which
// are versions of those products and not of Java; an optional part of other characters (`_`).
//
// Key: parts, end; rank of the pre-release [number or text]; rank of the build [number]; rank of
// the optional part [text].
#include <algorithm>
#include <optional>

#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::jvm {
namespace {

enum PreRelease : std::uint8_t { PreNumber = 1, PreText, NoPre };
enum Presence : std::uint8_t { Absent = 1, Present };

/// What follows the numbers; views into the version.
struct Suffix {
  std::string_view pre;
  std::optional<std::string_view> build;
  std::string_view optional;
};

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Parts and end, without trailing zeros.
class Numbers {
 public:
  explicit Numbers(KeyWriter& key) : key_(key) {}
  bool add(std::string_view number) {
    if (number.empty() || exceeds(number, kInt32Maximum)) return false;
    if (is_zero(number)) {
      ++zeros_;
      return true;
    }
    for (; zeros_ > 0; --zeros_) key_.part({});
    key_.part(number);
    return true;
  }
  void end() { key_.rank(0); }

 private:
  KeyWriter& key_;
  std::size_t zeros_ = 0;
};

void write_suffix(const Suffix& suffix, KeyWriter& key) {
  if (suffix.pre.empty()) {
    key.rank(NoPre);
  } else if (is_number(suffix.pre)) {
    key.rank(PreNumber).number(suffix.pre);
  } else {
    key.rank(PreText).text(suffix.pre);
  }
  key.rank(suffix.build ? Present : Absent);
  if (suffix.build) key.number(*suffix.build);
  key.rank(suffix.optional.empty() ? Absent : Present);
  if (!suffix.optional.empty()) key.text(suffix.optional);
}

bool is_optional(char c) {
  return base::is_alnum(c) || c == '-' || c == '.';
}
bool is_legacy_optional(char c) {
  return is_optional(c) || c == '~' || c == '_' || c == '+';
}

bool is_build(std::string_view number) {
  return is_number(number) && (number == "0" || number.front() != '0') &&
         !exceeds(number, kInt32Maximum);
}

/// [-PRE][+[BUILD]][-OPT]; nothing if that is not what the text is.
std::optional<Suffix> modern_suffix(Cursor in) {
  Suffix suffix;
  if (Cursor ahead = in; ahead.skip('-')) {
    suffix.pre = ahead.letters_and_digits();
    // A word that goes on with other characters is no pre-release but the optional part.
    if (ahead.done() || ahead.peek() == '+' || ahead.peek() == '-') {
      if (!suffix.pre.empty()) in = ahead;
    } else {
      suffix.pre = {};
    }
  }
  const bool plus = in.skip('+');
  if (plus) {
    if (const std::string_view build = in.digits(); !build.empty()) {
      if (!is_build(build)) return std::nullopt;
      suffix.build = build;
    }
  }
  if (in.skip('-')) {
    suffix.optional = in.take_while(is_optional);
    if (suffix.optional.empty()) return std::nullopt;
  }
  if (!in.done()) return std::nullopt;
  // Runtime.Version: a plus without a build is only for an optional part without pre-release, and
  // an optional part stands behind a plus or a pre-release.
  const bool has_pre = !suffix.pre.empty();
  const bool has_optional = !suffix.optional.empty();
  if (!suffix.build && plus && (has_pre || !has_optional)) return std::nullopt;
  if (!suffix.build && !plus && has_optional && !has_pre) return std::nullopt;
  return suffix;
}

bool is_milestone(std::string_view word) {
  while (!word.empty() && base::is_digit(word.back())) word.remove_suffix(1);
  for (const std::string_view known : {"ea", "internal", "alpha", "beta", "rc"}) {
    if (base::equals_ignoring_case(word, known)) return true;
  }
  return false;
}

/// [-milestone][-mark][-bBB]
std::optional<Suffix> legacy_suffix(Cursor in) {
  Suffix suffix;
  if (in.done()) return suffix;
  if (in.peek() != '-' || in.rest().ends_with('-')) return std::nullopt;
  std::string_view rest = in.rest();
  for (const char c : rest) {
    if (!is_legacy_optional(c)) return std::nullopt;
  }
  const std::size_t hyphen = rest.rfind('-');
  if (std::string_view last = rest.substr(hyphen + 1); last.starts_with('b')) {
    last.remove_prefix(1);
    if (is_number(last) && !exceeds(last, kInt32Maximum)) {
      suffix.build = last;
      rest = rest.substr(0, hyphen);
    }
  }
  if (rest.empty()) return suffix;
  rest.remove_prefix(1);
  const std::string_view word = rest.substr(0, rest.find('-'));
  if (is_milestone(word)) {
    suffix.pre = word;
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    if (rest.empty()) return suffix;
  }
  if (rest.empty()) return std::nullopt;
  suffix.optional = rest;
  return suffix;
}

/// 1.F[.I[.N]...][_UU] after "1."; true with the update read, if there is one.
bool write_legacy_numbers(Cursor& in, KeyWriter& key) {
  Numbers numbers(key);
  std::size_t count = 0;
  do {
    if (!numbers.add(in.digits())) return false;
    ++count;
  } while (in.skip('.'));
  const bool separated = in.skip_one_of("_:");
  const bool worded = in.skip_word("update");
  if (worded) in.skip_one_of("_");
  if (separated || worded) {
    // 1.6_20 is 1.6.0_20.
    if (count == 1 && !numbers.add("0")) return false;
    if (!numbers.add(in.digits())) return false;
  }
  numbers.end();
  return true;
}

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  Cursor in(text);
  if (in.skip_word("jdk")) in.skip('-');
  const std::string_view feature = in.digits();
  if (feature.empty() || feature.front() == '0') {
    return fail("no feature number at the beginning", std::string(text));
  }
  KeyWriter key;
  std::optional<Suffix> suffix;
  if (feature == "1" && in.skip('.')) {
    if (!write_legacy_numbers(in, key)) return fail("not 1.F.I_UU", std::string(text));
    suffix = legacy_suffix(in);
    if (!suffix) suffix = modern_suffix(in);
  } else {
    Numbers numbers(key);
    if (!numbers.add(feature)) return fail("number above 2147483647", std::string(text));
    if (in.skip('u')) {
      if (!numbers.add("0") || !numbers.add(in.digits())) {
        return fail("no update number after 'u'", std::string(text));
      }
      suffix = legacy_suffix(in);
    } else {
      while (in.skip('.')) {
        const std::string_view number = in.digits();
        if (number.size() > 1 && number.front() == '0') {
          return fail("leading zero", std::string(text));
        }
        if (!numbers.add(number)) return fail("not a number after '.'", std::string(text));
      }
      suffix = modern_suffix(in);
    }
    numbers.end();
  }
  if (!suffix) {
    return fail("'" + std::string(in.rest()) + "' is not [-PRE][+BUILD][-OPT]", std::string(text));
  }
  write_suffix(*suffix, key);
  return key.take();
}

// OSV knows no ecosystem of Java runtimes; the matcher takes this scheme for them by kind.
constexpr std::span<const std::string_view> kEcosystems;

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "jvm",
      .summary = "Java runtime versions: JEP 223 as Runtime.Version does, and 1.8.0_NNN, 8uNNN",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::jvm
