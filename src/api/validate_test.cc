#include "api/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigil::api {
namespace {

class ValidateTest : public ::testing::Test {
 protected:
  const Shape& shape(std::string_view notation) {
    const auto compiled = table_.members(notation);
    EXPECT_TRUE(compiled) << compiled.error().text();
    return **compiled;
  }
  std::optional<ApiError> check(std::string_view notation, std::string_view json) {
    const auto parsed = parser_.parse(json);
    EXPECT_TRUE(parsed) << json;
    return validate(shape(notation), *parsed);
  }
  /// The fields that are wrong, joined by blanks; "ok" for none.
  std::string fields(std::string_view notation, std::string_view json) {
    const auto error = check(notation, json);
    if (!error) return "ok";
    std::string names;
    for (const FieldError& field : error->fields) names += (names.empty() ? "" : " ") + field.name;
    return names;
  }

  std::vector<NamedShape> named_ = named_shapes();
  ShapeTable table_{named_};
  base::JsonParser parser_;
};

TEST_F(ValidateTest, NumbersBeyondTheirBoundsAreNamedInTheWordsOfAws) {
  const auto error = check("maxResults:int[1..100]", R"({"maxResults": 101})");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->type, "ValidationException");
  EXPECT_EQ(error->status, 400);
  EXPECT_EQ(error->reason, "FIELD_VALIDATION_FAILED");
  EXPECT_EQ(error->message,
            "1 validation error detected: Value '101' at 'maxResults' failed to satisfy "
            "constraint: Member must have value less than or equal to 100");
  ASSERT_EQ(error->fields.size(), 1U);
  EXPECT_EQ(error->fields[0].name, "maxResults");
}

TEST_F(ValidateTest, BoundsAreInclusive) {
  constexpr std::string_view kLimit = "n:int[1..100]";
  EXPECT_EQ(fields(kLimit, R"({"n": 1})"), "ok");
  EXPECT_EQ(fields(kLimit, R"({"n": 100})"), "ok");
  EXPECT_EQ(fields(kLimit, R"({"n": 0})"), "n");
  EXPECT_EQ(fields("s:str[1..3]", R"({"s": ""})"), "s");
  EXPECT_EQ(fields("s:str[1..3]", R"({"s": "abc"})"), "ok");
  EXPECT_EQ(fields("s:str[1..3]", R"({"s": "abcd"})"), "s");
  EXPECT_EQ(fields("l:[int][1..2]", R"({"l": []})"), "l");
  EXPECT_EQ(fields("l:[int][1..2]", R"({"l": [1, 2]})"), "ok");
  EXPECT_EQ(fields("l:[int][1..2]", R"({"l": [1, 2, 3]})"), "l");
}

TEST_F(ValidateTest, LengthsCountCharactersNotBytes) {
  EXPECT_EQ(fields("s:str[1..3]", R"({"s": "äöü"})"), "ok");
}

TEST_F(ValidateTest, WhatIsRequiredMustNotBeNull) {
  const auto error = check("name*:str, other:str", "{}");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->fields[0].message,
            "Value null at 'name' failed to satisfy constraint: Member must not be null");
  EXPECT_EQ(fields("name*:str", R"({"name": null})"), "name");
}

TEST_F(ValidateTest, NullIsAbsentAndUnknownMembersArePassedOver) {
  EXPECT_EQ(fields("name:str[1..]", R"({"name": null, "later": [{"x": 1}]})"), "ok");
}

TEST_F(ValidateTest, AWordOutsideItsSetIsToldTheSet) {
  const auto error = check("sortOrder:SortOrder", R"({"sortOrder": "asc"})");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->fields[0].message,
            "Value 'asc' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum "
            "value set: [ASC, DESC]");
}

TEST_F(ValidateTest, APatternIsNamed) {
  const auto error = check("id:AccountId", R"({"id": "12345678901x"})");
  ASSERT_TRUE(error);
  EXPECT_THAT(error->message, ::testing::HasSubstr(R"(pattern: \d{12})"));
}

TEST_F(ValidateTest, NestedMembersAreNamedByTheirWay) {
  constexpr std::string_view kInput = "filterCriteria:FilterCriteria";
  EXPECT_EQ(fields(kInput, R"({"filterCriteria": {"severity": [
      {"comparison": "EQUALS", "value": "HIGH"}, {"comparison": "LIKE", "value": ""}]}})"),
            "filterCriteria.severity.2.member.comparison filterCriteria.severity.2.member.value");
  EXPECT_EQ(fields(kInput, R"({"filterCriteria": {"vulnerablePackages": [
      {"name": {"value": "curl"}}]}})"),
            "filterCriteria.vulnerablePackages.1.member.name.comparison");
  EXPECT_EQ(fields(kInput, R"({"filterCriteria": {"portRange": [{"beginInclusive": 65536}]}})"),
            "filterCriteria.portRange.1.member.beginInclusive");
}

