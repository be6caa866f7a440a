#include "base/json_tree.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

TEST(JsonTree, WhatIsNotThereReadsAsNothing) {
  JsonParser parser;
  const auto root = parser.parse(R"({"a":{"b":[1,"x",true,null]},"n":-2.5})");
  ASSERT_TRUE(root.has_value());
  EXPECT_FALSE((*root)["missing"]["deeper"].exists());
  EXPECT_EQ((*root)["n"]["deeper"].text(), "");
  EXPECT_EQ((*root)["n"].number(), -2.5);
  EXPECT_EQ((*root)["n"].integer(), std::nullopt);
  EXPECT_EQ((*root)["a"].text(), "");
  int count = 0;
  for (const Json item : (*root)["a"]["b"].items()) count += item.exists() ? 1 : 0;
  EXPECT_EQ(count, 4);
  for (const Json item : (*root)["a"].items()) ADD_FAILURE() << item.text();
  for (const auto& [key, value] : (*root)["n"].members()) ADD_FAILURE() << key << value.text();
}

TEST(JsonTree, MembersKeepTheirOrder) {
  JsonParser parser;
  const auto root = parser.parse(R"({"b":"1","a":"2","b":"3"})");
  ASSERT_TRUE(root.has_value());
  std::string seen;
  for (const auto& [key, value] : root->members()) seen += std::string(key) + value.text().data();
  EXPECT_EQ(seen, "b1a2b3");
  EXPECT_EQ((*root)["b"].text(), "1");
}

TEST(JsonTree, BrokenTextIsMended) {
  JsonParser parser;
  const auto bytes = parser.parse("[\"a\xFFz\"]");
  ASSERT_TRUE(bytes.has_value());
  EXPECT_EQ((*bytes->items().begin()).text(), "a\xEF\xBF\xBDz");
  const auto halves = parser.parse(R"(["\ud83d\ude00 \ude00 \ud83dx \\ud83d"])");
  ASSERT_TRUE(halves.has_value());
  EXPECT_EQ((*halves->items().begin()).text(),
            "\xF0\x9F\x98\x80 \xEF\xBF\xBD \xEF\xBF\xBDx \\ud83d");
}

TEST(JsonTree, WhatIsNoJsonIsAnError) {
  JsonParser parser;
  for (const char* bad : {"", "{", "[1,]", "{\"a\":}", "nul", "[] []"}) {
    EXPECT_FALSE(parser.parse(bad).has_value()) << bad;
  }
  EXPECT_FALSE(parser.parse(std::string(100'000, '[')).has_value());
  EXPECT_TRUE(parser.parse("[1]").has_value());
}

}  // namespace
}  // namespace vigil::base
