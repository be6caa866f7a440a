#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class Enable : public testing::ApiTest {
 protected:
  std::string status(std::string_view member) {
    return text(answer("BatchGetAccountStatus"), "accounts", "0", "resourceState",
                std::string(member), "status");
  }
};

TEST_F(Enable, TurnsScanTypesOnAndSaysAllOfThem) {
  EXPECT_EQ(answer("Enable", R"({"resourceTypes":["ECR","LAMBDA"]})"),
            R"({"accounts":[{"accountId":"123456789012","status":"ENABLED","resourceStatus":{)"
            R"("ec2":"ENABLED","ecr":"ENABLED","lambda":"ENABLED","lambdaCode":"DISABLED",)"
            R"("codeRepository":"DISABLED"}}],"failedAccounts":[]})");
  EXPECT_EQ(status("ecr"), "ENABLED");
  EXPECT_EQ(status("codeRepository"), "DISABLED");
}

TEST_F(Enable, WhatIsOnAlreadyStaysOn) {
  answer("Enable", R"({"resourceTypes":["EC2"]})");
  EXPECT_EQ(status("ec2"), "ENABLED");
}

TEST_F(Enable, LambdaCodeNeedsLambda) {
  EXPECT_EQ(error("Enable", R"({"resourceTypes":["LAMBDA_CODE"]})"), "400 ValidationException");
  EXPECT_EQ(status("lambdaCode"), "DISABLED");
  answer("Enable", R"({"resourceTypes":["LAMBDA_CODE","LAMBDA"]})");
  EXPECT_EQ(status("lambdaCode"), "ENABLED");
}

TEST_F(Enable, OtherAccountsFailByThemselves) {
  const std::string body =
      answer("Enable", R"({"accountIds":["999999999999"],"resourceTypes":["ECR"]})");
  EXPECT_EQ(text(body, "failedAccounts", "0", "errorCode"), "ACCESS_DENIED");
  EXPECT_EQ(status("ecr"), "DISABLED");
}

TEST_F(Enable, ChecksItsTypes) {
  for (const char* body :
       {"{}", R"({"resourceTypes":[]})", R"({"resourceTypes":["S3"]})",
        R"({"resourceTypes":["EC2","ECR","LAMBDA","LAMBDA_CODE","CODE_REPOSITORY","EC2"]})",
        R"({"resourceTypes":["EC2"],"clientToken":""})"}) {
    EXPECT_EQ(error("Enable", body), "400 ValidationException") << body;
  }
}

TEST_F(Enable, AClientTokenIsDoneOnce) {
  constexpr const char* kRequest = R"({"resourceTypes":["ECR"],"clientToken":"t-1"})";
  const std::string first = answer("Enable", kRequest);
  answer("Disable", R"({"resourceTypes":["ECR"]})");
  EXPECT_EQ(answer("Enable", kRequest), first);
  EXPECT_EQ(status("ecr"), "DISABLED") << "the repetition did nothing";
  EXPECT_EQ(error("Enable", R"({"resourceTypes":["LAMBDA"],"clientToken":"t-1"})"),
            "400 ValidationException");
  answer("Enable", R"({"resourceTypes":["ECR"],"clientToken":"t-2"})");
  EXPECT_EQ(status("ecr"), "ENABLED");
}

}  // namespace
}  // namespace vigil::api
