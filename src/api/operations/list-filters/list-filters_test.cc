#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class ListFilters : public testing::ApiTest {
 protected:
  std::string create(std::string_view name, std::string_view action,
                     std::string_view more = R"("filterCriteria":{})") {
    return text(answer("CreateFilter", R"({"action":")" + std::string(action) + R"(","name":")" +
                                           std::string(name) + "\"," + std::string(more) + "}"),
                "arn");
  }
  std::string names(std::string_view body) {
    const std::string got = answer("ListFilters", body);
    std::string joined;
    for (const base::Json& filter : at(got, {"filters"}).items()) {
      joined += (joined.empty() ? "" : " ") + std::string(filter["name"].text());
    }
    return joined;
  }
};

TEST_F(ListFilters, WritesAFilterAsItWasMade) {
  const std::string arn = create(
      "accepted", "SUPPRESS",
      R"("description":"d","reason":"r","tags":{"team":"blue","vigil:owner":"eve",)"
      R"("vigil:expires":"2100-01-01"},"filterCriteria":{"severity":[{"comparison":"EQUALS",)"
      R"("value":"LOW"}],"epssScore":[{"upperInclusive":0.01}]})");
  EXPECT_EQ(answer("ListFilters"),
            R"({"filters":[{"arn":")" + arn +
                R"(","ownerId":"123456789012","name":"accepted","criteria":{"severity":)"
                R"([{"comparison":"EQUALS","value":"LOW"}],"epssScore":[{"upperInclusive":0.01}]},)"
                R"("action":"SUPPRESS","createdAt":1800000000,"updatedAt":1800000000,)"
                R"("description":"d","reason":"r","tags":{"team":"blue",)"
                R"("vigil:expires":"2100-01-01","vigil:owner":"eve"},)"
                R"("vigil":{"hiddenCount":0,"owner":"eve","expiresAt":4102444800}}]})");
}

TEST_F(ListFilters, SaysHowManyFindingsARuleHides) {
  know({{"tracker.json", testing::kTracker}});
  ingest_flawed("web-1");
  create("all", "SUPPRESS");
  EXPECT_EQ(at(answer("ListFilters"), {"filters", "0", "vigil", "hiddenCount"}).integer(), 3);
}

TEST_F(ListFilters, SelectsByActionAndArn) {
  create("bbb", "NONE");
  const std::string arn = create("aaa", "SUPPRESS");
  create("ccc", "SUPPRESS");
  EXPECT_EQ(names("{}"), "aaa bbb ccc");
  EXPECT_EQ(names(R"({"action":"SUPPRESS"})"), "aaa ccc");
  EXPECT_EQ(names(R"({"arns":[")" + arn + "\",\"" + arn + "\"]}"), "aaa");
  EXPECT_EQ(names(R"({"action":"NONE","arns":[")" + arn + "\"]}"), "");
}

TEST_F(ListFilters, AnArnOfNothingIsLeftOut) {
  std::string arn = create("aaa", "SUPPRESS");
  answer("DeleteFilter", R"({"arn":")" + arn + "\"}");
  EXPECT_EQ(names(R"({"arns":[")" + arn + "\"]}"), "");
  arn.replace(arn.find("us-east-1"), 9, "eu-west-1");
  EXPECT_EQ(names(R"({"arns":[")" + arn + "\"]}"), "");
  arn.replace(arn.find(testing::kDigits), 12, testing::kOther);
  EXPECT_EQ(error("ListFilters", R"({"arns":[")" + arn + "\"]}"), "403 AccessDeniedException");
  EXPECT_EQ(error("ListFilters", R"({"arns":["x"]})"), "400 ValidationException");
}

TEST_F(ListFilters, PagesGiveEachOnceByName) {
  for (const char* name : {"eee", "ccc", "aaa", "ddd", "bbb"}) create(name, "NONE");
  std::string seen;
  std::string token;
  for (int page = 0; page < 10; ++page) {
    const std::string body =
        R"({"maxResults":2)" + (token.empty() ? "" : R"(,"nextToken":")" + token + "\"") + "}";
    seen += names(body) + "|";
    token = text(answer("ListFilters", body), "nextToken");
    if (token.empty()) break;
  }
  EXPECT_EQ(seen, "aaa bbb|ccc ddd|eee|");
}

TEST_F(ListFilters, OtherAccountsHaveTheirOwn) {
  create("aaa", "NONE");
  account_ = testing::kOther;
  EXPECT_EQ(names("{}"), "");
}

}  // namespace
}  // namespace vigil::api
