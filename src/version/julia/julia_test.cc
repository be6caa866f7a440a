#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;

// There is no Julia in Debian; these tables follow the rules of base/version.jl, one by one.

TEST(JuliaVersion, BuildTakesPartAndSortsAboveNone) {
  expect_order("julia",
               "3.0.15 < 3.0.15+0 < 3.0.15+1 < 3.0.15+2 < 3.0.15+10 < 3.0.15+a < 3.0.16-rc1 < "
               "3.0.16-rc1+1 < 3.0.16+0");
}

TEST(JuliaVersion, PrereleaseSortsBelowItsRelease) {
  expect_order("julia",
               "1.0.0-1 < 1.0.0-2 < 1.0.0-10 < 1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-beta < 1.0.0");
}

TEST(JuliaVersion, LiteralsForBounds) {
  expect_order(
      "julia",
      "0.9.9+ < 1.0- < 1.0-0 < 1.0.0-rc1 < 1.0.0-rc1+ < 1.0 < 1.0+0 < 1.0+z < 1.0+ < 1.0.1-");
}

TEST(JuliaVersion, ShortAndUnmarkedTexts) {
  expect_order("julia", "1.0rc1 = 1.0.0-rc1 = v1.0.0rc1 < 1 = 1.0 = v1.0.0 = 01.0");
  expect_order("julia", "1.0.0--- < 1.0.0");
}

TEST(JuliaVersion, RefusesWhatIsNone) {
  expect_invalid("julia", {"", "v", "+", "-", "1.", "1.2.3.4", "1.0-a..b", "1.0+1+", "1.0+a..b",
                           "1.0-+", "1.0_1", " 1.0"});
}

}  // namespace
}  // namespace vigil::version
