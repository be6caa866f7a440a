#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(WindowsVersion, NumbersCompareByValue) {
  expect_order("windows",
               "6.1.7601.24214 < 6.3.9600.21715 < 10.0.10240.20345 < 10.0.17763.5206 < "
               "10.0.19045.3803 < 10.0.19045.3930 < 10.0.22631.2861");
}

TEST(WindowsVersion, MissingNumbersAreZero) {
  expect_order("windows", "10 = 10.0 = 10.0.0 = 10.0.0.0 < 10.0.0.1 < 10.0.19045 = 10.0.19045.0");
}

TEST(WindowsVersion, LeadingZerosAreReadByValue) {
  expect_order("windows", "1.9 < 1.010 = 1.10");
}

TEST(WindowsVersion, RefusesWhatIsNone) {
  expect_invalid("windows", {"", ".", "10.", ".10", "10..0", "1.2.3.4.5", "10.0.x", "v10", "10.0 ",
                             "-1", "10.0.19041.3636 (WinBuild.160101.0800)", "4294967296"});
  expect_valid("windows", {"4294967295.4294967295.4294967295.4294967295"});
}

TEST(WindowsVersion, RefusesHugeInputWithAShortMessage) {
  const std::string digits(1 << 20, '1');
  const Result<Key> key = find_scheme("windows")->key(digits);
  ASSERT_FALSE(key);
  EXPECT_LT(key.error().text().size(), 300u);
}

}  // namespace
}  // namespace vigil::version
