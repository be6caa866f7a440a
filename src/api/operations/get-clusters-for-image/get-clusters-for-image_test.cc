#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

using GetClustersForImage = testing::ApiTest;

TEST_F(GetClustersForImage, NoClusterIsKnownToRunAnImage) {
  EXPECT_EQ(answer("GetClustersForImage",
                   R"({"filter":{"resourceId":)"
                   R"("arn:aws:ecr:us-east-1:123456789012:repository/team/app"}})"),
            R"({"cluster":[]})");
}

TEST_F(GetClustersForImage, WhatIsNoImageIsRefused) {
  for (const char* id : {"i-0123456789abcdef0", "", "arn:aws:ecr:x:1:repository/app"}) {
    EXPECT_EQ(
        error("GetClustersForImage", R"({"filter":{"resourceId":")" + std::string(id) + "\"}}"),
        "400 ValidationException");
  }
  EXPECT_EQ(error("GetClustersForImage", "{}"), "400 ValidationException");
}

}  // namespace
}  // namespace vigil::api
