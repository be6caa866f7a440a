#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

using GetConfiguration = testing::ApiTest;

TEST_F(GetConfiguration, SaysTheDefaultsOfNewAccounts) {
  constexpr const char* kDefaults =
      R"({"ecrConfiguration":{"rescanDurationState":{"rescanDuration":"DAYS_14",)"
      R"("status":"SUCCESS","pullDateRescanDuration":"DAYS_14",)"
      R"("pullDateRescanMode":"LAST_IN_USE_AT"}},"ec2Configuration":{"scanModeState":{)"
      R"("scanMode":"EC2_HYBRID","scanModeStatus":"SUCCESS"},)"
      R"("vmScannerState":{"activated":false,"status":"SUCCESS"}}})";
  EXPECT_EQ(answer("GetConfiguration"), kDefaults);
  EXPECT_EQ(answer("GetConfiguration", R"({"accountId":"123456789012"})"), kDefaults);
}

TEST_F(GetConfiguration, AnotherAccountsIsDenied) {
  EXPECT_EQ(error("GetConfiguration", R"({"accountId":"999999999999"})"),
            "403 AccessDeniedException");
}

}  // namespace
}  // namespace vigil::api
