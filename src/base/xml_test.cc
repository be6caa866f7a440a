#include "base/xml.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

TEST(Xml, ReadsElementsAttributesAndLines) {
  XmlParser parser;
  const auto root = parser.parse(
      "<?xml version=\"1.0\"?>\n<!-- a comment -->\n<project xmlns='http://example.org/4'>\n"
      "  <name> A &amp; B </name>\n  <list>\n    <item id=\"1\">one</item><other/>\n"
      "    <x:item xmlns:x='u' x:id='2'><![CDATA[<two>]]></x:item>\n  </list>\n</project>\n");
  ASSERT_TRUE(root) << root.error().text();
  EXPECT_EQ(root->name(), "project");
  EXPECT_EQ(root->line(), 3U);
  EXPECT_EQ((*root)["name"].text(), "A & B");
  std::vector<std::string> items;
  for (const Xml item : (*root)["list"].children("item")) {
    items.push_back(std::string(*item.attribute("id")) + " " + std::string(item.text()) + " " +
                    std::to_string(item.line()));
  }
  EXPECT_EQ(items, (std::vector<std::string>{"1 one 6", "2 <two> 7"}))
      << "names are without their prefix";
  std::size_t count = 0;
  for (const Xml child : (*root)["list"].children()) count += child.exists() ? 1U : 0U;
  EXPECT_EQ(count, 3U);
}

TEST(Xml, WhatIsMissingReadsAsNothing) {
  XmlParser parser;
  const auto root = parser.parse("<a/>");
  ASSERT_TRUE(root);
  const Xml missing = (*root)["b"]["c"];
  EXPECT_FALSE(missing.exists());
  EXPECT_EQ(missing.text(), "");
  EXPECT_EQ(missing.line(), 0U);
  EXPECT_FALSE(missing.attribute("d"));
  EXPECT_EQ(missing.children().begin(), missing.children().end());
}

TEST(Xml, KnowsByteOrderMarksAndUtf16) {
  XmlParser parser;
  const auto marked = parser.parse("\xEF\xBB\xBF<a>\n<b/></a>");
  ASSERT_TRUE(marked);
  EXPECT_EQ((*marked)["b"].line(), 2U);
  const auto wide = parser.parse(std::string_view("\xFF\xFE<\0a\0>\0x\0<\0/\0a\0>\0", 18));
  ASSERT_TRUE(wide);
  EXPECT_EQ(wide->text(), "x");
}

TEST(Xml, EntitiesAreNotExpanded) {
  XmlParser parser;
  const auto root = parser.parse(
      "<!DOCTYPE a [<!ENTITY lol \"lollollol\"><!ENTITY file SYSTEM \"file:///etc/passwd\">]>"
      "<a><b>&lol;</b><c>&file;</c><d>&#65;</d></a>");
  ASSERT_TRUE(root) << root.error().text();
  EXPECT_EQ((*root)["b"].text(), "&lol;");
  EXPECT_EQ((*root)["c"].text(), "&file;");
  EXPECT_EQ((*root)["d"].text(), "A");
}

TEST(Xml, SaysInWhichLineItIsBroken) {
  XmlParser parser;
  const auto broken = parser.parse("<a>\n<b>\n</a>");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().where, "line 3");
  EXPECT_FALSE(parser.parse(""));
  EXPECT_FALSE(parser.parse("no markup"));
}

TEST(Xml, DepthAndSizeAreBounded) {
  XmlParser parser;
  std::string deep;
  for (int i = 0; i < 1023; ++i) deep += "<a>";
  std::string end;
  for (int i = 0; i < 1023; ++i) end += "</a>";
  EXPECT_TRUE(parser.parse(deep + end));
  const auto deeper = parser.parse("<a><a>" + deep + end + "</a></a>");
  ASSERT_FALSE(deeper);
  EXPECT_EQ(deeper.error().code, ErrorCode::TooLarge);
  std::string large = "<a>";
  for (int i = 0; i < 4'000'001; ++i) large += "<";
  EXPECT_EQ(parser.parse(large).error().code, ErrorCode::TooLarge);
}

}  // namespace
}  // namespace vigil::base
