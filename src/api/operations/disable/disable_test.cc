#include "api/testing/api_test.h"
#include "store/findings.h"

namespace vigil::api {
namespace {

class Disable : public testing::ApiTest {
 protected:
  std::string status(std::string_view member) {
    return text(answer("BatchGetAccountStatus"), "accounts", "0", "resourceState",
                std::string(member), "status");
  }
  /// Findings of the host that are not closed.
  std::size_t open_findings(const std::string& host) {
    std::size_t count = 0;
    write([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(const auto known,
                store::findings_of(
                    from, testing::kAccount,
                    findings::resource_key(testing::kDigits, findings::instance_id(host))));
      for (const findings::Known& finding : known) {
        if (finding.status != findings::Status::Closed) ++count;
      }
      return ok();
    });
    return count;
  }
};

TEST_F(Disable, ClosesTheFindingsOfItsResources) {
  know({{"tracker.json", testing::kTracker}});
  ingest_flawed("web-1");
  ASSERT_EQ(open_findings("web-1"), 3U);
  EXPECT_EQ(answer("Disable", R"({"resourceTypes":["EC2"]})"),
            R"({"accounts":[{"accountId":"123456789012","status":"DISABLED","resourceStatus":{)"
            R"("ec2":"DISABLED","ecr":"DISABLED","lambda":"DISABLED","lambdaCode":"DISABLED",)"
            R"("codeRepository":"DISABLED"}}],"failedAccounts":[]})");
  EXPECT_EQ(open_findings("web-1"), 0U);
  answer("Enable", R"({"resourceTypes":["EC2"]})");
  EXPECT_EQ(open_findings("web-1"), 3U);
}

TEST_F(Disable, NoTypesMeansAll) {
  answer("Enable", R"({"resourceTypes":["ECR","LAMBDA"]})");
  answer("Disable", "{}");
  for (const char* member : {"ec2", "ecr", "lambda"}) EXPECT_EQ(status(member), "DISABLED");
}

TEST_F(Disable, LambdaTakesItsCodeWithIt) {
  answer("Enable", R"({"resourceTypes":["LAMBDA_CODE","LAMBDA"]})");
  answer("Disable", R"({"resourceTypes":["LAMBDA"]})");
  EXPECT_EQ(status("lambdaCode"), "DISABLED");
  EXPECT_EQ(status("ec2"), "ENABLED");
}

TEST_F(Disable, OtherAccountsFailByThemselvesAndNothingElseHappens) {
  const std::string body = answer("Disable", R"({"accountIds":["999999999999"]})");
  EXPECT_EQ(text(body, "failedAccounts", "0", "accountId"), testing::kOther);
  EXPECT_EQ(status("ec2"), "ENABLED");
}

}  // namespace
}  // namespace vigil::api
