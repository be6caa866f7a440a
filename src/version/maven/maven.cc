// Maven versions: numbers and qualifiers in nested lists, as ComparableVersion orders them.
//
// Reference: the class org.apache.maven.artifact.versioning.ComparableVersion of maven-artifact, as
// of 3.8.7, and the "Version Order Specification" of the Maven POM reference, which says less.
//
// The order. The text, in lower case, is cut at `.`, at `-`, and wherever digits meet other
// characters. A `-` and a change between digits and letters also open a list within the list: "1-2"
// is (1 (2)), "1.2a3" is (1 2 (alpha (3))). A qualifier opens one too when it is not the first of
// its list, unless a `.` or `-` follows it directly: "1.rc" is (1 (rc)), "1.rc.2" is (1 rc 2). A
// list is always the last element of its parent. From the end of every list, and from before a list
// within it, elements that mean nothing are dropped: 0, the empty qualifier, the empty list.
//
// Elements compare: qualifier < list < number. Where one version has ended, 0 and the empty
// qualifier equal the end, other numbers are above, qualifiers are where they stand against the
// empty one, and a list goes by its first element that is not equal. Qualifiers:
//   alpha < beta < milestone < rc = cr < snapshot < "" = ga = final = release < sp < any other
//   word,
// the others as text. `a`, `b`, `m` mean alpha, beta, milestone only directly before a digit.
//
// Where ComparableVersion is not a total order. Comparing with an end and comparing with an element
// follow different rules, and three kinds of triples run in circles. E is any version, X a
// pre-release qualifier, Y another word or sp:
//   E-X < E, E < E.Y.1, but E.Y.1 < E-X          a qualifier against a list   (1-rc, 1, 1.sp.1)
//   E.0.X.1 < E, E < E-1, but E-1 < E.0.X.1      a list against a zero        (1.0.rc.1, 1, 1-1)
//   E.0.X.1 < E, E < E.Y.1, but E.Y.1 < E.0.X.1  a qualifier against a zero   (1.0.rc.1, 1, 1.sp.1)
// and the same with an empty qualifier inside, as in 1.final.2, in the place of Y. Each takes a
// qualifier that a `.` or `-` follows directly and that is not the first of its list, or a level
// without an element (1--rc, 1, 1-sp). A real one: 2.9.10-rc1, 2.9.10, 2.9.10.redhat-1. The first two
// comparisons of each are what the words mean, so the keys keep those and decide the third by them:
// what is below the release is below what is above it. Nothing else differs; of the 3,994 versions
// in the OSV records of Maven this was written with, every pair is ordered as the tool orders it.
//
// Traps.
// - "1-1" and "1.1" differ, 1 < 1-1 < 1.0.1 < 1.1; but 1.0-1 = 1-1, 1 = 1.0 = 1-0 = 1.0.0-ga.
// - "1.0.RC2" is a release candidate, "1.0-RC2" is the same; "1.0.redhat-1" is above 1.0.
// - `_`, `+`, `~` are letters like others: 1.0+2 is (1 (+ (2))), a version above 1.0.
// - A lone `-` or `.` makes a zero: "-1" is ((1)), "1..2" is (1 0 2).
// - Newer releases (3.9, 4) treat `.` before a qualifier as `-` throughout.
//
// Not handled: text beyond ASCII or with control characters, which no repository holds, and the
// empty text, which the tool reads as 0, are refused.
//
// Key: one byte per element that says where it stands against all others, including the end, in the
// one place that the comparisons leave; then the digits or the word where there are any. For 0, the
// empty qualifier and a list that place depends on which side of the end the rest is.
#include <array>
#include <vector>

