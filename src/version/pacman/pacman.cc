// Arch Linux package versions: [epoch:]pkgver[-pkgrel], as pacman orders them (vercmp,
// alpm_pkg_vercmp).
//
// Reference: vercmp(8), PKGBUILD(5), and libalpm's lib/libalpm/version.c, which the tests call.
//
// The order grew out of an old rpm and differs from today's: no `~` and no `^`; letters that follow
// the last number directly make a version *older* ("1.0rc1" < "1.0"); and the number of separators
// between two segments counts, fewer being older ("1.0" < "1..0"). After equal segments, what comes
// next ranks:
//
//   letters at once < the end < digits at once < one separator and letters
//     < trailing separators < one separator and digits < two separators and letters < ...
//
// Traps, and where libalpm is no total order.
// - It compares releases only if both sides have one, so "1.0-1" = "1.0" = "1.0-2". No order can
// hold
//   that; here an absent release is older than every release. Packages always carry one, and so do
//   the bounds of Arch's security tracker.
// - A version that ends in separators is older than the same with any further number, newer than
// with
//   any further letters, whatever the count of separators; yet fewer separators are older than
//   more: "1." < "1.0" < "1..a" < "1.". The rank above is right for up to one separator after a
//   number, which is more than any package needs: no Arch version ends in a separator.
// - An absent epoch is 0. Only the empty text is refused.
//
// Key: number epoch, segments version, then 0 or (1, segments release); a segment is its rank (from
// two separators on with their count and kind) and its value.
#include "base/text.h"
#include "version/epoch_version_release.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::pacman {
namespace {

enum Rank : std::uint8_t {
  LettersAtOnce = 1,
  End,
  NumberAtOnce,
  SeparatorLetters,
  TrailingSeparators,
  SeparatorNumber,
  MoreSeparators,
};

void write_rank(KeyWriter& key, std::size_t separators, bool number) {
  if (separators == 0) {
    key.rank(number ? NumberAtOnce : LettersAtOnce);
  } else if (separators == 1) {
    key.rank(number ? SeparatorNumber : SeparatorLetters);
  } else {
    key.rank(MoreSeparators).number(separators).rank(number ? 1 : 0);
  }
}

void write_segments(KeyWriter& key, std::string_view text) {
  std::size_t at = 0;
  while (true) {
    const std::size_t before = at;
    while (at < text.size() && !base::is_alnum(text[at])) ++at;
    if (at == text.size()) {
      key.rank(at > before ? TrailingSeparators : End);
      return;
    }
    const bool number = base::is_digit(text[at]);
    write_rank(key, at - before, number);
    const std::size_t start = at;
    while (at < text.size() && (number ? base::is_digit(text[at]) : base::is_alpha(text[at]))) ++at;
    const std::string_view segment = text.substr(start, at - start);
    if (number) {
      key.number(segment);
    } else {
      key.text(segment);
    }
  }
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

constexpr std::string_view kEcosystems[] = {"Arch Linux"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "pacman",
      .summary = "Arch Linux package versions, [epoch:]pkgver[-pkgrel], as pacman orders them",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::pacman
