#include "api/input.h"

#include <gtest/gtest.h>

#include "api/validate.h"
#include "base/percent.h"

namespace vigil::api {
namespace {

class InputTest : public ::testing::Test {
 protected:
  /// The input in its canonical form, or the error's reason.
  std::string read(std::string_view notation, std::string_view body,
                   const std::map<std::string, std::string, std::less<>>& labels = {},
                   std::string_view query = {}) {
    ShapeTable table(named_);
    const auto shape = table.members(notation);
    EXPECT_TRUE(shape);
    base::JsonParser parser;
    const auto input = read_input(parser, **shape, body, labels, query);
    return input ? canonical(**shape, *input) : input.error().reason;
  }
  std::vector<NamedShape> named_ = named_shapes();
};

TEST_F(InputTest, AnEmptyBodyIsAnEmptyInput) {
  EXPECT_EQ(read("a:str", ""), "{}");
  EXPECT_EQ(read("a:str", " \n"), "{}");
}

TEST_F(InputTest, WhatIsNoJsonObjectCannotBeParsed) {
  for (const char* body : {"{", "[]", "null", "5", "\"x\"", "{\"a\":}", "{\"a\" 1}", "{}{}",
                           "{'a':1}", "<xml/>", "{\"a\": 99999999999999999999}"}) {
    EXPECT_EQ(read("a:str", body), "CANNOT_PARSE") << body;
  }
}

TEST_F(InputTest, AHundredLevelsAreRead) {
  const auto nested = [](int levels) {
    return R"({"x":)" + std::string(static_cast<std::size_t>(levels - 1), '[') +
           std::string(static_cast<std::size_t>(levels - 1), ']') + "}";
  };
  EXPECT_EQ(read("a:str", nested(100)), "{}");
  EXPECT_EQ(read("a:str", nested(101)), "CANNOT_PARSE");
  EXPECT_EQ(read("a:str", nested(1000000)), "CANNOT_PARSE");
  EXPECT_EQ(read("a:str", R"({"a": ")" + std::string(200, '[') + R"("})"),
            R"({"a":")" + std::string(200, '[') + R"("})");
  EXPECT_EQ(read("a:str", R"({"a": "\")" + std::string(200, '[') + R"("})"),
            R"({"a":"\")" + std::string(200, '[') + R"("})");
}

TEST_F(InputTest, MembersComeFromPathAndQueryToo) {
  EXPECT_EQ(read("arn*@uri:str, tagKeys*@q:[str]", "", {{"arn", "arn:aws:x/y"}},
                 "tagKeys=a%3Ab&other=1&tagKeys=c+d"),
            R"({"arn":"arn:aws:x/y","tagKeys":["a:b","c+d"]})");
  EXPECT_EQ(read("arn*@uri:str, tags*:TagMap", R"({"tags":{"a":"b"}})", {{"arn", "x"}}),
            R"({"arn":"x","tags":{"a":"b"}})");
  EXPECT_EQ(read("maxResults@q:int, nextToken@q:str", "{}", {}, "maxResults=5"),
            R"({"maxResults":5})");
  EXPECT_EQ(read("keys*@q:[str], more@q:[str]", ""), R"({"keys":[]})");
}

TEST_F(InputTest, TheBodyCannotSpeakForThePath) {
  EXPECT_EQ(read("arn*@uri:str", R"({"arn":"mine"})", {{"arn", "theirs"}}), R"({"arn":"theirs"})");
}

TEST_F(InputTest, WhatIsNoEscapeStays) {
  EXPECT_EQ(base::percent_decoded("a%2Fb%3a%zz%"), "a/b:%zz%");
  EXPECT_EQ(base::percent_decoded("%"), "%");
  EXPECT_EQ(base::percent_decoded("%4"), "%4");
  EXPECT_EQ(base::percent_decoded("%41"), "A");
}

}  // namespace
}  // namespace vigil::api
