#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class ListCoverage : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    for (const char* name : {"web-1", "web-2", "web-3"}) ingest_flawed(name);
  }
  /// Resources and scan types of an answer, joined by blanks.
  std::string rows(std::string_view body) {
    const std::string got = answer("ListCoverage", body);
    std::string joined;
    for (const base::Json& row : at(got, {"coveredResources"}).items()) {
      const std::string_view id = row["resourceId"].text();
      for (const char* name : {"web-1", "web-2", "web-3"}) {
        if (findings::instance_id(name) == id) joined += std::string(name) + " ";
      }
    }
    return joined;
  }
};

TEST_F(ListCoverage, WritesRowsAsTheModelHasThem) {
  const std::string id = findings::instance_id("web-1");
  const std::string got = answer(
      "ListCoverage", R"({"filterCriteria":{"resourceId":[{"comparison":"EQUALS","value":")" + id +
                          R"("}],"scanType":[{"comparison":"EQUALS","value":"PACKAGE"}]}})");
  const auto row = [&](std::initializer_list<std::string_view> way) {
    base::Json value = at(got, {"coveredResources", "0"});
    for (const std::string_view step : way) value = value[step];
    return value;
  };
  EXPECT_EQ(row({"resourceType"}).text(), "AWS_EC2_INSTANCE");
  EXPECT_EQ(row({"resourceId"}).text(), id);
  EXPECT_EQ(row({"accountId"}).text(), testing::kDigits);
  EXPECT_EQ(row({"scanType"}).text(), "PACKAGE");
  EXPECT_EQ(row({"scanStatus", "statusCode"}).text(), "ACTIVE");
  EXPECT_EQ(row({"scanStatus", "reason"}).text(), "SUCCESSFUL");
  EXPECT_EQ(row({"resourceMetadata", "ec2", "platform"}).text(), "LINUX");
  EXPECT_EQ(row({"resourceMetadata", "ec2", "tags", "vigil:name"}).text(), "web-1");
  EXPECT_TRUE(row({"lastScannedAt"}).integer());
  EXPECT_FALSE(at(got, {"nextToken"}).exists());
}

TEST_F(ListCoverage, SaysWhyAResourceIsNotWatched) {
  answer("Disable", R"({"resourceTypes":["EC2"]})");
  const std::string inactive = R"({"filterCriteria":{"scanStatusCode":[)"
                               R"({"comparison":"EQUALS","value":"INACTIVE"}]}})";
  EXPECT_NE(rows(inactive), "");
  EXPECT_NE(text(answer("ListCoverage", inactive), "coveredResources", "0", "scanStatus", "reason"),
            "SUCCESSFUL");
}

TEST_F(ListCoverage, PagesGiveEachRowOnce) {
  const std::string whole = rows("{}");
  std::string seen;
  std::string token;
  for (int page = 0; page < 20; ++page) {
    const std::string body =
        R"({"maxResults":1)" + (token.empty() ? "" : R"(,"nextToken":")" + token + "\"") + "}";
    seen += rows(body);
    token = text(answer("ListCoverage", body), "nextToken");
    if (token.empty()) break;
  }
  EXPECT_EQ(seen, whole);
}

TEST_F(ListCoverage, FiltersByTags) {
  EXPECT_THAT(rows(R"({"filterCriteria":{"ec2InstanceTags":[{"comparison":"EQUALS",)"
                   R"("key":"vigil:name","value":"web-2"}]}})"),
              ::testing::MatchesRegex("(web-2 )+"));
  EXPECT_EQ(rows(R"({"filterCriteria":{"resourceType":[{"comparison":"EQUALS",)"
                 R"("value":"no such type"}]}})"),
            "");
}

TEST_F(ListCoverage, ChecksItsInput) {
  for (const char* body :
       {R"({"maxResults":201})",
        R"({"filterCriteria":{"resourceId":[{"comparison":"PREFIX","value":"i-"}]}})",
        R"({"filterCriteria":{"lastScannedAt":[{"startInclusive":"now"}]}})"}) {
    EXPECT_EQ(error("ListCoverage", body), "400 ValidationException") << body;
  }
}

TEST_F(ListCoverage, OtherAccountsSeeNothingOfThis) {
  account_ = testing::kOther;
  EXPECT_EQ(answer("ListCoverage"), R"({"coveredResources":[]})");
}

}  // namespace
}  // namespace vigil::api
