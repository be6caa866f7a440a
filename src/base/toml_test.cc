#include "base/toml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vigil::base {
namespace {

TEST(Toml, KeepsTheOrderAndTheLines) {
  const auto root = parse_toml(
      "# a lock file\n"
      "version = 1\n"
      "[[package]]\n"
      "name = \"zope\"\n"
      "attributes = { yanked = true, size = 2.5 }\n"
      "\n"
      "[[package]]\n"
      "name = 'attrs'\n"
      "released = 2024-01-02T03:04:05Z\n"
      "[metadata]\n"
      "a.b = \"dotted\"\n");
  ASSERT_TRUE(root) << root.error().text();
  std::vector<std::string> keys;
  for (const Node::Member& member : root->members()) keys.push_back(member.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"version", "package", "metadata"}));
  EXPECT_EQ((*root)["version"].integer(), 1);
  const std::vector<Node>& packages = (*root)["package"].items();
  ASSERT_EQ(packages.size(), 2U);
  EXPECT_EQ(packages[0].line(), 3U);
  EXPECT_EQ(packages[0]["name"].text(), "zope");
  EXPECT_EQ(packages[0]["name"].line(), 4U);
  EXPECT_EQ(packages[0]["attributes"]["yanked"].truth(), true);
  EXPECT_EQ(packages[0]["attributes"]["size"].number(), 2.5);
  EXPECT_EQ(packages[1].line(), 7U);
  EXPECT_EQ(packages[1]["released"].text(), "2024-01-02T03:04:05Z");
  EXPECT_EQ((*root)["metadata"]["a"]["b"].text(), "dotted");
}

TEST(Toml, WhatIsNotThereReadsAsNothing) {
  const auto root = parse_toml("a = 1\n");
  ASSERT_TRUE(root);
  EXPECT_FALSE((*root)["b"]["c"].exists());
  EXPECT_TRUE((*root)["a"].items().empty());
  EXPECT_EQ((*root)["a"]["x"].text(), "");
  EXPECT_EQ((*root)["a"].truth(), std::nullopt);
}

TEST(Toml, ErrorsSayTheLine) {
  const auto broken = parse_toml("a = 1\nb = \n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().where, "line 2");
  EXPECT_FALSE(parse_toml("a = 1\na = 2\n")) << "a key twice";
  EXPECT_FALSE(parse_toml("a = \"\xFF\"\n")) << "no UTF-8";
}

TEST(Toml, DepthIsBounded) {
  std::string keys = "a";
  for (int i = 0; i < 100'000; ++i) keys += i % 2 == 0 ? ".a" : " . \"b,\\\" c\"";
  for (const std::string& text : {keys + " = 1\n", "[" + keys + "]\n", "x = {" + keys + " = 1}\n",
                                  "x = {y = \"\"\"'\n'\"\"\", " + keys + " = '1'}\n"}) {
    const auto deep = parse_toml(text);
    ASSERT_FALSE(deep) << text.substr(0, 20);
    EXPECT_EQ(deep.error().code, ErrorCode::TooLarge);
  }
  EXPECT_FALSE(parse_toml("a = " + std::string(100'000, '[')));
  EXPECT_FALSE(parse_toml("[[\na")) << "what the library takes for granted";
  EXPECT_FALSE(parse_toml("\xD0\x89T")) << "a letter that its table of blanks forgets";
}

TEST(Toml, PointsInTextsAreNoKeys) {
  std::string prose;
  for (int i = 0; i < 1000; ++i) prose += "One.two . three. ";
  for (const std::string& text :
       {"a = \"" + prose + "\"\n", "a = '''\n" + prose + "'''\n", "# " + prose + "\na = 1\n"}) {
    EXPECT_TRUE(parse_toml(text)) << text.substr(0, 20);
  }
}

}  // namespace
}  // namespace vigil::base
