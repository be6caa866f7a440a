#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class BatchGetFindingDetails : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker},
          {"kev.json",
           R"({"title":"t","catalogVersion":"2026.01.25","dateReleased":"2026-01-25T17:04:19Z",)"
           R"("count":1,"vulnerabilities":[{"cveID":"CVE-2026-0001","vulnerabilityName":"A flaw",)"
           R"("dateAdded":"2026-01-20","shortDescription":"d","requiredAction":"Act.",)"
           R"("dueDate":"2026-02-10","knownRansomwareCampaignUse":"Known"}]})"}});
    ingest("web-1", {{"openssl", "3.0.14-1"}});
    arn_ = text(answer("ListFindings"), "findings", "0", "findingArn");
  }
  static std::string asking(const std::vector<std::string>& arns) {
    std::string body = R"({"findingArns":[)";
    for (std::size_t i = 0; i < arns.size(); ++i) {
      body += (i == 0 ? "\"" : ",\"") + arns[i] + "\"";
    }
    return body + "]}";
  }
  std::string arn_;
};

TEST_F(BatchGetFindingDetails, SaysWhatIsKnownBeyondTheFinding) {
  const std::string got = answer("BatchGetFindingDetails", asking({arn_}));
  EXPECT_EQ(text(got, "findingDetails", "0", "findingArn"), arn_);
  EXPECT_EQ(text(got, "findingDetails", "0", "cisaData", "action"), "Act.");
  EXPECT_EQ(at(got, {"findingDetails", "0", "cisaData", "dateAdded"}).integer(), 1768867200);
  EXPECT_EQ(at(got, {"findingDetails", "0", "cisaData", "dateDue"}).integer(), 1770681600);
  EXPECT_FALSE(at(got, {"findingDetails", "1"}).exists());
  EXPECT_FALSE(at(got, {"errors", "0"}).exists());
}

TEST_F(BatchGetFindingDetails, EachArnFailsByItself) {
  std::string nothing = arn_;
  nothing.replace(nothing.size() - 4, 4, "0000");
  std::string foreign = arn_;
  foreign.replace(foreign.find(testing::kDigits), 12, testing::kOther);
  const std::string got = answer("BatchGetFindingDetails", asking({nothing, arn_, foreign, arn_}));
  EXPECT_EQ(text(got, "findingDetails", "0", "findingArn"), arn_);
  EXPECT_FALSE(at(got, {"findingDetails", "1"}).exists());
  EXPECT_EQ(text(got, "errors", "0", "findingArn"), nothing);
  EXPECT_EQ(text(got, "errors", "0", "errorCode"), "FINDING_DETAILS_NOT_FOUND");
  EXPECT_EQ(text(got, "errors", "1", "findingArn"), foreign);
  EXPECT_EQ(text(got, "errors", "1", "errorCode"), "ACCESS_DENIED");
}

TEST_F(BatchGetFindingDetails, AnotherRegionsArnIsAnotherFinding) {
  std::string elsewhere = arn_;
  elsewhere.replace(elsewhere.find("us-east-1"), 9, "eu-west-1");
  EXPECT_EQ(text(answer("BatchGetFindingDetails", asking({elsewhere})), "errors", "0", "errorCode"),
            "FINDING_DETAILS_NOT_FOUND");
}

TEST_F(BatchGetFindingDetails, ChecksItsInput) {
  EXPECT_EQ(error("BatchGetFindingDetails", "{}"), "400 ValidationException");
  EXPECT_EQ(error("BatchGetFindingDetails", asking({})), "400 ValidationException");
  EXPECT_EQ(error("BatchGetFindingDetails", asking({"' OR 1=1 --"})), "400 ValidationException");
  EXPECT_EQ(error("BatchGetFindingDetails", asking(std::vector<std::string>(11, arn_))),
            "400 ValidationException");
}

}  // namespace
}  // namespace vigil::api
