#include "base/json_stream.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <utility>
#include <vector>

namespace vigil::base {
namespace {

/// Hands out at most `step` bytes at a time, so that every boundary falls everywhere.
class TrickleInput final : public Input {
 public:
  TrickleInput(std::string_view bytes, std::size_t step) : rest_(bytes), step_(step) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min({rest_.size(), buffer.size(), step_});
    std::copy_n(rest_.begin(), count, buffer.begin());
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
  std::size_t step_;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Outcome {
  Pairs children;
  Pairs others;
  std::string error;
  ErrorCode code = ErrorCode::Invalid;
};

Outcome split(std::string_view json, std::string_view member = {}, const JsonLimits& limits = {},
              std::size_t step = 1 << 20) {
  Outcome outcome;
  TrickleInput input(json, step);
  const auto result = for_each_json_child(
      input, member, limits,
      [&](std::string_view key, std::string_view value) {
        outcome.children.emplace_back(key, value);
        return ok();
      },
      [&](std::string_view key, std::string_view value) {
        outcome.others.emplace_back(key, value);
      });
  if (!result) {
    outcome.error = result.error().text();
    outcome.code = result.error().code;
  }
  return outcome;
}

TEST(JsonStream, HandsOutTheElementsOfATopLevelArray) {
  const Outcome outcome = split(R"( [ {"a":[1,2]} , "x,]\"" , -1.5e3,null ,[]] )");
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(
      outcome.children,
      (Pairs{
          {"", R"({"a":[1,2]})"}, {"", R"("x,]\"")"}, {"", "-1.5e3"}, {"", "null"}, {"", "[]"}}));
}

TEST(JsonStream, HandsOutTheMembersOfATopLevelObject) {
  const Outcome outcome =
      split("{\"linux\":{\"CVE-1\":{}},\n \"\":2, \"a\\\"\\u00e9\\ud83d\\ude00\":\"\\\\\"}");
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.children,
            (Pairs{{"linux", "{\"CVE-1\":{}}"}, {"", "2"}, {"a\"é😀", "\"\\\\\""}}));
}

TEST(JsonStream, HandsOutTheChildrenOfOneMemberAndTheRestAside) {
  const Outcome outcome = split(R"({"version":"2.0","list":[1,{"list":[9]}],"count":2})", "list");
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.children, (Pairs{{"", "1"}, {"", R"({"list":[9]})"}}));
  EXPECT_EQ(outcome.others, (Pairs{{"version", "\"2.0\""}, {"count", "2"}}));
  EXPECT_EQ(split(R"({"list":{"k":true}})", "list").children, (Pairs{{"k", "true"}}));
}

TEST(JsonStream, GivesTheSameWhateverTheReadSizes) {
  const std::string json =
      "\xEF\xBB\xBF{\"a\\u0041\" : \"x\\\\\\\"y\", \"list\" : [ {\"k\":\"]}\"}, 12 , "
      "\"\\u00e9\"]\n}";
  const Outcome whole = split(json, "list");
  EXPECT_EQ(whole.error, "");
  EXPECT_EQ(whole.children.size(), 3U);
  for (std::size_t step = 1; step < 9; ++step) {
    const Outcome outcome = split(json, "list", {}, step);
    EXPECT_EQ(outcome.error, "") << step;
    EXPECT_EQ(outcome.children, whole.children) << step;
    EXPECT_EQ(outcome.others, whole.others) << step;
  }
}

TEST(JsonStream, EveryCutIsAnError) {
  const std::string json = R"({"v": "1", "list": [{"a": "\"]"}, [2], true, "s"], "z": {"y": []}})";
  ASSERT_EQ(split(json, "list").error, "");
  for (std::size_t length = 1; length < json.size(); ++length) {
    const Outcome outcome = split(json.substr(0, length), "list");
    EXPECT_NE(outcome.error.find("ends in the middle"), std::string::npos)
        << length << ": " << outcome.error;
  }
  EXPECT_EQ(split("").error, "is empty");
  EXPECT_EQ(split(" ").error.substr(0, 26), "byte 1: ends in the middle");
}

