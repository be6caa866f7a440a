#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(NuGetVersion, MissingNumbersAreZero) {
  expect_order("nuget", "1 = 1.0 = 1.0.0 = 1.0.0.0 = 01.00 < 1.0.0.1 < 1.0.1 < 1.0.10 < 1.1");
}

// The example of "Package versioning" in the NuGet documentation, from the highest down.
TEST(NuGetVersion, DocumentedOrderOfPreReleases) {
  expect_order("nuget",
               "1.0.1-aaa < 1.0.1-alpha < 1.0.1-alpha.2 < 1.0.1-alpha.10 < 1.0.1-alpha2 < "
               "1.0.1-beta < 1.0.1-open < 1.0.1-rc < 1.0.1-rc.2 < 1.0.1-rc.10 < 1.0.1-zzz < 1.0.1");
}

// The example of section 11 of SemVer 2.0.0.
TEST(NuGetVersion, SemVerOrder) {
  expect_order("nuget",
               "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < "
               "1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0");
}

TEST(NuGetVersion, LabelsIgnoreCase) {
  expect_order("nuget", "1.0.0-Alpha = 1.0.0-ALPHA < 1.0.0-Beta = 1.0.0-beta");
}

TEST(NuGetVersion, HyphenBelowDigitsBelowLetters) {
  expect_order("nuget", "1.0-beta- < 1.0-beta-1 < 1.0-beta1 < 1.0-betaA < 1.0-betab");
}

TEST(NuGetVersion, MetadataDoesNotCount) {
  expect_order("nuget", "1.0.0-a = 1.0.0-a+b.001 < 1.0.0 = 1.0.0+sha.5114f85 = 1.0.0+z");
}

TEST(NuGetVersion, NumericLabelsHave32BitsAndMayHaveASign) {
  expect_order("nuget",
               "1.0--2147483648 < 1.0--10 < 1.0--5 < 1.0--0 = 1.0-0 < 1.0-5 < 1.0-10 < "
               "1.0-2147483647 < 1.0--2147483649 < 1.0-10000000000 < 1.0-2147483648 < 1.0-a");
}

TEST(NuGetVersion, RealReleasesInOrder) {
  expect_order("nuget",
               "6.0.0-preview.7.21377.19 < 6.0.0-rc.1.21451.13 < 6.0.0-rc.2.21480.5 < 6.0.0 < "
               "6.0.1 < 6.0.10");
  expect_order("nuget", "4.3.0-preview1-24530-04 < 4.3.0 < 4.3.0.1 < 4.3.1");
  expect_order("nuget", "12.0.1-beta1 < 12.0.1 < 12.0.3 < 13.0.1");
}

TEST(NuGetVersion, RefusesWhatNuGetRefuses) {
  expect_invalid("nuget", {"", "a", "1.0.0.0.0", "1..2", "1.", ".1", "1.0-", "1.0-a..b", "1.0-01",
                           "1.0-a.00", "1.0+", "1.0+a+b", "1.0-a_b", "v1.0", "2147483648",
                           "1.0.2147483648", "1.*", "[1.0,2.0)", "1.0 beta"});
  expect_valid("nuget", {"2147483647.0.0.2147483647", "1.0-0a", "1.0-a.0", "1.0+001", " 1.0 "});
}

TEST(NuGetVersion, RefusesOverlongText) {
  expect_valid("nuget", {"1-" + std::string(kMaximumLength - 2, 'a')});
  expect_invalid("nuget", {"1-" + std::string(kMaximumLength - 1, 'a')});
}

TEST(NuGetVersion, OrdersNuGet) {
  EXPECT_EQ(scheme_of_ecosystem("NuGet")->name, "nuget");
}

}  // namespace
}  // namespace vigil::version