TEST_F(ValidateTest, ValuesOfFiltersAreNotCheckedAgainstTheEnumsOfTheirFields) {
  EXPECT_EQ(fields("filterCriteria:FilterCriteria", R"({"filterCriteria": {"resourceType": [
      {"comparison": "EQUALS", "value": "AWS_ECR_INSTANCE"}]}})"),
            "ok");
}

TEST_F(ValidateTest, AnotherTypeCannotBeParsed) {
  for (const auto& [notation, json] : std::vector<std::pair<const char*, const char*>>{
           {"m:int", R"({"m": "25"})"},
           {"m:int", R"({"m": 2.5})"},
           {"m:str", R"({"m": 5})"},
           {"m:bool", R"({"m": "true"})"},
           {"m:double", R"({"m": "1"})"},
           {"m:ts", R"({"m": "2024-01-01T00:00:00Z"})"},
           {"m:[str]", R"({"m": {"a": "b"}})"},
           {"m:map<str, str>", R"({"m": ["a"]})"},
           {"m:{a:str}", R"({"m": []})"},
           {"m:ASC|DESC", R"({"m": 1})"},
       }) {
    const auto error = check(notation, json);
    ASSERT_TRUE(error) << json;
    EXPECT_EQ(error->reason, "CANNOT_PARSE") << json;
    EXPECT_EQ(error->fields[0].name, "m");
  }
}

TEST_F(ValidateTest, AUnionHasExactlyOneMember) {
  constexpr std::string_view kUnion = "u:<a:str, b:str>";
  EXPECT_EQ(fields(kUnion, R"({"u": {"a": "x"}})"), "ok");
  EXPECT_EQ(fields(kUnion, R"({"u": {"a": "x", "b": null}})"), "ok");
  EXPECT_EQ(fields(kUnion, R"({"u": {}})"), "u");
  EXPECT_EQ(fields(kUnion, R"({"u": {"a": "x", "b": "y"}})"), "u");
}

TEST_F(ValidateTest, KeysAndValuesOfMapsHaveBounds) {
  EXPECT_EQ(fields("tags:TagMap", R"({"tags": {"team": "", "x": "y"}})"), "ok");
  EXPECT_EQ(fields("tags:TagMap", R"({"tags": {"": "y"}})"), "tags");
  EXPECT_EQ(fields("tags:TagMap", R"({"tags": {"x": 5}})"), "tags.x.member");
  EXPECT_EQ(fields("tags:TagMap", R"({"tags": {"x": null}})"), "tags.x.member");
}

TEST_F(ValidateTest, ManyMistakesAreListedUpToALimit) {
  std::string json = R"({"l": [)";
  for (int i = 0; i < 1000; ++i) json += (i == 0 ? "\"\"" : ",\"\"");
  const auto error = check("l:[str[1..]]", json + "]}");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->fields.size(), 20U);
  EXPECT_THAT(error->message, ::testing::StartsWith("20 validation errors detected: Value '' at "));
}

TEST_F(ValidateTest, AMillionValuesTooManyCostNoLook) {
  std::string json = R"({"filterCriteria": {"title": [)";
  for (int i = 0; i < 200000; ++i) json += (i == 0 ? "7" : ",7");
  EXPECT_EQ(check("filterCriteria:FilterCriteria", json + "]}}")->fields.size(), 11U);
}

TEST_F(ValidateTest, TheEchoOfALongValueIsCut) {
  const auto error = check("s:str[1..3]", R"({"s": ")" + std::string(100000, 'x') + R"("})");
  ASSERT_TRUE(error);
  EXPECT_LT(error->message.size(), 500U);
}

TEST_F(ValidateTest, TimesLieBetweenTheYears1And9999) {
  EXPECT_EQ(fields("t:ts", R"({"t": 1700000000.25})"), "ok");
  EXPECT_EQ(fields("t:ts", R"({"t": 1e300})"), "t");
}

TEST_F(ValidateTest, TheCanonicalFormIgnoresOrderBlanksNullsAndUnknownMembers) {
  const Shape& input =
      shape("nextToken:NextToken, filterCriteria:FilterCriteria, tags:TagMap, n:int");
  const auto form = [&](std::string_view json) {
    const auto parsed = parser_.parse(json);
    return canonical(input, *parsed, {"nextToken"});
  };
  const std::string one = form(R"({"n":1,"tags":{"b":"2","a":"1"},"filterCriteria":
      {"title":[{"value":"x","comparison":"EQUALS"}],"severity":null},"nextToken":"abc","new":1})");
  EXPECT_EQ(one, form(R"({"filterCriteria":{"title":[{"comparison":"EQUALS","value":"x"}]},
      "tags":{"a":"1","b":"2"}, "n":1})"));
  EXPECT_NE(one, form(R"({"filterCriteria":{"title":[{"comparison":"EQUALS","value":"y"}]},
      "tags":{"a":"1","b":"2"}, "n":1})"));
}

}  // namespace
}  // namespace vigil::api
