// Through ListAccountPermissions, which has pages without anything stored.
#include "api/page_token.h"

#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class PageToken : public testing::ApiTest {
 protected:
  std::string token(std::string_view body) {
    return text(answer("ListAccountPermissions", body), "nextToken");
  }
  std::string refusal(const std::string& token, const std::string& more = {}) {
    return error("ListAccountPermissions", R"({"nextToken":")" + token + "\"" + more + "}");
  }
};

TEST_F(PageToken, IsGoodForTheSameQuestionWithAnotherPageSize) {
  const std::string first = token(R"({"maxResults":3})");
  EXPECT_EQ(
      text(answer("ListAccountPermissions", R"({"maxResults":1,"nextToken":")" + first + "\"}"),
           "permissions", "0", "operation"),
      "DISABLE_SCANNING");
}

TEST_F(PageToken, IsTheSameAfterARestartAndForEveryNode) {
  EXPECT_EQ(token(R"({"maxResults":3})"), token(R"({"maxResults":3})"));
}

TEST_F(PageToken, IsRefusedWhenAnyDigitIsChanged) {
  const std::string good = token(R"({"maxResults":3})");
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == '0' ? '1' : '0';
    EXPECT_EQ(refusal(bad), "400 ValidationException") << i;
  }
}

TEST_F(PageToken, IsRefusedWhenItIsCutExtendedOrMadeUp) {
  const std::string good = token(R"({"maxResults":3})");
  for (const std::string& bad :
       {good.substr(0, good.size() - 1), good.substr(0, good.size() - 2), good + "0", good + "00",
        good.substr(1), std::string("x"), std::string("eyJhbGciOiJub25lIn0"),
        std::string("' OR '1'='1"), std::string(100000, 'f'), std::string("1")}) {
    EXPECT_EQ(refusal(bad), "400 ValidationException") << bad.substr(0, 64);
  }
}

TEST_F(PageToken, BelongsToTheInputOfItsQuestion) {
  EXPECT_EQ(refusal(token(R"({"maxResults":3})"), R"(,"service":"ECR")"),
            "400 ValidationException");
}

TEST_F(PageToken, BelongsToItsAccount) {
  const std::string mine = token(R"({"maxResults":3})");
  account_ = testing::kOther;
  EXPECT_EQ(refusal(mine), "400 ValidationException");
}

TEST_F(PageToken, BelongsToItsOperation) {
  const std::string mine = token(R"({"maxResults":3})");
  EXPECT_EQ(
      error("GetClustersForImage", R"({"nextToken":")" + mine +
                                       R"(","filter":{"resourceId":)"
                                       R"("arn:aws:ecr:us-east-1:123456789012:repository/app"}})"),
      "400 ValidationException");
}

TEST_F(PageToken, APositionThatTheStoreCannotReadAnyMoreIsTheClientsToRepair) {
  base::JsonParser parser;
  const auto with_token = parser.parse(R"({"nextToken":"x"})");
  ASSERT_TRUE(with_token);
  const Caller caller{testing::kDigits, "tester", "us-east-1"};
  const Call call{.estate = estate(), .caller = caller, .input = *with_token, .now = 0};
  const auto page = or_stale_page<int>(call, fail("no position"));
  EXPECT_EQ(page.error().type, "ValidationException");
  EXPECT_EQ(page.error().fields[0].name, "nextToken");
  const auto broken = or_stale_page<int>(call, fail("disk", {}, {}, ErrorCode::Io));
  EXPECT_EQ(broken.error().type, "InternalServerException");
}

TEST_F(PageToken, AnEmptyOneIsTheFirstPage) {
  EXPECT_EQ(answer("ListAccountPermissions", R"({"nextToken":""})"),
            answer("ListAccountPermissions"));
}

}  // namespace
}  // namespace vigil::api
