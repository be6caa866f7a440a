#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(GenericVersion, NumbersCompareByValueAndTrailingZerosDoNotCount) {
  expect_order("generic",
               "0 < 1 = 1.0 = 1.0.0 = 01 < 1.0.1 < 1.2 < 1.10 < 2 < 20230101 < "
               "99999999999999999999");
}

TEST(GenericVersion, PreReleaseWordsInOrder) {
  expect_order("generic",
               "1.0-dev = 1.0-SNAPSHOT = 1.0-nightly < 1.0-alpha = 1.0-alpha0 < 1.0a1 = "
               "1.0.0-alpha.1 < 1.0b2 = 1.0-beta-2 < 1.0-m1 < 1.0-preview2 < 1.0rc1 = "
               "1.0-RC.1 = 1.0c1 < 1.0rc2 < 1.0");
}

TEST(GenericVersion, LettersAfterTheReleaseArePatches) {
  expect_order("generic", "1.0.2 < 1.0.2a < 1.0.2k < 1.0.2zf < 1.0.2.1 < 1.0.3");
  expect_order("generic", "9.8p1 < 9.9 < 9.9p1 = 9.9-patch1 = 9.9pl1 < 9.9p2 < 9.10");
  expect_order("generic", "1.0 < 1.0-1 < 1.0-2 < 1.1");
}

TEST(GenericVersion, ReleaseWordsAtTheEndSayNothing) {
  expect_order("generic", "2.0-rc1 < 2.0.Final = 2.0 = 2.0-GA = 2.0_release < 2.0-final-1");
}

TEST(GenericVersion, NameBeforeTheNumberIsDropped) {
  expect_order("generic", "curl-7_88_1 = v7.88.1 = 7.88.1 = release-7.88.1 < 8.0.0");
  expect_order("generic", "OpenSSL_1_1_1v < OpenSSL_1_1_1w = 1.1.1w < 3.0.0-alpha1");
}

TEST(GenericVersion, KernelReleasesInOrder) {
  expect_order("generic",
               "v2.6.12-rc2 < v2.6.12-rc10 < v2.6.12 < v4.9.337 < v4.10-rc1 < v4.10 < v6.1.55");
}

TEST(GenericVersion, BuildMarksDoNotCount) {
  expect_order("generic", "1.0-rc1+5 < 1.0 = 1.0+git = 1.0+9");
}

TEST(GenericVersion, EpochOutranksEverything) {
  expect_order("generic", "9:1 = 9:1.0 < 10:0.1 < 10:2");
}

TEST(GenericVersion, RefusesWhatHasNoNumber) {
  expect_invalid("generic", {"", "master", "latest", " ", "v", "1.0\n2", "1:"});
  expect_valid("generic", {"1", "1:2", "master-1", "1.0-\xc3\xa9", "12L:2023-09-05", "~1.0"});
}

TEST(GenericVersion, RefusesOverlongText) {
  const std::string digits(kMaximumLength, '1');
  expect_valid("generic", {digits});
  expect_invalid("generic", {digits + "1"});
}

TEST(GenericVersion, OrdersEcosystemsWithoutAnOrder) {
  EXPECT_EQ(scheme_of_ecosystem("ConanCenter")->name, "generic");
  EXPECT_EQ(scheme_of_ecosystem("vcpkg")->name, "generic");
  EXPECT_EQ(scheme_of_ecosystem("Linux")->name, "generic");
  EXPECT_EQ(scheme_of_ecosystem("GIT"), nullptr);
}

}  // namespace
}  // namespace vigil::version
