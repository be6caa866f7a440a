#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(HackageVersion, OrdersAsListsOfNumbers) {
  expect_order("hackage",
               "0 < 0.1 < 0.2 < 0.10 < 1 < 1.0 < 1.0.0 < 1.0.0.1 < 1.0.1 < 1.1 < 999999999");
}

TEST(HackageVersion, RealReleasesInOrder) {
  expect_order("hackage", "2.1.2.0 < 2.1.2.1 < 2.1.3.0 < 2.2.0.0 < 2.2.1");
  expect_order("hackage", "9.2.8 < 9.4.1 < 9.4.7 < 9.10.1");
}

TEST(HackageVersion, TagsDoNotCount) {
  expect_order("hackage", "1.0 = 1.0-alpha = 1.0-alpha-2 < 1.0.0");
}

TEST(HackageVersion, RefusesWhatCabalRefuses) {
  expect_invalid("hackage", {"", "1.", ".1", "1..2", "01", "1.02", "1.1000000000", "1.0-",
                             "1.0-a_b", "1.a", "v1", " 1", "1.0+1"});
  expect_valid("hackage", {"0.0", "999999999.0"});
}

TEST(HackageVersion, RefusesOverlongText) {
  const std::string tag(kMaximumLength - 2, 'a');
  expect_valid("hackage", {"1-" + tag});
  expect_invalid("hackage", {"1-" + tag + "a"});
}

TEST(HackageVersion, OrdersHackageAndGhc) {
  EXPECT_EQ(scheme_of_ecosystem("Hackage")->name, "hackage");
  EXPECT_EQ(scheme_of_ecosystem("GHC")->name, "hackage");
}

}  // namespace
}  // namespace vigil::version
