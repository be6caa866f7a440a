#include "api/testing/api_test.h"

namespace vigil::api {
namespace {

class TagResource : public testing::ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    know({{"tracker.json", testing::kTracker}});
    ingest_flawed("web-1");
    arn_ = text(answer("CreateFilter", R"({"action":"SUPPRESS","name":"all","filterCriteria":{}})"),
                "arn");
    path_ = encoded(arn_);
  }
  static std::string encoded(const std::string& arn) {
    std::string path;
    for (const char c : arn) path += c == ':' ? "%3A" : c == '/' ? "%2F" : std::string(1, c);
    return path;
  }
  std::string tags() { return answer("ListTagsForResource", "", path_); }
  std::int64_t hidden() {
    return *at(answer("ListFilters"), {"filters", "0", "vigil", "hiddenCount"}).integer();
  }
  std::string arn_;
  std::string path_;
};

TEST_F(TagResource, AddsReplacesAndRemoves) {
  EXPECT_EQ(tags(), R"({"tags":{}})");
  EXPECT_EQ(answer("TagResource", R"({"tags":{"team":"blue","a/b":""}})", path_), "{}");
  EXPECT_EQ(answer("TagResource", R"({"tags":{"team":"red"}})", path_), "{}");
  EXPECT_EQ(tags(), R"({"tags":{"a/b":"","team":"red"}})");
  EXPECT_EQ(answer("UntagResource", "", path_ + "?tagKeys=a%2Fb&tagKeys=absent"), "{}");
  EXPECT_EQ(tags(), R"({"tags":{"team":"red"}})");
  EXPECT_EQ(answer("UntagResource", "", path_), "{}");
}

TEST_F(TagResource, TheEndOfARuleFollowsItsTag) {
  EXPECT_EQ(hidden(), 3);
  answer("TagResource", R"({"tags":{"vigil:expires":"2001-01-01","vigil:owner":"eve"}})", path_);
  EXPECT_EQ(hidden(), 0);
  EXPECT_EQ(text(answer("ListFilters"), "filters", "0", "vigil", "owner"), "eve");
  answer("UntagResource", "", path_ + "?tagKeys=vigil%3Aexpires");
  EXPECT_EQ(hidden(), 3);
}

TEST_F(TagResource, OnlyFiltersThatAreThereHaveTags) {
  std::string gone = arn_;
  gone.replace(gone.size() - 4, 4, gone.ends_with("0000") ? "1111" : "0000");
  std::string foreign = arn_;
  foreign.replace(foreign.find(testing::kDigits), 12, testing::kOther);
  for (const std::string& arn :
       {gone, foreign, std::string("arn:aws:ec2:us-east-1:123456789012:instance/i-1"),
        std::string("x' OR '1'='1")}) {
    EXPECT_EQ(error("ListTagsForResource", "", encoded(arn)), "404 ResourceNotFoundException");
    EXPECT_EQ(error("TagResource", R"({"tags":{"a":"b"}})", encoded(arn)),
              "404 ResourceNotFoundException");
    EXPECT_EQ(error("UntagResource", "", encoded(arn) + "?tagKeys=a"),
              "404 ResourceNotFoundException");
  }
}

TEST_F(TagResource, AnArnIsOnePartOfThePath) {
  EXPECT_EQ(error("ListTagsForResource", "", arn_), "404 UnknownOperationException");
  EXPECT_EQ(error("ListTagsForResource", "", ""), "404 UnknownOperationException");
}

TEST_F(TagResource, ChecksItsTags) {
  EXPECT_EQ(error("TagResource", "{}", path_), "400 ValidationException");
  EXPECT_EQ(error("TagResource", R"({"tags":{"aws:a":"b"}})", path_), "400 BadRequestException");
  EXPECT_EQ(error("TagResource", R"({"tags":{"vigil:expires":"never"}})", path_),
            "400 BadRequestException");
  EXPECT_EQ(error("TagResource", R"({"tags":{"a":")" + std::string(257, 'v') + "\"}}", path_),
            "400 ValidationException");
  EXPECT_EQ(error("UntagResource", "", path_ + "?tagKeys=aws%3Aa"), "400 ValidationException");
  for (int i = 0; i < 50; ++i) {
    answer("TagResource", R"({"tags":{"k)" + std::to_string(i) + R"(":"v"}})", path_);
  }
  EXPECT_EQ(error("TagResource", R"({"tags":{"k50":"v"}})", path_), "400 BadRequestException");
  answer("TagResource", R"({"tags":{"k49":"w"}})", path_);
}

}  // namespace
}  // namespace vigil::api
