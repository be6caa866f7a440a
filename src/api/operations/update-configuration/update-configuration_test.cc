#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

using UpdateConfiguration = testing::ApiTest;

TEST_F(UpdateConfiguration, SetsWhatIsGivenAndKeepsTheRest) {
  EXPECT_EQ(answer("UpdateConfiguration", R"({"ecrConfiguration":{"rescanDuration":"LIFETIME"}})"),
            "{}");
  std::string now = answer("GetConfiguration");
  const auto ecr = [&](std::string_view member) {
    return text(now, "ecrConfiguration", "rescanDurationState", std::string(member));
  };
  EXPECT_EQ(ecr("rescanDuration"), "LIFETIME");
  EXPECT_EQ(ecr("pullDateRescanDuration"), "DAYS_14");
  EXPECT_EQ(at(now, {"ecrConfiguration", "rescanDurationState", "updatedAt"}).integer(),
            testing::kNow);

  answer("UpdateConfiguration",
         R"({"ec2Configuration":{"scanMode":"EC2_SSM_AGENT_BASED","activateVMScanner":false},)"
         R"("ecrConfiguration":{"rescanDuration":"DAYS_3","pullDateRescanDuration":"DAYS_7",)"
         R"("pullDateRescanMode":"LAST_PULL_DATE"}})");
  now = answer("GetConfiguration");
  EXPECT_EQ(ecr("rescanDuration"), "DAYS_3");
  EXPECT_EQ(ecr("pullDateRescanDuration"), "DAYS_7");
  EXPECT_EQ(ecr("pullDateRescanMode"), "LAST_PULL_DATE");
  EXPECT_EQ(text(now, "ec2Configuration", "scanModeState", "scanMode"), "EC2_SSM_AGENT_BASED");
}

TEST_F(UpdateConfiguration, RefusesWhatItWouldNotDo) {
  for (const char* body :
       {"{}", R"({"ec2Configuration":{"scanMode":"EC2_HYBRID","activateVMScanner":true}})",
        R"({"ec2Configuration":{}})", R"({"ecrConfiguration":{"rescanDuration":"DAYS_15"}})",
        R"({"accountId":"123456789012","updateConfigurationInheritance":)"
        R"({"ec2Configuration":"INHERIT_FROM_ADMIN"}})"}) {
    EXPECT_EQ(error("UpdateConfiguration", body), "400 ValidationException") << body;
  }
  EXPECT_EQ(error("UpdateConfiguration",
                  R"({"accountId":"999999999999","ec2Configuration":{"scanMode":"EC2_HYBRID"}})"),
            "403 AccessDeniedException");
}

}  // namespace
}  // namespace vigil::api
