#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class CreateFilter : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    ingest_flawed("web-1");
  }
  static std::string rule(std::string_view name, std::string_view vulnerability,
                          std::string_view more = {}) {
    return R"({"action":"SUPPRESS","name":")" + std::string(name) +
           R"(","filterCriteria":{"vulnerabilityId":[{"comparison":"EQUALS","value":")" +
           std::string(vulnerability) + "\"}]}" + std::string(more) + "}";
  }
  /// Vulnerabilities of the findings in this state, joined by blanks.
  std::string in_state(std::string_view status) {
    const std::string got =
        answer("ListFindings",
               R"({"filterCriteria":{"findingStatus":[{"comparison":"EQUALS","value":")" +
                   std::string(status) +
                   R"("}]},"sortCriteria":{"field":"VULNERABILITY_ID","sortOrder":"ASC"}})");
    std::string joined;
    for (const base::Json& finding : at(got, {"findings"}).items()) {
      joined +=
          (joined.empty() ? "" : " ") +
          std::string(finding["packageVulnerabilityDetails"]["vulnerabilityId"].text().substr(9));
    }
    return joined;
  }
};

TEST_F(CreateFilter, ASuppressionRuleHidesWhatItMatchesAtOnce) {
  EXPECT_EQ(in_state("ACTIVE"), "0001 0002 0003");
  const std::string arn = text(answer("CreateFilter", rule("accepted", "CVE-2026-0002")), "arn");
  EXPECT_THAT(arn, ::testing::MatchesRegex("arn:aws:inspector2:us-east-1:123456789012:"
                                           "owner/123456789012/filter/[0-9a-f]{16}"));
  EXPECT_EQ(in_state("ACTIVE"), "0001 0003");
  EXPECT_EQ(in_state("SUPPRESSED"), "0002");
}

TEST_F(CreateFilter, ASavedFilterHidesNothing) {
  answer("CreateFilter", R"({"action":"NONE","name":"all-curl","filterCriteria":{}})");
  EXPECT_EQ(in_state("SUPPRESSED"), "");
}

TEST_F(CreateFilter, ARuleHidesWhatComesLaterToo) {
  answer("CreateFilter", rule("accepted", "CVE-2026-0001"));
  ingest("web-2", {{"openssl", "3.0.14-1"}});
  EXPECT_EQ(in_state("SUPPRESSED"), "0001 0001");
}

TEST_F(CreateFilter, ARuleThatIsOverHidesNothing) {
  answer("CreateFilter",
         rule("over", "CVE-2026-0001", R"(,"tags":{"vigil:expires":"2001-01-01"})"));
  EXPECT_EQ(in_state("SUPPRESSED"), "");
}

TEST_F(CreateFilter, ANameIsThereOnce) {
  answer("CreateFilter", rule("accepted", "CVE-2026-0001"));
  EXPECT_EQ(error("CreateFilter", rule("accepted", "CVE-2026-0002")), "400 ValidationException");
  EXPECT_EQ(in_state("SUPPRESSED"), "0001");
}

TEST_F(CreateFilter, ChecksItsInput) {
  for (const std::string& body :
       {std::string("{}"), rule("ab", "x"), rule(std::string(65, 'a'), "x"), rule("a b c", "x"),
        rule("a';--", "x"), std::string(R"({"action":"HIDE","name":"abc","filterCriteria":{}})"),
        std::string(R"({"action":"SUPPRESS","name":"abc"})"),
        rule("abc", "x", R"(,"description":"")"),
        rule("abc", "x", R"(,"reason":")" + std::string(513, 'r') + "\"")}) {
    EXPECT_EQ(error("CreateFilter", body), "400 ValidationException") << body;
  }
}

TEST_F(CreateFilter, TagsThatAreNoneAreABadRequest) {
  std::string many;
  for (int i = 0; i < 51; ++i) {
    many += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":\"\"";
  }
  for (const std::string& tags : {std::string(R"("aws:x":"y")"), std::string(R"("a b":"y")"),
                                  std::string(R"("vigil:expires":"tomorrow")"), many}) {
    EXPECT_EQ(error("CreateFilter", rule("abc", "x", ",\"tags\":{" + tags + "}")),
              "400 BadRequestException")
        << tags;
  }
}

TEST_F(CreateFilter, FiveHundredRulesAreTheMost) {
  write([](store::Connection& to) -> Result<void> {
    for (std::uint64_t i = 1; i <= 500; ++i) {
      store::FilterRow row;
      row.account = testing::kAccount;
      row.id = i;
      row.name = "rule-" + std::to_string(i);
      row.action = "SUPPRESS";
      row.criteria = R"({"title":[{"comparison":"EQUALS","value":"none"}]})";
      VIGIL_CHECK(store::put_filter(to, row, true));
    }
    return ok();
  });
  EXPECT_EQ(error("CreateFilter", rule("one-more", "x")), "402 ServiceQuotaExceededException");
  answer("CreateFilter", R"({"action":"NONE","name":"saved","filterCriteria":{}})");
  EXPECT_EQ(
      error("UpdateFilter",
            R"({"action":"SUPPRESS","filterArn":")" +
                text(answer("ListFilters", R"({"action":"NONE"})"), "filters", "0", "arn") + "\"}"),
      "400 ValidationException");
}

}  // namespace
}  // namespace vigil::api
