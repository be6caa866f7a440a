#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(Pep440Version, StagesOfOneReleaseInOrder) {
  expect_order("pep440",
               "1.dev0 < 1.0.dev456 < 1.0a1.dev1 < 1.0a1 < 1.0a2.dev456 < 1.0a12.dev456 < 1.0a12 < "
               "1.0b1.dev456 < 1.0b2 < 1.0b2.post345.dev456 < 1.0b2.post345 < 1.0rc1.dev456 < "
               "1.0rc1 < 1.0 < 1.0+abc.5 < 1.0+abc.7 < 1.0+5 < 1.0.post456.dev34 < 1.0.post456 < "
               "1.1.dev1");
}

TEST(Pep440Version, TrailingZerosDoNotCount) {
  expect_order("pep440", "0 = 0.0 < 1.0.0.dev1 = 1.dev1 < 1 = 1.0 = 1.0.0.0 < 1.0.0.1 < 1.0.1");
}

TEST(Pep440Version, EpochOutranksEverything) {
  expect_order("pep440", "0!2023.10 = 2023.10 < 1!0.1.dev0 < 1!1.0 < 2!0 < 10!0");
}

TEST(Pep440Version, SpellingsOfPreReleasesAreOneVersion) {
  expect_order("pep440",
               "1.1a1 = 1.1alpha1 = 1.1.a1 = 1.1-ALPHA_1 = v1.1_a.01 < 1.1b2 = 1.1beta-2 "
               "< 1.1rc3 = 1.1c3 = 1.1pre3 = 1.1.preview-3");
  expect_order("pep440", "1.1a = 1.1a0 = 1.1a. = 1.1a- < 1.1a-1 = 1.1a1");
}

TEST(Pep440Version, SpellingsOfPostReleasesAreOneVersion) {
  expect_order("pep440",
               "1.0 < 1.0.post = 1.0post0 = 1.0-r = 1.0.rev < 1.0-1 = 1.0.post1 = 1.0r1 "
               "= 1.0-rev.1");
  expect_order("pep440", "1.0a.-1 = 1.0a0.post1 < 1.0a1");
}

TEST(Pep440Version, LocalSegmentsOrderTextBelowNumbersAndShorterFirst) {
  expect_order("pep440",
               "1.0 < 1.0+a < 1.0+a.1 < 1.0+b = 1.0+B < 1.0+ubuntu.1 = 1.0+ubuntu-1 = "
               "1.0+ubuntu_01 < 1.0+0 < 1.0+2 < 1.0+10 < 1.0+10.a < 1.0.1");
}

TEST(Pep440Version, NumbersHaveNoLimit) {
  expect_order("pep440",
               "1.18446744073709551615 < 1.18446744073709551616 < 20230101000000000000000");
}

TEST(Pep440Version, BlanksAroundAreDropped) {
  expect_order("pep440", "1.0 = v1.0 = V1.0");
  const Scheme* scheme = find_scheme("pep440");
  EXPECT_EQ(*compare(*scheme, " 1.0\n", "1.0"), std::strong_ordering::equal);
}

TEST(Pep440Version, RefusesLegacyVersions) {
  expect_invalid("pep440", {"", "2004d", "0.1-foo", "1.0.", "1..0", "french toast", "1.0+",
                            "1.0+_x", "1.0+1..2", "1.0a1b1", "1!", "!1", "1.0-", "1.0 2",
                            "1.0.dev1.dev2", "1.0.x", "1.0--1", "\xef\xbc\x91.0"});
}

TEST(Pep440Version, RefusesOverlongText) {
  const std::string digits(kMaximumLength, '1');
  expect_valid("pep440", {digits});
  expect_invalid("pep440", {digits + "1"});
}

TEST(Pep440Version, OrdersPyPI) {
  EXPECT_EQ(scheme_of_ecosystem("PyPI")->name, "pep440");
}

constexpr testing::Oracle kPackaging{
    .tool = "python3-packaging", .interpreter = "/usr/bin/python3", .script = R"(
import sys
try:
    from packaging.version import Version, InvalidVersion
except ImportError:
    sys.exit(77)
for line in sys.stdin:
    a, b = line.rstrip("\n").split("\t")
    try:
        x, y = Version(a), Version(b)
        print("<" if x < y else ">" if x > y else "=")
    except InvalidVersion:
        print("?")
)"};

TEST(Pep440Version, AgreesWithPackaging) {
  expect_agreement(
      "pep440", kPackaging,
      {.versions = {"1.0",
                    "0",
                    "2.2.1",
                    "1.11.29",
                    "3.2.0rc1",
                    "1.0.0b2",
                    "2023.7.22",
                    "0.4.1a1",
                    "1.0.dev456",
                    "1.0.post456.dev34",
                    "1!2.0",
                    "2.0.0.dev20230101",
                    "1.7.1.post1",
                    "1.0+ubuntu.1",
                    "2.1.0+cu118",
                    "0.0.0",
                    "1.0-1",
                    "v1.2.3",
                    "1.0.0-alpha.1",
                    "1.26.0.post2",
                    "5.0c1",
                    "0.3.3.dev1+g1234567",
                    "1.0a1.post2.dev3+l.4"},
       .pieces = {".",   "-",     "_",    "+",     "!",       "0",
                  "00",  ".0",    ".0.0", "a",     "b",       "c",
                  "rc",  "alpha", "beta", "pre",   "preview", "post",
                  "rev", "r",     "dev",  "-1",    "RC",      "v",
                  "1!",  "+a.1",  ".dev", ".post", "+10",     "99999999999999999999"}});
}

}  // namespace
}  // namespace vigil::version
