#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class UpdateFilter : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    ingest_flawed("web-1");
    arn_ = text(answer("CreateFilter",
                       R"({"action":"SUPPRESS","name":"accepted","description":"first","reason":)"
                       R"("because","filterCriteria":{"vulnerabilityId":[)"
                       R"({"comparison":"EQUALS","value":"CVE-2026-0001"}]}})"),
                "arn");
  }
  std::string update(const std::string& members) {
    return answer("UpdateFilter", R"({"filterArn":")" + arn_ + "\"," + members + "}");
  }
  std::size_t suppressed() {
    const std::string got = answer(
        "ListFindings",
        R"({"filterCriteria":{"findingStatus":[{"comparison":"EQUALS","value":"SUPPRESSED"}]}})");
    std::size_t count = 0;
    for ([[maybe_unused]] const base::Json& finding : at(got, {"findings"}).items()) ++count;
    return count;
  }
  std::string member(std::string_view name) {
    return text(answer("ListFilters"), "filters", "0", std::string(name));
  }
  std::string arn_;
};

TEST_F(UpdateFilter, ChangesWhatIsGivenAndKeepsTheRest) {
  now_ += 60;
  EXPECT_EQ(update(R"("description":"second")"), R"({"arn":")" + arn_ + "\"}");
  EXPECT_EQ(member("description"), "second");
  EXPECT_EQ(member("name"), "accepted");
  EXPECT_EQ(member("reason"), "because");
  EXPECT_EQ(member("action"), "SUPPRESS");
  const std::string got = answer("ListFilters");
  EXPECT_EQ(at(got, {"filters", "0", "createdAt"}).integer(), testing::kNow);
  EXPECT_EQ(at(got, {"filters", "0", "updatedAt"}).integer(), testing::kNow + 60);
}

TEST_F(UpdateFilter, FindingsFollowTheCriteria) {
  EXPECT_EQ(suppressed(), 1U);
  update(R"("filterCriteria":{"vulnerabilityId":[{"comparison":"PREFIX","value":"CVE-2026"}]})");
  EXPECT_EQ(suppressed(), 3U);
  update(R"("filterCriteria":{"vulnerabilityId":[{"comparison":"EQUALS","value":"none"}]})");
  EXPECT_EQ(suppressed(), 0U);
}

TEST_F(UpdateFilter, FindingsFollowTheAction) {
  update(R"("action":"NONE")");
  EXPECT_EQ(suppressed(), 0U);
  update(R"("action":"SUPPRESS")");
  EXPECT_EQ(suppressed(), 1U);
}

TEST_F(UpdateFilter, ANameOfAnotherIsTaken) {
  answer("CreateFilter", R"({"action":"NONE","name":"other","filterCriteria":{}})");
  EXPECT_EQ(error("UpdateFilter", R"({"name":"other","filterArn":")" + arn_ + "\"}"),
            "400 ValidationException");
  update(R"("name":"accepted")");
  update(R"("name":"renamed")");
}

TEST_F(UpdateFilter, NamesNothingElse) {
  std::string gone = arn_;
  gone.replace(gone.size() - 4, 4, gone.ends_with("0000") ? "1111" : "0000");
  std::string foreign = arn_;
  foreign.replace(foreign.find(testing::kDigits), 12, testing::kOther);
  EXPECT_EQ(error("UpdateFilter", R"({"filterArn":")" + gone + "\"}"),
            "404 ResourceNotFoundException");
  EXPECT_EQ(error("UpdateFilter", R"({"filterArn":")" + foreign + "\"}"),
            "403 AccessDeniedException");
  EXPECT_EQ(error("UpdateFilter", R"({"filterArn":"x' OR '1'='1"})"), "400 ValidationException");
  account_ = testing::kOther;
  EXPECT_EQ(error("UpdateFilter", R"({"filterArn":")" + arn_ + "\"}"), "403 AccessDeniedException");
}

}  // namespace
}  // namespace vigil::api
