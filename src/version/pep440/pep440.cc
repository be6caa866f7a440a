// Python package versions: [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local].
//
// Reference: PEP 440 (now the "Version specifiers" page of the Python packaging specifications),
// its appendix B with the regular expression, and the `packaging` library, which is what pip uses.
//
// The order. Epoch; release numbers, trailing zeros dropped; then within one release
//   1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0a1.post1.dev1 < 1.0a1.post1 < 1.0b1 < 1.0rc1 < 1.0
//   < 1.0+local < 1.0.post1.dev1 < 1.0.post1
//
// Traps.
// - Many spellings are one version: alpha = a, beta = b, c = pre = preview = rc, r = rev = post,
//   "1.0-1" is 1.0.post1, an absent number is 0, the separators `.`, `-`, `_` may be left out or
//   doubled up to a point ("1.0a.-1" is 1.0a0.post1), a leading `v`, any case, blanks around.
// - A separator and number after a label belong to the label as long as they can: "1.0a-1"
// is 1.0a1,
//   not 1.0a0.post1. Taking them greedily accepts exactly what the reference's backtracking
//   expression accepts, because whatever may follow a label may also follow its number.
// - 1.0.dev1 sorts below every pre-release of 1.0, but 1.0a1.dev1 only below 1.0a1.
// - In a local version a segment of digits sorts above one with letters, and 1.0+a below 1.0+a.1.
//
// Not handled. Versions of before PEP 440 ("2004d", "0.1-foo"), which `packaging` refuses since
// release 22 and therefore so do we. Letters and digits beyond ASCII, of which the reference's
// case-insensitive expression lets two letters through by accident.
//
// Key: number epoch; parts of the release, end; rank of pre-release [number]; rank of post-release
// [number]; rank of development release [number]; local segments, end.
#include <array>
#include <optional>
#include <span>

#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::pep440 {
namespace {

constexpr std::string_view kSeparators = ".-_";

enum PreRelease : std::uint8_t { BeforeAny = 1, Alpha, Beta, Candidate, AfterAny };
enum PostRelease : std::uint8_t { NoPost = 1, Post };
enum DevRelease : std::uint8_t { Dev = 1, NoDev };
enum LocalSegment : std::uint8_t { LocalEnd = 1, LocalText, LocalNumber };

struct Label {
  std::string_view word;
  std::uint8_t rank;
};
// A label before those that it begins with.
constexpr std::array<Label, 8> kPreLabels{{{"alpha", Alpha},
                                           {"a", Alpha},
                                           {"beta", Beta},
                                           {"b", Beta},
                                           {"preview", Candidate},
                                           {"pre", Candidate},
                                           {"rc", Candidate},
                                           {"c", Candidate}}};
constexpr std::array<Label, 3> kPostLabels{{{"post", Post}, {"rev", Post}, {"r", Post}}};
constexpr std::array<Label, 1> kDevLabels{{{"dev", Dev}}};

/// A label with its number: "-beta.2". Nothing is taken if none of the labels is next.
struct Tag {
  std::uint8_t rank;
  std::string_view number;
};
std::optional<Tag> take_tag(Cursor& in, std::span<const Label> labels) {
  if (in.done()) return std::nullopt;
  Cursor ahead = in;
  ahead.skip_one_of(kSeparators);
  for (const Label& label : labels) {
    if (!ahead.skip_word(label.word)) continue;
    ahead.skip_one_of(kSeparators);
    in = ahead;
    return Tag{label.rank, in.digits()};
  }
  return std::nullopt;
}

std::optional<Tag> take_post(Cursor& in) {
  if (in.peek() == '-' && base::is_digit(in.peek(1))) {
    in.skip('-');
    return Tag{Post, in.digits()};
  }
  return take_tag(in, kPostLabels);
}

/// Zeros are held back until another number follows them, so that trailing ones leave no trace.
void write_release(Cursor& in, std::string_view first, KeyWriter& key) {
  std::size_t zeros = 0;
  for (std::string_view number = first;;) {
    if (is_zero(number)) {
      ++zeros;
    } else {
      for (; zeros > 0; --zeros) key.part({});
      key.part(number);
    }
    if (in.peek() != '.' || !base::is_digit(in.peek(1))) break;
    in.skip('.');
    number = in.digits();
  }
  key.rank(0);
}

bool write_local(Cursor& in, KeyWriter& key) {
  do {
    const std::string_view segment = in.letters_and_digits();
    if (segment.empty()) return false;
    if (segment.find_first_not_of("0123456789") == std::string_view::npos) {
      key.rank(LocalNumber).number(segment);
    } else {
      key.rank(LocalText).text(base::lower(segment));
    }
  } while (in.skip_one_of(kSeparators));
  key.rank(LocalEnd);
  return true;
}

void write_tags(Cursor& in, KeyWriter& key) {
  const std::optional<Tag> pre = take_tag(in, kPreLabels);
  const std::optional<Tag> post = take_post(in);
  const std::optional<Tag> dev = take_tag(in, kDevLabels);
  if (pre) {
    key.rank(pre->rank).number(pre->number);
  } else {
    key.rank(dev && !post ? BeforeAny : AfterAny);
  }
  key.rank(post ? Post : NoPost);
  if (post) key.number(post->number);
  key.rank(dev ? Dev : NoDev);
  if (dev) key.number(dev->number);
}

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  Cursor in(base::trim(text));
  in.skip_word("v");
  std::string_view first = in.digits();
  if (first.empty()) return fail("no number where the release should begin", std::string(text));

  KeyWriter key;
  if (in.skip('!')) {
    key.number(first);
    first = in.digits();
    if (first.empty()) return fail("no release after the epoch", std::string(text));
  } else {
    key.number(std::string_view{});
  }
  write_release(in, first, key);
  const std::string_view after_release = in.rest();
  write_tags(in, key);
  if (in.skip('+')) {
    if (!write_local(in, key)) {
      return fail("empty segment in the local version after '+'", std::string(text));
    }
  } else {
    key.rank(0);
  }
  if (!in.done()) {
    return fail("'" + std::string(after_release) +
                    "' after the release is not [aN|bN|rcN][.postN][.devN][+local]",
                std::string(text));
  }
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"PyPI"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "pep440",
                                  .summary = "Python package versions, as PEP 440 and pip do",
                                  .ecosystems = kEcosystems,
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::pep440
