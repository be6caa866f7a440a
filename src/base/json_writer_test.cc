#include "base/json_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace vigil::base {
namespace {

TEST(JsonWriter, WritesOnOneLineOrIndented) {
  const auto write = [](JsonWriter json) {
    json.begin_object().member("id", "CVE-2024-1").member("score", 7.5).key("cwes").begin_array();
    json.value("CWE-79").value(true).null().end_array().key("none").begin_object().end_object();
    return json.end_object().take();
  };
  EXPECT_EQ(write(JsonWriter()),
            R"({"id":"CVE-2024-1","score":7.5,"cwes":["CWE-79",true,null],"none":{}})");
  EXPECT_EQ(write(JsonWriter(2)), R"({
  "id": "CVE-2024-1",
  "score": 7.5,
  "cwes": [
    "CWE-79",
    true,
    null
  ],
  "none": {}
})");
}

TEST(JsonWriter, EscapesText) {
  const auto text = [](std::string_view value) { return JsonWriter().value(value).take(); };
  EXPECT_EQ(text("a\"b\\c\n\r\t"), R"("a\"b\\c\n\r\t")");
  EXPECT_EQ(text(std::string_view("\x00\x1F", 2)), R"("\u0000\u001f")");
  EXPECT_EQ(text("naïve 😀"), "\"naïve 😀\"");
  EXPECT_EQ(text("\xFF"), "\"\xEF\xBF\xBD\"");
}

// Text is looked at eight bytes at a time: every byte at every place among others.
TEST(JsonWriter, EscapesEveryByteAtEveryPlace) {
  for (int byte = 0; byte < 0x80; ++byte) {
    const char c = static_cast<char>(byte);
    std::string expected(1, c);
    if (c == '"' || c == '\\') expected = std::string("\\") + c;
    if (byte < 0x20) {
      constexpr char kDigits[] = "0123456789abcdef";
      expected = std::string("\\u00") + kDigits[byte / 16] + kDigits[byte % 16];
    }
    if (c == '\n') expected = "\\n";
    if (c == '\r') expected = "\\r";
    if (c == '\t') expected = "\\t";
    for (std::size_t size = 1; size <= 20; ++size) {
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, '!');
        text[at] = c;
        const std::string written =
            "\"" + std::string(at, '!') + expected + std::string(size - at - 1, '!') + "\"";
        EXPECT_EQ(JsonWriter().value(text).take(), written);
      }
    }
  }
  for (std::size_t size = 1; size <= 20; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, '!');
      text[at] = '\xFF';
      EXPECT_THAT(JsonWriter().value(text).take(), testing::HasSubstr("\xEF\xBF\xBD"));
    }
  }
}

TEST(JsonWriter, WritesNumbersThatReadBackTheSame) {
  EXPECT_EQ(JsonWriter().value(0.1).take(), "0.1");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<double>::quiet_NaN()).take(), "null");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<double>::infinity()).take(), "null");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<std::int64_t>::min()).take(),
            "-9223372036854775808");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<std::uint64_t>::max()).take(),
            "18446744073709551615");
}

TEST(JsonWriter, LeavesEmptyOptionalMembersOut) {
  JsonWriter json;
  json.begin_object().optional_member("a", "").optional_member("b", "x").key("c").raw("[1]");
  EXPECT_EQ(json.end_object().take(), R"({"b":"x","c":[1]})");
}

TEST(JsonWriter, WritesListsOfTexts) {
  const std::vector<std::string> texts = {"a", "b", "\"c\""};
  JsonWriter json;
  json.begin_object().member("all", texts).optional_member("two", texts, 2);
  json.optional_member("none", std::vector<std::string>())
      .member("empty", std::vector<std::string>());
  EXPECT_EQ(json.end_object().take(), R"({"all":["a","b","\"c\""],"two":["a","b"],"empty":[]})");
}

TEST(JsonWriter, LaysOutWhatWasWrittenOnOneLine) {
  const auto write = [](JsonWriter json) {
    json.begin_object().member("a\"]b", "x,y:{\\").key("list").begin_array();
    json.value(-1.5).value(true).null().begin_object().end_object().begin_array().end_array();
    json.begin_array().value(1).end_array().end_array().member("last", "");
    return json.end_object().take();
  };
  EXPECT_EQ(JsonWriter(2).laid_out(write(JsonWriter())).take(), write(JsonWriter(2)));
  EXPECT_EQ(JsonWriter().laid_out(write(JsonWriter())).take(), write(JsonWriter()));
  for (const std::string_view scalar : {"\"text\"", "1.5e-7", "null"})
    EXPECT_EQ(JsonWriter(2).laid_out(scalar).take(), scalar);

  JsonWriter outer(2);
  outer.begin_array().laid_out(R"({"a":1})").laid_out("[]").end_array();
  EXPECT_EQ(outer.take(), "[\n  {\n    \"a\": 1\n  },\n  []\n]");
}

}  // namespace
}  // namespace vigil::base
