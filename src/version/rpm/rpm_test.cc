#include <algorithm>

#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(RpmVersion, TildeSortsBeforeEnd) {
  expect_order("rpm", "1.0~~ < 1.0~ < 1.0~alpha < 1.0~rc1 < 1.0~rc2 < 1.0 < 1.0.1");
}

TEST(RpmVersion, CaretSortsAfterEndAndBeforeAnythingElse) {
  expect_order("rpm", "1.0~rc1 < 1.0~rc1^git1 < 1.0 < 1.0^ < 1.0^git1 < 1.0^git2 < 1.0a < 1.0.1");
  expect_order("rpm", "1.0^~git < 1.0^ < 1.0^^ < 1.0^git~1 < 1.0^git");
}

TEST(RpmVersion, NumbersAreNewerThanLetters) {
  expect_order("rpm", "1 < 1.a < 1.0 < 1.1 < 1.1a");
}

TEST(RpmVersion, SeparatorsAreIgnored) {
  expect_order("rpm", "1.0 = 1_0 = 1..0 = 1.0. = .1.0 = 1+0 < 1.0a = 1.0.a < 1.0a1");
}

TEST(RpmVersion, NumbersCompareByValue) {
  expect_order("rpm", "1.9 < 1.10 = 1.010 < 1.18446744073709551616");
}

TEST(RpmVersion, LettersCompareByByte) {
  expect_order("rpm", "1A < 1Z < 1a < 1aa < 1b");
}

TEST(RpmVersion, EpochOutranksEverything) {
  expect_order("rpm", "99-99 = 0:99-99 = :99-99 < 1:1-1 = 01:1-1 < 2:0-0");
}

TEST(RpmVersion, AbsentReleaseIsOlderThanAnyRelease) {
  expect_order("rpm", "1.0 < 1.0-~ < 1.0- < 1.0-0 < 1.0-1");
}

TEST(RpmVersion, RealUpdatesAreNewer) {
  expect_order("rpm", "1:3.0.7-24.el9 < 1:3.0.7-25.el9_3 < 1:3.0.7-27.el9 < 1:3.2.2-6.el9_5");
  expect_order("rpm", "4.18.0-477.10.1.el8_8 < 4.18.0-477.27.1.el8_8 < 4.18.0-513.5.1.el8_9");
  expect_order("rpm", "2.9.7-150000.3.60.1 < 2.9.14-150400.5.25.1");
  expect_order("rpm", "8.0.1763-15.el8 < 8.0.1763-15.el8_2.1 < 2:7.4.629-6.el7");
}

TEST(RpmVersion, RefusesOnlyWhatHasNoMeaning) {
  expect_invalid("rpm", {"", std::string_view("1\0"
                                              "2",
                                              3)});
  expect_valid("rpm", {"-", ":", "a:b-c", "1.0-1:2", "\xc3\xa9"});
}

TEST(RpmVersion, OrdersTheEcosystemsThatUseRpm) {
  for (const char* ecosystem :
       {"AlmaLinux:9", "Rocky Linux:8", "Red Hat:enterprise_linux:9::baseos",
        "SUSE:Linux Enterprise Server 15 SP5", "openSUSE:Leap 15.5", "Mageia:9",
        "openEuler:24.03-LTS", "Azure Linux:3", "Photon OS:5.0"}) {
    const Scheme* scheme = scheme_of_ecosystem(ecosystem);
    ASSERT_NE(scheme, nullptr) << ecosystem;
    EXPECT_EQ(scheme->name, "rpm") << ecosystem;
  }
}

// The macro language cuts texts within a character; only the other oracle is given it.
constexpr std::string_view kNotAscii = "\xc3\xa9";

const testing::Specimens kSpecimens{
    .versions = {"1.0", "1.0-1", "1:3.0.7-25.el9_3", "4.18.0-477.27.1.el8_8",
                 "2.9.14-150400.5.25.1", "2:7.4.629-6.el7", "1.1.1k-12.el8_9",
                 "0:2.4.37-62.module+el8.9.0+19699+7a7a2044", "10.5.22-2.el7_9",
                 "1.8.0.392.b08-4.el8", "3.6.8-56.el8_9.rocky.0", "0~git20230101.abcdef-1.fc39",
                 "2.0^20230801gitabc1234-2.fc39", "5.14.21-150500.55.36.1", "2023c-1.el9",
                 "20230731-1.git94142fb.el9", "8.2.0~rc1-3.mga9", "1.24.0-1.amzn2.0.1"},
    .pieces = {"~",
               "^",
               ".",
               "-",
               "_",
               "+",
               ":",
               "1:",
               "0",
               "00",
               "a",
               "Z",
               "git",
               "10",
               "~rc1",
               "^git",
               "..",
               "-1",
               "99999999999999999999",
               "\xc3\xa9"}};

constexpr testing::Oracle kPython{
    .tool = "rpm.ver (python3-rpm)", .interpreter = "/usr/bin/python3", .script = R"(
import sys
try:
    import rpm
    rpm.ver
except (ImportError, AttributeError):
    sys.exit(77)
for line in sys.stdin.buffer:
    a, b = line.rstrip(b'\n').decode('latin-1').split('\t')
    try:
        x, y = rpm.ver(a), rpm.ver(b)
        print('<' if x < y else '>' if x > y else '=')
    except (ValueError, TypeError):
        print('?')
)"};

constexpr testing::Oracle kLua{
    .tool = "rpm --eval '%{lua:rpm.vercmp}'", .interpreter = "LC_ALL=C bash", .script = R"(
command -v rpm >/dev/null || exit 77
# The specimens hold none of % " and \.
lua='local signs = {[-1]="<", [0]="=", [1]=">"}
local function c(a, b) local ok, r = pcall(rpm.vercmp, a, b); print((ok and signs[r] or "?").."\n") end '
ask() { [ -z "$calls" ] || rpm --eval "%{lua:$lua $calls}" | grep .; calls=; }
calls= count=0
while IFS= read -r line; do
  calls+="c(\"${line%%$'\t'*}\",\"${line#*$'\t'}\") "
  count=$((count + 1)); [ $((count % 500)) != 0 ] || ask
done
ask
)"};

TEST(RpmVersion, AgreesWithRpm) {
  expect_agreement("rpm", kPython, kSpecimens);
}

TEST(RpmVersion, AgreesWithTheRpmProgram) {
  testing::Specimens specimens = kSpecimens;
  specimens.pairs = 1000;
  specimens.pieces.erase(std::find(specimens.pieces.begin(), specimens.pieces.end(), kNotAscii));
  expect_agreement("rpm", kLua, specimens);
}

}  // namespace
}  // namespace vigil::version
