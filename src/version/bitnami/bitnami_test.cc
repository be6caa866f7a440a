#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;

TEST(BitnamiVersion, RevisionSortsAboveTheRelease) {
  expect_order("bitnami", "1.2.2-9 < 1.2.3 = 1.2.3-0 < 1.2.3-1 < 1.2.3-2 < 1.2.3-10 < 1.2.4");
}

TEST(BitnamiVersion, PrereleaseStaysBelowTheRelease) {
  expect_order("bitnami", "2.6.0-rc1 < 2.6.0-rc2 < 2.6.0 < 2.6.0-1");
  expect_order("bitnami", "2.4.46-10.el8 < 2.4.46");
  expect_order("bitnami",
               "0.0.0-20250806193240-9b0b5d4f345f < 0.0.0-20251119140106-9dbdfc3f1be0 < 0.0.0");
}

TEST(BitnamiVersion, TextsOfTheFeed) {
  expect_order("bitnami", "2020.04.23 = 2020.4.23 < 2021.12.09 = v2021.12.9");
  expect_order("bitnami", "10.6.27 = 10.6.27-0 < 11.2.2-1");
}

TEST(BitnamiVersion, RefusesWhatIsNone) {
  expect_invalid("bitnami",
                 {"", "v", "1.2.3.4", "1.2.3-", "1.2.3-a..b", "nightly.2026-03-10.0", " 1.0.0"});
}

}  // namespace
}  // namespace vigil::version
