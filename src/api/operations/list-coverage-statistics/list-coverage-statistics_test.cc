#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class ListCoverageStatistics : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    for (const char* name : {"web-1", "web-2"}) ingest_flawed(name);
    const std::string got = answer("ListCoverage");
    for ([[maybe_unused]] const base::Json& row : at(got, {"coveredResources"}).items()) ++rows_;
  }
  std::int64_t rows_ = 0;
};

TEST_F(ListCoverageStatistics, WithoutAGroupThereIsOnlyTheTotal) {
  ASSERT_GE(rows_, 2);
  EXPECT_EQ(answer("ListCoverageStatistics"), R"({"totalCounts":)" + std::to_string(rows_) + "}");
}

TEST_F(ListCoverageStatistics, TheKeyOfAGroupIsItsValue) {
  EXPECT_EQ(answer("ListCoverageStatistics", R"({"groupBy":"RESOURCE_TYPE"})"),
            R"({"countsByGroup":[{"count":)" + std::to_string(rows_) +
                R"(,"groupKey":"AWS_EC2_INSTANCE"}],"totalCounts":)" + std::to_string(rows_) + "}");
  EXPECT_EQ(text(answer("ListCoverageStatistics", R"({"groupBy":"ACCOUNT_ID"})"), "countsByGroup",
                 "0", "groupKey"),
            testing::kDigits);
}

TEST_F(ListCoverageStatistics, NoRowsHaveNoGroups) {
  EXPECT_EQ(answer("ListCoverageStatistics",
                   R"({"groupBy":"RESOURCE_TYPE","filterCriteria":{"resourceId":[)"
                   R"({"comparison":"EQUALS","value":"nothing"}]}})"),
            R"({"totalCounts":0})");
}

TEST_F(ListCoverageStatistics, ChecksItsInput) {
  EXPECT_EQ(error("ListCoverageStatistics", R"({"groupBy":"COLOUR"})"), "400 ValidationException");
  EXPECT_EQ(error("ListCoverageStatistics", R"({"nextToken":"x"})"), "400 ValidationException");
}

}  // namespace
}  // namespace vigil::api
