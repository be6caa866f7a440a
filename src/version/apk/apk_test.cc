#include "base/text.h"
#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(ApkVersion, SuffixesBeforeAndAfterTheRelease) {
  expect_order(
      "apk",
      "1.0_alpha < 1.0_beta < 1.0_pre < 1.0_rc < 1.0_rc1 < 1.0 < 1.0-r0 < 1.0_cvs < 1.0_svn < "
      "1.0_git < 1.0_hg < 1.0_p < 1.0_p1 < 1.0a < 1.0.0");
}

TEST(ApkVersion, SuffixNumbersCompareByValue) {
  expect_order("apk", "1.0_rc < 1.0_rc0 < 1.0_rc1 = 1.0_rc01 < 1.0_rc2 < 1.0_rc10 < 1.0");
  expect_order("apk", "1.0_p < 1.0_p-r1 < 1.0_p0 < 1.0_p1_rc1 < 1.0_p1 < 1.0_p1_p1 < 1.0_p2");
}

TEST(ApkVersion, RevisionIsTheLastToDecide) {
  expect_order("apk", "1.0_rc1-r9 < 1.0 < 1.0-r0 = 1.0-r00 < 1.0-r1 < 1.0-r10 < 1.0.1-r0");
}

TEST(ApkVersion, LaterNumbersWithLeadingZeroCompareAsText) {
  expect_order("apk", "1.0 < 1.00 < 1.001 < 1.01 < 1.010 < 1.02 < 1.1 < 1.9 < 1.10");
}

TEST(ApkVersion, FirstNumberComparesByValue) {
  expect_order("apk", "1.1 = 01.1 < 9.0 < 10.0");
}

TEST(ApkVersion, LetterFollowsTheNumbers) {
  expect_order("apk", "1.1.1 < 1.1.1a < 1.1.1a-r0 < 1.1.1b < 1.1.1w_p1 < 1.1.1.1");
}

TEST(ApkVersion, NumbersAfterTheLetterAsOldApkTookThem) {
  expect_order("apk",
               "1.9.5 < 1.9.5p-r0 < 1.9.5p2-r0 < 1.9.5p2.1-r0 < 1.9.5p10-r0 < 1.9.5q-r0 < 1.9.5.1");
}

TEST(ApkVersion, CommitHash) {
  expect_order("apk", "1.0-r0 < 1.0~0abc < 1.0~0abc-r0 < 1.0~1 < 1.0~ff < 1.0_p1");
}

TEST(ApkVersion, RealUpdatesAreNewer) {
  expect_order("apk", "3.1.4-r0 < 3.1.4-r1 < 3.1.4-r5 < 3.1.5-r0");
  expect_order("apk", "1.36.1-r2 < 1.36.1-r15 < 1.36.1-r20");
  expect_order("apk", "9.1_p1-r2 < 9.3_p1-r0 < 9.3_p2-r0 < 9.6_p1-r0");
  expect_order("apk", "0_git20220101-r0 < 0_git20230101-r1 < 0.1_pre20200101-r0 < 0.1-r0");
}

TEST(ApkVersion, RefusesWhatApkRefuses) {
  expect_invalid("apk", {"",          "a",         "v1.0",
                         ".1",        "1.",        "1..0",
                         "1.0-1",     "1.0-r",     "1.0-ra",
                         "1.0_",      "1.0_foo",   "1.0_p1a",
                         "1.0ab",     "1.0a1ab",   "1.0a.1",
                         "1.0A",      "1.0~",      "1.0~xyz",
                         "1.0~AB",    "1.0~ab_p1", "1.0-r1-r2",
                         "1.0-r1_p1", "1.0 ",      " 1.0",
                         "1.0_prea",  "1:1.0",     std::string_view("1\0", 2)});
  expect_valid("apk", {"1", "20230506-r0", "18446744073709551616-r18446744073709551616"});
}

TEST(ApkVersion, OrdersTheDistributionsThatUseApk) {
  for (const char* ecosystem : {"Alpine:v3.19", "Wolfi", "Chainguard", "MinimOS", "Alpaquita:23",
                                "BellSoft Hardened Containers"}) {
    const Scheme* scheme = scheme_of_ecosystem(ecosystem);
    ASSERT_NE(scheme, nullptr) << ecosystem;
    EXPECT_EQ(scheme->name, "apk");
  }
}

/// Today's apk wraps numbers at 2^64 and takes no number after the letter.
bool beyond_apk(std::string_view version) {
  if (testing::longest_number(version) > 18) return true;
  const std::size_t letter = version.find_first_not_of("0123456789.");
  if (letter == std::string_view::npos || letter + 1 >= version.size()) return false;
  return base::is_lower(version[letter]) && base::is_digit(version[letter + 1]);
}

const testing::Specimens kSpecimens{
    .versions = {"3.1.4-r5", "1.36.1-r20", "9.3_p2-r0", "0_git20230101-r1", "0.1_pre20200101-r0",
                 "1.1.1w-r0", "20230506-r0", "2.38.1-r8", "1.0_alpha1", "1.0_beta2_p1-r1",
                 "5.4.06-r0", "0.0.01", "1.2.3~abc123-r0", "8.0.30_rc1-r2", "1.0_hg5",
                 "1.0_cvs20200101"},
    .pieces = {".", "_",  "-",   "-r",     "r",    "0", "00",  "1",  "a",   "z",
               "p", "_p", "_rc", "_alpha", "_git", "~", "~ab", ".0", ".01", "-r0"},
    .excluded = [](std::string_view a,
                   std::string_view b) { return beyond_apk(a) || beyond_apk(b); },
    .pairs = 500};

// Debian does not have apk; where somebody built it (APK names the program), it is asked. It
// answers for invalid versions too, so their validity is asked separately.
constexpr testing::Oracle kApk{
    .tool = "apk version -t", .interpreter = "LC_ALL=C bash", .script = R"(
apk=${APK:-apk}
command -v "$apk" >/dev/null || exit 77
while IFS= read -r line; do
  a=${line%%$'\t'*} b=${line#*$'\t'}
  if "$apk" version --check "$a" "$b" >/dev/null 2>&1; then "$apk" version -t "$a" "$b"; else echo '?'; fi
done
)"};

TEST(ApkVersion, AgreesWithApk) {
  expect_agreement("apk", kApk, kSpecimens);
}

}  // namespace
}  // namespace vigil::version
