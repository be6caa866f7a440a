#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

using ListTagsForResource = testing::ApiTest;

TEST_F(ListTagsForResource, SaysTheTagsAFilterWasMadeWith) {
  std::string arn =
      text(answer("CreateFilter",
                  R"({"action":"NONE","name":"all","filterCriteria":{},"tags":{"b":"2","a":""}})"),
           "arn");
  for (std::size_t slash = arn.find('/'); slash != std::string::npos; slash = arn.find('/')) {
    arn.replace(slash, 1, "%2F");
  }
  EXPECT_EQ(answer("ListTagsForResource", "", arn), R"({"tags":{"a":"","b":"2"}})");
  account_ = testing::kOther;
  EXPECT_EQ(error("ListTagsForResource", "", arn), "404 ResourceNotFoundException");
}

}  // namespace
}  // namespace vigil::api