#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::maven {
namespace {

/// The order of everything that two versions may differ by at one place. "Below" and "Above" say on
/// which side of the end the rest of the version is.
enum Rank : std::uint8_t {
  Alpha = 1,
  Beta,
  Milestone,
  Candidate,
  Snapshot,
  EmptyBelow,
  ListBelow,
  ZeroBelow,
  End,
  EmptyAbove,
  ServicePack,
  OtherWord,
  ListAbove,
  ZeroAbove,
  Number
};

struct Word {
  std::string_view text;
  Rank rank;
};
constexpr std::array<Word, 10> kWords{{{"alpha", Alpha},
                                       {"beta", Beta},
                                       {"milestone", Milestone},
                                       {"rc", Candidate},
                                       {"cr", Candidate},
                                       {"snapshot", Snapshot},
                                       {"ga", End},
                                       {"final", End},
                                       {"release", End},
                                       {"sp", ServicePack}}};

Rank rank_of_word(std::string_view word, bool before_digit) {
  if (before_digit && word == "a") return Alpha;
  if (before_digit && word == "b") return Beta;
  if (before_digit && word == "m") return Milestone;
  for (const Word& known : kWords) {
    if (known.text == word) return known.rank;
  }
  return OtherWord;
}

/// An element of a list; ListAbove opens a list, End stands for zero and the empty qualifier.
struct Element {
  Rank rank;
  bool is_number;
  std::string_view text;
};

/// Cuts a version, in lower case, into elements.
class Cutter {
 public:
  explicit Cutter(std::string_view version) : version_(version) {
    elements_.reserve(version.size() + 1);
  }

  std::vector<Element> cut() && {
    for (; at_ < version_.size(); ++at_) {
      const char c = version_[at_];
      if (c == '.' || c == '-') {
        end_at_separator();
        if (c == '-') open_list();
      } else if (base::is_digit(c) != in_number_) {
        if (at_ > start_) end_at_change();
        in_number_ = !in_number_;
      }
    }
    if (start_ < version_.size()) {
      if (!in_number_) open_list_unless_first();
      add(false);
    }
    return std::move(elements_);
  }

 private:
  void end_at_separator() {
    if (at_ == start_) {
      elements_.push_back({End, true, {}});
    } else {
      add(false);
    }
    start_ = at_ + 1;
  }

  void end_at_change() {
    if (!in_number_) open_list_unless_first();
    add(true);
    start_ = at_;
    open_list();
  }

  void add(bool before_digit) {
    const std::string_view text = version_.substr(start_, at_ - start_);
    if (in_number_) {
      elements_.push_back({is_zero(text) ? End : Number, true, text});
    } else {
      elements_.push_back({rank_of_word(text, before_digit), false, text});
    }
  }

  void open_list() { elements_.push_back({ListAbove, false, {}}); }
  void open_list_unless_first() {
    if (!elements_.empty() && elements_.back().rank != ListAbove) open_list();
  }

  std::string_view version_;
  std::vector<Element> elements_;
  std::size_t start_ = 0;
  std::size_t at_ = 0;
  bool in_number_ = false;
};

/// Drops what means nothing, and gives zeros, empty qualifiers and lists the side of their rest.
/// What is left stands at the end of the vector, from the returned index on.
std::size_t settle(std::vector<Element>& elements) {
  std::size_t kept = elements.size();
  Rank side = End;  // of all that follows: Alpha below, Number above, End nothing follows
  bool dropping = true;
  for (std::size_t i = elements.size(); i-- > 0;) {
    Element element = elements[i];
    if (element.rank == ListAbove) {
      dropping = true;
      if (side == End) continue;
      element.rank = side == Alpha ? ListBelow : ListAbove;
    } else if (element.rank == End) {
      if (dropping) continue;
      if (side == Alpha) {
        element.rank = element.is_number ? ZeroBelow : EmptyBelow;
      } else {
        element.rank = element.is_number ? ZeroAbove : EmptyAbove;
      }
    } else {
      dropping = false;
      side = element.rank < End ? Alpha : Number;
    }
    elements[--kept] = element;
  }
  return kept;
}

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  if (text.empty()) return fail("empty version");
  for (const char c : text) {
    if (c < ' ' || c > '~') return fail("a character that is not printable ASCII");
  }
  const std::string version = base::lower(text);
  std::vector<Element> elements = Cutter(version).cut();
  KeyWriter key;
  for (std::size_t i = settle(elements); i < elements.size(); ++i) {
    key.rank(elements[i].rank);
    if (elements[i].rank == Number) key.number(elements[i].text);
    if (elements[i].rank == OtherWord) key.text(elements[i].text);
  }
  key.rank(End);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"Maven"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "maven",
                                  .summary = "Maven versions, as ComparableVersion does",
                                  .ecosystems = kEcosystems,
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::maven