TEST(JsonStream, RefusesWhatIsNotJsonBetweenTheChildren) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"12", "byte 0: the document is neither an array nor an object"},
      {"[1,]", "byte 3: expected a value"},
      {"[,1]", "byte 1: expected a value"},
      {"[1 2]", "byte 3: expected ',' or ']' after a value"},
      {"[1}", "byte 2: expected ',' or ']' after a value"},
      {"{\"a\":1,}", "byte 7: expected a member name"},
      {"{1:2}", "byte 1: expected a member name"},
      {"{\"a\" 1}", "byte 5 in 'a': expected ':' after a member name"},
      {"{\"a\":}", "byte 5 in 'a': expected a value"},
      {"{\"\\x\":1}", "byte 1: a member name has a wrong escape"},
      {"{\"\\u12g4\":1}", "byte 1: a member name has a wrong escape"},
      {"[] []", "byte 3: text after the end of the document"},
      {"<!DOCTYPE html>", "byte 0: the document is neither an array nor an object"},
  };
  for (const auto& [json, error] : cases) EXPECT_EQ(split(json).error, error) << json;
}

TEST(JsonStream, SaysWhichMemberIsMissingOrOfTheWrongKind) {
  const Outcome missing = split(R"({"a":1})", "list");
  EXPECT_EQ(missing.error, "has no member 'list'");
  EXPECT_EQ(missing.code, ErrorCode::NotFound);
  EXPECT_EQ(split(R"({"list":null})", "list").error,
            "byte 8 in 'list': the member 'list' is neither an array nor an object");
  EXPECT_EQ(split("[]", "list").error, "byte 0: the document is not an object");
}

TEST(JsonStream, LimitsTheSizeOfAValue) {
  const std::string large = "{\"small\":1,\"large\":\"" + std::string(100, 'x') + "\"}";
  const Outcome outcome = split(large, {}, {.value_bytes = 50});
  EXPECT_EQ(outcome.error, "byte 19 in 'large': larger than the limit of 50 bytes");
  EXPECT_EQ(outcome.code, ErrorCode::TooLarge);
  EXPECT_EQ(outcome.children.size(), 1U);
  EXPECT_EQ(split(large, {}, {.value_bytes = 102}).error, "");
  EXPECT_EQ(split(large, {}, {.value_bytes = 101}).code, ErrorCode::TooLarge);
  // The limit also ends an endless string long before the input does.
  EXPECT_EQ(split("[\"" + std::string(1 << 20, 'x'), {}, {.value_bytes = 1000}, 4096).code,
            ErrorCode::TooLarge);
}

TEST(JsonStream, PassesOverMembersNobodyWantsWhateverTheirSize) {
  const std::string json = "{\"blob\":\"" + std::string(3 << 20, 'x') + "\",\"list\":[7]}";
  StringInput input(json);
  std::string seen;
  const auto result = for_each_json_child(input, "list", {.value_bytes = 10},
                                          [&](std::string_view, std::string_view value) {
                                            seen += value;
                                            return ok();
                                          });
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(seen, "7");
}

TEST(JsonStream, LimitsTheDepth) {
  const std::string deep = "[" + std::string(128, '[') + std::string(128, ']') + "]";
  EXPECT_EQ(split(deep).error, "");
  const Outcome outcome = split("[" + deep + "]");
  EXPECT_EQ(outcome.code, ErrorCode::TooLarge);
  EXPECT_NE(outcome.error.find("nested deeper than 128"), std::string::npos) << outcome.error;
}

TEST(JsonStream, ReturnsTheVisitorsErrorAsItIs) {
  StringInput input("[1,2,3]");
  int calls = 0;
  const auto result = for_each_json_child(input, {}, {}, [&](auto, std::string_view value) {
    ++calls;
    return value == "2" ? Result<void>(fail("no twos", "here")) : ok();
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text(), "here: no twos");
  EXPECT_EQ(calls, 2);
}

TEST(JsonStream, LeavesThePaddingSimdjsonNeeds) {
  static_assert(simdjson::SIMDJSON_PADDING <= 64);
  // Values just below and above the first buffer's size, the last thing in the input.
  for (const std::size_t size :
       {std::size_t{10}, (std::size_t{256} << 10) - 3, std::size_t{1} << 20}) {
    const std::string json = "[\"" + std::string(size, 'x') + "\"]";
    StringInput input(json);
    std::size_t length = 0;
    const auto result = for_each_json_child(input, {}, {}, [&](auto, std::string_view value) {
      simdjson::ondemand::parser parser;
      auto document = parser.iterate(value.data(), value.size(), value.size() + 64);
      std::string_view text;
      EXPECT_EQ(document.get_string().get(text), simdjson::SUCCESS);
      length = text.size();
      return ok();
    });
    ASSERT_TRUE(result) << result.error().text();
    EXPECT_EQ(length, size);
  }
}

}  // namespace
}  // namespace vigil::base
