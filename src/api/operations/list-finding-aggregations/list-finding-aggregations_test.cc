#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class ListFindingAggregations : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    ingest_flawed("web-1");
    ingest("web-2", {{"openssl", "3.0.14-1"}});
  }
  std::string body(std::string_view type, std::string_view more = {}) {
    return R"({"aggregationType":")" + std::string(type) + "\"" + std::string(more) + "}";
  }
  /// Group and its count of all findings, joined by blanks.
  std::string counts(std::string_view type, std::string_view member, std::string_view key,
                     std::string_view more = {}) {
    const std::string got = answer("ListFindingAggregations", body(type, more));
    std::string joined;
    for (const base::Json& group : at(got, {"responses"}).items()) {
      const base::Json values = group[member];
      joined += (joined.empty() ? "" : " ") + std::string(values[key].text()) + "=" +
                std::to_string(values["severityCounts"]["all"].integer().value_or(-1));
    }
    return joined;
  }
};

TEST_F(ListFindingAggregations, CountsActiveFindings) {
  EXPECT_EQ(counts("ACCOUNT", "accountAggregation", "accountId"), "123456789012=4");
  EXPECT_EQ(counts("FINDING_TYPE", "findingTypeAggregation", "accountId"), "123456789012=4");
  EXPECT_EQ(counts("PACKAGE", "packageAggregation", "packageName",
                   R"(,"aggregationRequest":{"packageAggregation":{"sortBy":"ALL","packageNames":)"
                   R"([{"comparison":"EQUALS","value":"openssl"}]}})"),
            "openssl=2");
  EXPECT_EQ(counts("AWS_EC2_INSTANCE", "ec2InstanceAggregation", "instanceId",
                   R"(,"aggregationRequest":{"ec2InstanceAggregation":{"sortBy":"ALL"}})"),
            findings::instance_id("web-1") + "=3 " + findings::instance_id("web-2") + "=1");
  EXPECT_EQ(counts("VM_INSTANCE", "vmInstanceAggregation", "resourceId",
                   R"(,"aggregationRequest":{"vmInstanceAggregation":{"sortBy":"ALL",)"
                   R"("sortOrder":"ASC"}})"),
            findings::instance_id("web-2") + "=1 " + findings::instance_id("web-1") + "=3");
}

TEST_F(ListFindingAggregations, WritesAGroupAsTheModelHasIt) {
  const std::string got =
      answer("ListFindingAggregations",
             body("TITLE", R"(,"aggregationRequest":{"titleAggregation":{"vulnerabilityIds":)"
                           R"([{"comparison":"EQUALS","value":"CVE-2026-0001"}]}})"));
  EXPECT_EQ(text(got, "aggregationType"), "TITLE");
  EXPECT_EQ(text(got, "responses", "0", "titleAggregation", "title"), "CVE-2026-0001 - openssl");
  EXPECT_EQ(text(got, "responses", "0", "titleAggregation", "vulnerabilityId"), "CVE-2026-0001");
  EXPECT_EQ(at(got, {"responses", "0", "titleAggregation", "severityCounts", "all"}).integer(), 2);
  EXPECT_TRUE(
      at(got, {"responses", "0", "titleAggregation", "severityCounts", "critical"}).integer());
  EXPECT_FALSE(at(got, {"responses", "1"}).exists());
}

TEST_F(ListFindingAggregations, AllFifteenTypesAnswer) {
  for (const char* type :
       {"FINDING_TYPE", "PACKAGE", "TITLE", "REPOSITORY", "AMI", "AWS_EC2_INSTANCE",
        "AWS_ECR_CONTAINER", "IMAGE_LAYER", "ACCOUNT", "AWS_LAMBDA_FUNCTION", "LAMBDA_LAYER",
        "CODE_REPOSITORY", "VM_INSTANCE", "CONTAINER_IMAGE", "SERVERLESS_FUNCTION"}) {
    EXPECT_EQ(text(answer("ListFindingAggregations", body(type)), "aggregationType"), type);
  }
}

TEST_F(ListFindingAggregations, TheAccountsOfTheRequestNarrowIt) {
  const auto accounts = [&](std::string_view comparison, std::string_view value) {
    return counts("ACCOUNT", "accountAggregation", "accountId",
                  R"(,"accountIds":[{"comparison":")" + std::string(comparison) + R"(","value":")" +
                      std::string(value) + "\"}]");
  };
  EXPECT_EQ(accounts("EQUALS", testing::kDigits), "123456789012=4");
  EXPECT_EQ(accounts("PREFIX", "1234"), "123456789012=4");
  EXPECT_EQ(accounts("NOT_EQUALS", testing::kOther), "123456789012=4");
  EXPECT_EQ(accounts("EQUALS", testing::kOther), "");
  EXPECT_EQ(accounts("NOT_EQUALS", testing::kDigits), "");
}

TEST_F(ListFindingAggregations, PagesGiveEachGroupOnce) {
  std::string seen;
  std::string token;
  for (int page = 0; page < 10; ++page) {
    const std::string got =
        answer("ListFindingAggregations",
               body("PACKAGE", R"(,"maxResults":1)" +
                                   (token.empty() ? "" : R"(,"nextToken":")" + token + "\"")));
    for (const base::Json& group : at(got, {"responses"}).items()) {
      seen += std::string(group["packageAggregation"]["packageName"].text()) + " ";
    }
    token = text(got, "nextToken");
    if (token.empty()) break;
  }
  EXPECT_EQ(seen.size(), std::string_view("openssl curl zlib ").size());
}

TEST_F(ListFindingAggregations, ChecksItsInput) {
  for (const std::string& wrong :
       {std::string("{}"), body("COLOUR"), body("TITLE", R"(,"maxResults":101)"),
        body("TITLE", R"(,"aggregationRequest":{})"),
        body("TITLE", R"(,"aggregationRequest":{"packageAggregation":{}})"),
        body("TITLE", R"(,"aggregationRequest":{"titleAggregation":{},"packageAggregation":{}})"),
        body("TITLE", R"(,"aggregationRequest":{"titleAggregation":{"sortBy":"LOW"}})")}) {
    EXPECT_EQ(error("ListFindingAggregations", wrong), "400 ValidationException") << wrong;
  }
}

TEST_F(ListFindingAggregations, OtherAccountsSeeNothingOfThis) {
  account_ = testing::kOther;
  EXPECT_EQ(counts("PACKAGE", "packageAggregation", "packageName"), "");
}

}  // namespace
}  // namespace vigil::api
