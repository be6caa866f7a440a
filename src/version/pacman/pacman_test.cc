#include "base/text.h"
#include "version/epoch_version_release.h"
#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;

TEST(PacmanVersion, LettersDirectlyAfterANumberAreOlder) {
  expect_order("pacman",
               "1.0a < 1.0alpha < 1.0b < 1.0beta < 1.0pre < 1.0rc < 1.0rc1 < 1.0 < 1.0.a "
               "< 1.0.1");
}

TEST(PacmanVersion, NumbersAreNewerThanLetters) {
  expect_order("pacman", "1.a < 1.a.1 < 1.0");
}

TEST(PacmanVersion, FewerSeparatorsAreOlder) {
  expect_order("pacman", "1 < 1.0 = 1_0 = 1+0 < 1..a < 1..0 < 1...0");
}

TEST(PacmanVersion, TrailingSeparatorSitsBetweenLettersAndNumbers) {
  expect_order("pacman", "1 < 1.a < 1. = 1.. < 1.0");
}

TEST(PacmanVersion, NumbersCompareByValue) {
  expect_order("pacman", "1.9 < 1.10 = 1.010 < 1.18446744073709551616");
}

TEST(PacmanVersion, EpochOutranksEverything) {
  expect_order("pacman", "9.9-9 = 0:9.9-9 = :9.9-9 < 1:1.0-1 < 2:0.1-1");
}

TEST(PacmanVersion, AbsentReleaseIsOlderThanAnyRelease) {
  expect_order("pacman", "1.0 < 1.0-1 < 1.0-1.1 < 1.0-2");
}

TEST(PacmanVersion, RealUpdatesAreNewer) {
  expect_order("pacman", "3.1.3-1 < 3.1.4-1 < 1:1.1.1.w-1");
  expect_order("pacman", "6.6.8.arch1-1 < 6.6.8.arch2-1 < 6.6.9.arch1-1");
  expect_order("pacman", "2.36.1+r43+g1e7c1a2-1 < 2.36.2-1");
}

TEST(PacmanVersion, RefusesOnlyWhatHasNoMeaning) {
  expect_invalid("pacman", {"", std::string_view("1\0"
                                                 "2",
                                                 3)});
}

TEST(PacmanVersion, OrdersArch) {
  const Scheme* scheme = scheme_of_ecosystem("Arch Linux");
  ASSERT_NE(scheme, nullptr);
  EXPECT_EQ(scheme->name, "pacman");
}

bool ends_in_separator(std::string_view part) {
  return !part.empty() && !base::is_alnum(part.back());
}

/// Where libalpm is no total order; see the essay in pacman.cc.
bool outside_total_order(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return true;  // libalpm takes them; no package has them
  const EpochVersionRelease left = split_epoch_version_release(a);
  const EpochVersionRelease right = split_epoch_version_release(b);
  if (left.release.has_value() != right.release.has_value()) return true;
  for (const EpochVersionRelease& parts : {left, right}) {
    if (ends_in_separator(parts.version) || ends_in_separator(parts.release.value_or(""))) {
      return true;
    }
  }
  return false;
}

const testing::Specimens kSpecimens{
    .versions = {"1.0-1", "1:1.1.1.w-1", "6.6.9.arch1-1", "2.36.1+r43+g1e7c1a2-1", "1.0rc1-2",
                 "5.1.4-1", "20231127.1-1", "1:4.14.1-2", "0.0.0.r12.gabcdef0-1", "2.4.58-1",
                 "115.0.2-1", "3.11.6-1.1", "8.2_p1-1", "r1234.abcdef-1", "1.a.b-3",
                 "2:9.0.2155-1"},
    .pieces = {".",
               "..",
               "_",
               "+",
               "-",
               ":",
               "1:",
               "0",
               "00",
               "a",
               "Z",
               "rc",
               "git",
               "10",
               "~",
               "^",
               ".r1",
               "-1",
               "99999999999999999999",
               "\xc3\xa9"},
    .excluded = outside_total_order};

constexpr testing::Oracle kLibalpm{
    .tool = "alpm_pkg_vercmp (libalpm13)", .interpreter = "/usr/bin/python3", .script = R"(
import ctypes, ctypes.util, sys
name = ctypes.util.find_library('alpm')
if not name:
    sys.exit(77)
compare = ctypes.CDLL(name).alpm_pkg_vercmp
compare.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
for line in sys.stdin.buffer:
    order = compare(*line.rstrip(b'\n').split(b'\t'))
    print('<' if order < 0 else '>' if order > 0 else '=')
)"};

TEST(PacmanVersion, AgreesWithLibalpm) {
  expect_agreement("pacman", kLibalpm, kSpecimens);
}

}  // namespace
}  // namespace vigil::version
