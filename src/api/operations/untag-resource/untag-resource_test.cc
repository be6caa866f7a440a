#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

using UntagResource = testing::ApiTest;

TEST_F(UntagResource, TakesTheKeysOfARepeatedParameter) {
  std::string arn =
      text(answer("CreateFilter", R"({"action":"NONE","name":"all","filterCriteria":{},)"
                                  R"("tags":{"a":"1","b/c":"2","d":"3"}})"),
           "arn");
  for (std::size_t slash = arn.find('/'); slash != std::string::npos; slash = arn.find('/')) {
    arn.replace(slash, 1, "%2F");
  }
  answer("UntagResource", "", arn + "?tagKeys=a&tagKeys=b%2Fc&tagKeys=none");
  EXPECT_EQ(answer("ListTagsForResource", "", arn), R"({"tags":{"d":"3"}})");
}

}  // namespace
}  // namespace vigil::api
