// RPM package versions: [epoch:]version[-release], as rpm orders them (rpmverCmp, rpmvercmp).
//
// Reference: rpm-version(7); https://rpm-software-management.github.io/rpm/manual/dependencies.html
// and rpm's own rpmio/rpmver.c and rpmvercmp.c, of which 4.18 is the oracle of the tests.
//
// The order. Epochs compare as numbers, then versions, then releases. A version or release is read
// as segments of only digits or only ASCII letters; whatever else stands between them is skipped,
// so "1.0", "1_0" and "1..0" are equal. Numbers compare by value, letters byte by byte, and where
// two segments differ in kind the number is newer. Two characters are no separators:
//   `~` sorts below everything, the end included: "1.0~rc1" < "1.0";
//   `^` sorts above the end and below every further segment: "1.0" < "1.0^git1" < "1.0.1".
//
// Traps.
// - An absent epoch is 0. In *dependencies* an absent release matches any release, which is no
// order;
//   between versions rpm holds an absent release older than every release, and so does the key:
//   "1.0" < "1.0-0". Advisory bounds must therefore carry their release, as all vendors' feeds do.
// - Letters compare by case: "1.0A" < "1.0a"; and "1.0a" > "1.0", unlike in pacman.
// - rpm refuses only the empty text. Bytes beyond ASCII are separators.
// - rpm before 4.10 knows no `~`, before 4.15 no `^`; their separators would sort otherwise. The
//   distributions that use them require the newer rules.
//
// Not handled: matching by architecture and modularity label, which are no part of a version.
//
// Key: number epoch, segments version, then 0 or (1, segments release). A segment is its rank and,
// for letters and digits, its value; an end mark closes them.
#include "base/text.h"
#include "version/epoch_version_release.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::rpm {
namespace {

enum Rank : std::uint8_t { Tilde = 1, End, Caret, Letters, Number };

void write_segments(KeyWriter& key, std::string_view text) {
  std::size_t at = 0;
  const auto run_of = [&](bool (*belongs)(char)) {
    const std::size_t start = at;
    while (at < text.size() && belongs(text[at])) ++at;
    return text.substr(start, at - start);
  };
  while (at < text.size()) {
    const char c = text[at];
    if (c == '~') {
      key.rank(Tilde);
      ++at;
    } else if (c == '^') {
      key.rank(Caret);
      ++at;
    } else if (base::is_digit(c)) {
      key.rank(Number).number(run_of(base::is_digit));
    } else if (base::is_alpha(c)) {
      key.rank(Letters).text(run_of(base::is_alpha));
    } else {
      ++at;
    }
  }
  key.rank(End);
}

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  if (text.empty()) return fail("empty version");
  if (text.find('\0') != std::string_view::npos) return fail("a zero byte within the version");
  const EpochVersionRelease parts = split_epoch_version_release(text);
  KeyWriter key(text.size());
  key.number(parts.epoch);
  write_segments(key, parts.version);
  key.rank(parts.release ? 1 : 0);
  if (parts.release) write_segments(key, *parts.release);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {
    "AlmaLinux", "Amazon Linux", "Azure Linux", "Fedora",  "Mageia",      "openEuler",
    "openSUSE",  "Oracle Linux", "Photon OS",   "Red Hat", "Rocky Linux", "SUSE"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "rpm",
      .summary = "RPM package versions, [epoch:]version[-release], as rpm orders them",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::rpm
