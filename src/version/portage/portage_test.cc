#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(PortageVersion, SuffixesBelowAndAboveTheRelease) {
  expect_order(
      "portage",
      "1.0_alpha < 1.0_alpha1_beta < 1.0_alpha1 < 1.0_alpha1_p1 < 1.0_beta < 1.0_pre < 1.0_rc < "
      "1.0 < 1.0-r1 < 1.0_p < 1.0_p1 < 1.0a < 1.0.0");
}

TEST(PortageVersion, AbsentSuffixNumberAndRevisionAreZero) {
  expect_order("portage",
               "1.0 = 1.0-r0 = 1.0-r00 < 1.0_p = 1.0_p0 = 1.0_p00-r0 < 1.0_p0-r1 < 1.0_p1");
}

TEST(PortageVersion, LaterNumbersWithLeadingZeroCompareAsTextWithoutTrailingZeros) {
  expect_order("portage",
               "1 < 1.0 = 1.00 < 1.001 = 1.0010 < 1.01 = 1.010 < 1.02 < 1.09 < 1.1 < 1.10");
}

TEST(PortageVersion, FirstNumberComparesByValue) {
  expect_order("portage", "1.1 = 01.1 < 9.0 < 10");
}

TEST(PortageVersion, MoreNumbersOutrankTheLetter) {
  expect_order("portage", "12.2 < 12.2b < 12.2c < 12.2.5 < 12.2.5a");
  expect_order("portage", "1b < 1.5");
}

TEST(PortageVersion, RealUpdatesAreNewer) {
  expect_order("portage", "9.3_p1 < 9.3_p1-r1 < 9.3_p2 < 9.4_p1-r1");
  expect_order("portage", "1.1.1v < 1.1.1w < 3.0.10 < 3.0.12");
  expect_order("portage", "0_pre20230101 < 0_p20220101 < 0_p20230101");
}

TEST(PortageVersion, RefusesWhatPortageRefuses) {
  expect_invalid("portage", {"", "a", "v1.0", "1.", "1..0", "1.0-1", "1.0-r", "1.0_", "1.0_git1",
                             "1.0_p1a", "1.0ab", "1.0a1", "1.0A", "1.0 ", "1.0-r1_p1", "9999-",
                             "1~1", std::string_view("1\0", 2)});
  expect_valid("portage", {"9999", "20230101", "1.0_p1_p2_alpha3-r4"});
}

TEST(PortageVersion, OrdersGentoo) {
  const Scheme* scheme = scheme_of_ecosystem("Gentoo");
  ASSERT_NE(scheme, nullptr);
  EXPECT_EQ(scheme->name, "portage");
}

const testing::Specimens kSpecimens{
    .versions = {"1.0", "9.3_p1-r1", "1.1.1w", "0_pre20230101", "0_p20230101", "3.0.12", "5.15.85",
                 "2.38.1-r2", "1.0_alpha1", "1.0_beta2_p1-r1", "2.06", "0.0.01", "10.0.010",
                 "8.0.30_rc1-r2", "9999", "1.2.3b_p4"},
    .pieces = {".", "_", "-", "-r", "r", "0", "00", "1", "a", "z", "p", "_p", "_rc", "_alpha",
               "_pre", ".0", ".01", "-r0"}};

// Debian does not have Portage; where its Python module can be imported, it is asked.
constexpr testing::Oracle kPortage{
    .tool = "portage.versions", .interpreter = "/usr/bin/python3", .script = R"(
import sys
try:
    from portage.versions import vercmp, ververify
except ImportError:
    sys.exit(77)
for line in sys.stdin:
    a, b = line.rstrip('\n').split('\t')
    if not (ververify(a) and ververify(b)):
        print('?')
        continue
    order = vercmp(a, b)
    print('<' if order < 0 else '>' if order > 0 else '=')
)"};

TEST(PortageVersion, AgreesWithPortage) {
  expect_agreement("portage", kPortage, kSpecimens);
}

}  // namespace
}  // namespace vigil::version
