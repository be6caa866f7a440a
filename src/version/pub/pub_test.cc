#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

// There is no Dart in Debian; these tables follow pub_semver's own rules, one by one.

TEST(PubVersion, PrereleaseSortsBelowItsRelease) {
  expect_order("pub",
               "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < "
               "1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0-rc.1+1 < 1.0.0");
}

TEST(PubVersion, BuildTakesPartAndSortsAboveNone) {
  expect_order("pub",
               "1.0.0 < 1.0.0+1 < 1.0.0+1.0 < 1.0.0+2 < 1.0.0+10 < 1.0.0+a < 1.0.0+a.1 < "
               "1.0.0+b < 1.0.1-0 < 1.0.1");
}

TEST(PubVersion, LeadingZerosAreReadByValue) {
  expect_order("pub", "1.2.3-1.dev+pre.2 = 01.02.03-01.dev+pre.02");
}

TEST(PubVersion, IdentifiersAreWhatDartTakesForNumbers) {
  expect_order("pub",
               "1.0.0--10 < 1.0.0--5 < 1.0.0--0 = 1.0.0-0 < 1.0.0-31 = 1.0.0-0x1F < 1.0.0-32 < "
               "1.0.0-9223372036854775807 < 1.0.0--- < 1.0.0-0xG < 1.0.0-9223372036854775808");
}

TEST(PubVersion, RealReleases) {
  expect_order("pub",
               "0.13.3+1 < 0.13.3+6 < 0.13.4 < 1.0.0-nullsafety.0 < 1.0.0-nullsafety.10 < 1.0.0");
}

TEST(PubVersion, RefusesOtherThanThreeNumbers) {
  expect_invalid("pub", {"", "1", "1.0", "1.0.0.0", "v1.0.0", "1.0.0-", "1.0.0+", "1.0.0-a..b",
                         "1.0.0-a_b", " 1.0.0", "1.0.0beta", "1.0.9223372036854775808"});
  expect_valid("pub", {"1.0.9223372036854775807"});
}

TEST(PubVersion, OrdersPub) {
  const Scheme* scheme = scheme_of_ecosystem("Pub");
  ASSERT_NE(scheme, nullptr);
  EXPECT_EQ(scheme->name, "pub");
}

}  // namespace
}  // namespace vigil::version
