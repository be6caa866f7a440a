#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

using BatchGetAccountStatus = testing::ApiTest;

TEST_F(BatchGetAccountStatus, SaysEveryScanTypeOfTheCaller) {
  constexpr const char* kEnabled =
      R"({"accounts":[{"accountId":"123456789012","state":{"status":"ENABLED"},"resourceState":{)"
      R"("ec2":{"status":"ENABLED"},"ecr":{"status":"DISABLED"},"lambda":{"status":"DISABLED"},)"
      R"("lambdaCode":{"status":"DISABLED"},"codeRepository":{"status":"DISABLED"}}}],)"
      R"("failedAccounts":[]})";
  EXPECT_EQ(answer("BatchGetAccountStatus", "{}"), kEnabled);
  EXPECT_EQ(answer("BatchGetAccountStatus", ""), kEnabled);
  EXPECT_EQ(answer("BatchGetAccountStatus", R"({"accountIds":[]})"), kEnabled);
  EXPECT_EQ(answer("BatchGetAccountStatus", R"({"accountIds":["123456789012"]})"), kEnabled);
  EXPECT_EQ(answer("BatchGetAccountStatus", R"({"accountIds":["123456789012","123456789012"]})"),
            kEnabled);
}

TEST_F(BatchGetAccountStatus, AnAccountWithEveryTypeOffIsDisabled) {
  write([](store::Connection& to) {
    return store::set_scan_type(to, testing::kAccount, "EC2", "DISABLED", testing::kNow);
  });
  EXPECT_EQ(text(answer("BatchGetAccountStatus"), "accounts", "0", "state", "status"), "DISABLED");
  write([](store::Connection& to) {
    return store::set_scan_type(to, testing::kAccount, "ECR", "DISABLING", testing::kNow);
  });
  EXPECT_EQ(text(answer("BatchGetAccountStatus"), "accounts", "0", "state", "status"), "DISABLING");
}

TEST_F(BatchGetAccountStatus, OtherAccountsFailByThemselves) {
  EXPECT_EQ(answer("BatchGetAccountStatus", R"({"accountIds":["999999999999"]})"),
            R"({"accounts":[],"failedAccounts":[{"accountId":"999999999999",)"
            R"("errorCode":"ACCESS_DENIED","errorMessage":)"
            R"("Invoking account does not have access to this account"}]})");
  EXPECT_EQ(
      text(answer("BatchGetAccountStatus", R"({"accountIds":["999999999999","123456789012"]})"),
           "accounts", "0", "accountId"),
      testing::kDigits);
}

TEST_F(BatchGetAccountStatus, AnIdOfAnotherFormIsRefused) {
  EXPECT_EQ(error("BatchGetAccountStatus", R"({"accountIds":["12345"]})"),
            "400 ValidationException");
  EXPECT_EQ(error("BatchGetAccountStatus", R"({"accountIds":["' OR 1=1 --"]})"),
            "400 ValidationException");
}

}  // namespace
}  // namespace vigil::api
