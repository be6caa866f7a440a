#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

using ListAccountPermissions = testing::ApiTest;

TEST_F(ListAccountPermissions, AnAccountThatStandsAloneMayDoEverything) {
  EXPECT_EQ(answer("ListAccountPermissions"),
            R"({"permissions":[)"
            R"({"service":"EC2","operation":"ENABLE_SCANNING"},)"
            R"({"service":"EC2","operation":"DISABLE_SCANNING"},)"
            R"({"service":"ECR","operation":"ENABLE_SCANNING"},)"
            R"({"service":"ECR","operation":"DISABLE_SCANNING"},)"
            R"({"service":"ECR","operation":"ENABLE_REPOSITORY"},)"
            R"({"service":"ECR","operation":"DISABLE_REPOSITORY"},)"
            R"({"service":"LAMBDA","operation":"ENABLE_SCANNING"},)"
            R"({"service":"LAMBDA","operation":"DISABLE_SCANNING"}]})");
}

TEST_F(ListAccountPermissions, OneServiceIsListedAlone) {
  EXPECT_EQ(answer("ListAccountPermissions", R"({"service":"LAMBDA"})"),
            R"({"permissions":[{"service":"LAMBDA","operation":"ENABLE_SCANNING"},)"
            R"({"service":"LAMBDA","operation":"DISABLE_SCANNING"}]})");
  EXPECT_EQ(error("ListAccountPermissions", R"({"service":"S3"})"), "400 ValidationException");
}

TEST_F(ListAccountPermissions, PagesGiveEachOnce) {
  std::string token;
  std::vector<std::string> seen;
  for (int page = 0; page < 10; ++page) {
    const std::string body =
        R"({"maxResults":3)" + (token.empty() ? "" : R"(,"nextToken":")" + token + "\"") + "}";
    const std::string got = answer("ListAccountPermissions", body);
    for (const base::Json& one : at(got, {"permissions"}).items()) {
      seen.push_back(std::string(one["service"].text()) + std::string(one["operation"].text()));
    }
    token = text(got, "nextToken");
    if (token.empty()) break;
  }
  EXPECT_EQ(seen.size(), 8U);
  std::ranges::sort(seen);
  EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
}

}  // namespace
}  // namespace vigil::api
