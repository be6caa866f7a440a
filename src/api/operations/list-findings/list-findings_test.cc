#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class ListFindings : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    ingest_flawed("web-1");
    ingest("web-2", {{"openssl", "3.0.14-1"}});
  }
  /// The vulnerabilities in the order of the answer, joined by blanks.
  std::string ids(std::string_view body) {
    const std::string got = answer("ListFindings", body);
    std::string joined;
    for (const base::Json& finding : at(got, {"findings"}).items()) {
      joined +=
          (joined.empty() ? "" : " ") +
          std::string(finding["packageVulnerabilityDetails"]["vulnerabilityId"].text().substr(9));
    }
    return joined;
  }
  static std::string where(std::string_view criteria) {
    return R"({"filterCriteria":{)" + std::string(criteria) +
           R"(},"sortCriteria":{"field":"VULNERABILITY_ID","sortOrder":"ASC"}})";
  }
};

TEST_F(ListFindings, WritesFindingsAsTheModelHasThem) {
  const std::string got =
      answer("ListFindings",
             where(R"("vulnerabilityId":[{"comparison":"EQUALS","value":"CVE-2026-0002"}])"));
  const auto finding = [&](std::initializer_list<std::string_view> way) {
    base::Json value = at(got, {"findings", "0"});
    for (const std::string_view step : way) value = value[step];
    return value;
  };
  EXPECT_THAT(std::string(finding({"findingArn"}).text()),
              ::testing::MatchesRegex("arn:aws:inspector2:us-east-1:123456789012:finding/"
                                      "[0-9a-f]{32}"));
  EXPECT_EQ(finding({"awsAccountId"}).text(), testing::kDigits);
  EXPECT_EQ(finding({"type"}).text(), "PACKAGE_VULNERABILITY");
  EXPECT_EQ(finding({"status"}).text(), "ACTIVE");
  EXPECT_EQ(finding({"fixAvailable"}).text(), "NO");
  EXPECT_EQ(finding({"title"}).text(), "CVE-2026-0002 - curl");
  EXPECT_TRUE(finding({"firstObservedAt"}).integer());
  EXPECT_EQ(at(got, {"findings", "0", "resources", "0"})["id"].text(),
            findings::instance_id("web-1"));
  EXPECT_FALSE(at(got, {"nextToken"}).exists());
  EXPECT_FALSE(at(got, {"findings", "1"}).exists());
}

TEST_F(ListFindings, FiltersAndSorts) {
  EXPECT_EQ(ids(where(R"("vulnerabilityId":[{"comparison":"PREFIX","value":"CVE-"}])")),
            "0001 0001 0002 0003");
  EXPECT_EQ(ids(R"({"sortCriteria":{"field":"VULNERABILITY_ID","sortOrder":"DESC"}})"),
            "0003 0002 0001 0001");
  EXPECT_EQ(ids(where(R"("fixAvailable":[{"comparison":"NOT_EQUALS","value":"YES"}])")), "0002");
  EXPECT_EQ(ids(where(R"("vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"zlib"}}])")),
            "0003");
  EXPECT_EQ(ids(where(R"("resourceTags":[{"comparison":"EQUALS","key":"vigil:name",)"
                      R"("value":"web-2"}])")),
            "0001");
  EXPECT_EQ(ids(where(R"("firstObservedAt":[{"startInclusive":4000000000}])")), "");
}

TEST_F(ListFindings, NullsAndUnknownMembersOfTheFilterAreAbsent) {
  EXPECT_EQ(ids(R"({"filterCriteria":{"severity":null,"newest":[1]},"sortCriteria":null})").size(),
            19U);
  EXPECT_EQ(ids(R"({"filterCriteria":null})").size(), 19U);
}

TEST_F(ListFindings, UnknownValuesMatchNothing) {
  for (const char* field : {"severity", "findingStatus", "resourceType", "findingType",
                            "fixAvailable", "networkProtocol"}) {
    EXPECT_EQ(ids(where("\"" + std::string(field) +
                        R"(":[{"comparison":"EQUALS","value":"TestValue1"}])")),
              "")
        << field;
  }
}

TEST_F(ListFindings, PagesGiveEachFindingOnceInOrder) {
  std::string seen;
  std::string token;
  for (int page = 0; page < 10; ++page) {
    const std::string got =
        answer("ListFindings",
               R"({"maxResults":1,"sortCriteria":{"field":"VULNERABILITY_ID","sortOrder":"ASC"})" +
                   (token.empty() ? "" : R"(,"nextToken":")" + token + "\"") + "}");
    for (const base::Json& finding : at(got, {"findings"}).items()) {
      seen += finding["packageVulnerabilityDetails"]["vulnerabilityId"].text().substr(9);
      seen += ' ';
    }
    token = text(got, "nextToken");
    if (token.empty()) break;
  }
  EXPECT_EQ(seen, "0001 0001 0002 0003 ");
}

TEST_F(ListFindings, APageHasTwentyFiveAtMost) {
  for (int host = 0; host < 30; ++host) {
    ingest("host-" + std::to_string(host), {{"openssl", "3.0.14-1"}});
  }
  std::size_t count = 0;
  const std::string got = answer("ListFindings", R"({"maxResults":100})");
  for ([[maybe_unused]] const base::Json& finding : at(got, {"findings"}).items()) ++count;
  EXPECT_EQ(count, 25U);
  EXPECT_NE(text(got, "nextToken"), "");
}

TEST_F(ListFindings, OtherAccountsSeeNothingOfThis) {
  account_ = testing::kOther;
  EXPECT_EQ(answer("ListFindings"), R"({"findings":[]})");
  EXPECT_EQ(ids(where(R"("awsAccountId":[{"comparison":"EQUALS","value":"123456789012"}])")), "");
}

TEST_F(ListFindings, SqlInAValueIsAValue) {
  for (const char* value : {"' OR '1'='1", "'; DROP TABLE finding; --", "\\\" OR 1=1", "%", "_",
                            "x' UNION SELECT * FROM access_key --", "$1", "\\u0000"}) {
    for (const char* comparison : {"EQUALS", "PREFIX"}) {
      for (const char* field : {"title", "vulnerabilityId", "resourceId", "severity",
                                "awsAccountId", "findingArn", "vendorSeverity", "componentId"}) {
        EXPECT_EQ(ids(where("\"" + std::string(field) + R"(":[{"comparison":")" + comparison +
                            R"(","value":")" + value + "\"}]")),
                  "")
            << field << " " << comparison << " " << value;
      }
    }
  }
  EXPECT_EQ(ids("{}").size(), 19U) << "nothing is lost";
}

TEST_F(ListFindings, ChecksItsInput) {
  for (const char* body :
       {R"({"maxResults":0})", R"({"maxResults":101})", R"({"maxResults":"5"})",
        R"({"sortCriteria":{"field":"NAME","sortOrder":"ASC"}})",
        R"({"sortCriteria":{"field":"SEVERITY"}})", R"({"filterCriteria":[]})",
        R"({"filterCriteria":{"severity":[]}})", R"({"filterCriteria":{"severity":[{}]}})",
        R"({"filterCriteria":{"severity":[{"comparison":"EQUALS","value":""}]}})",
        R"({"filterCriteria":{"inspectorScore":[{"lowerInclusive":"9"}]}})", "{", "[]"}) {
    EXPECT_EQ(error("ListFindings", body), "400 ValidationException") << body;
  }
}

}  // namespace
}  // namespace vigil::api
