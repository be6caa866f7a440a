#include "base/json_lines.h"

#include <gtest/gtest.h>

#include <string>

namespace vigil::base {
namespace {

TEST(JsonLines, KnowsTheLineOfEveryValue) {
  const std::string text =
      "{\n"
      "  \"a\": 1, \"b\": [-2.5e3, true,\n"
      "    null, \"x\\\"\\\\\"],\n"
      "\n"
      "  \"c\": {\"d\":\n"
      "    {}}, \"[\\n\": \"\\\\\",\n"
      "  \"e\": 7\n"
      "}\n";
  JsonParser parser;
  const auto root = parser.parse(text);
  ASSERT_TRUE(root) << root.error().text();
  const JsonLines lines(text);
  EXPECT_EQ(lines.of(*root), 1U);
  EXPECT_EQ(lines.of((*root)["a"]), 2U);
  const Json b = (*root)["b"];
  EXPECT_EQ(lines.of(b), 2U);
  std::string of_items;
  for (const Json item : b.items()) of_items += std::to_string(lines.of(item)) + " ";
  EXPECT_EQ(of_items, "2 2 3 3 ");
  EXPECT_EQ(lines.of((*root)["c"]), 5U);
  EXPECT_EQ(lines.of((*root)["c"]["d"]), 6U);
  EXPECT_EQ(lines.of((*root)["[\n"]), 6U);
  EXPECT_EQ(lines.of((*root)["e"]), 7U);
  EXPECT_EQ(lines.of((*root)["none"]), 0U);
}

TEST(JsonLines, AnotherTextHarmsNothing) {
  JsonParser parser;
  const auto root = parser.parse("[1, 2]");
  ASSERT_TRUE(root);
  for (const char* text : {"", "\"", "\"\\", "\n\n[[[", "\\\"\n"}) {
    EXPECT_LE(JsonLines(text).of(*root), 3U) << text;
  }
}

TEST(PlainJson, CommentsAndLastCommasBecomeBlanks) {
  EXPECT_EQ(plain_json("{ // one\n  \"a\": [1, /* two\n */ 2,],\n}"),
            "{       \n  \"a\": [1,       \n    2 ] \n}");
  EXPECT_EQ(plain_json("[\"//\", \"/*\", \",]\\\",]\"]"), "[\"//\", \"/*\", \",]\\\",]\"]")
      << "texts stay";
  EXPECT_EQ(plain_json("[1, // last\n]"), "[1         \n]");
  EXPECT_EQ(plain_json("[,,]"), "[, ]") << "two commas are still an error";
  EXPECT_EQ(plain_json("/* open"), "       ");
}

}  // namespace
}  // namespace vigil::base
