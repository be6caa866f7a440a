#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class DeleteFilter : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    ingest_flawed("web-1");
  }
  std::string create(std::string_view name, std::string_view value) {
    return text(answer("CreateFilter",
                       R"({"action":"SUPPRESS","name":")" + std::string(name) +
                           R"(","tags":{"team":"blue"},"filterCriteria":{"vulnerabilityId":[)" +
                           R"({"comparison":"PREFIX","value":")" + std::string(value) + "\"}]}}"),
                "arn");
  }
  std::size_t active() {
    const std::string got = answer(
        "ListFindings",
        R"({"filterCriteria":{"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}]}})");
    std::size_t count = 0;
    for ([[maybe_unused]] const base::Json& finding : at(got, {"findings"}).items()) ++count;
    return count;
  }
};

TEST_F(DeleteFilter, FindingsGoBackToActiveUnlessAnotherRuleMatches) {
  const std::string all = create("all", "CVE-2026");
  create("one", "CVE-2026-0001");
  EXPECT_EQ(active(), 0U);
  EXPECT_EQ(answer("DeleteFilter", R"({"arn":")" + all + "\"}"), R"({"arn":")" + all + "\"}");
  EXPECT_EQ(active(), 2U);
}

TEST_F(DeleteFilter, ItIsGoneWithItsTags) {
  const std::string arn = create("all", "CVE-2026");
  answer("DeleteFilter", R"({"arn":")" + arn + "\"}");
  EXPECT_EQ(answer("ListFilters"), R"({"filters":[]})");
  EXPECT_EQ(error("DeleteFilter", R"({"arn":")" + arn + "\"}"), "404 ResourceNotFoundException");
  write([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const auto tags, store::tags_of(from, testing::kAccount, arn));
    EXPECT_TRUE(tags.empty());
    return ok();
  });
}

TEST_F(DeleteFilter, AnotherAccountsIsDenied) {
  const std::string arn = create("all", "CVE-2026");
  account_ = testing::kOther;
  EXPECT_EQ(error("DeleteFilter", R"({"arn":")" + arn + "\"}"), "403 AccessDeniedException");
  account_ = testing::kDigits;
  EXPECT_EQ(active(), 0U);
}

}  // namespace
}  // namespace vigil::api
