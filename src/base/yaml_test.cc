#include "base/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vigil::base {
namespace {

Node read(std::string_view text) {
  auto root = parse_yaml(text);
  EXPECT_TRUE(root) << root.error().text();
  return root ? std::move(*root) : Node();
}

TEST(Yaml, KeepsTheOrderAndTheLines) {
  const Node root = read(
      "lockfileVersion: '9.0'\n"
      "\n"
      "packages:\n"
      "  z@1.0.0:\n"
      "    resolution: {integrity: sha512-x==}\n"
      "  a@2.0.0:\n"
      "    engines:\n"
      "      - node\n");
  EXPECT_EQ(root["lockfileVersion"].text(), "9.0");
  const auto& packages = root["packages"].members();
  ASSERT_EQ(packages.size(), 2U);
  EXPECT_EQ(packages[0].key, "z@1.0.0");
  EXPECT_EQ(packages[0].line, 4U);
  EXPECT_EQ(packages[0].value["resolution"]["integrity"].text(), "sha512-x==");
  EXPECT_EQ(packages[0].value["resolution"]["integrity"].line(), 5U);
  EXPECT_EQ(packages[1].key, "a@2.0.0");
  EXPECT_EQ(packages[1].value["engines"].items().at(0).text(), "node");
}

TEST(Yaml, ScalarsHaveAKindAndStayAsTheyAreWritten) {
  const struct {
    const char* written;
    Node::Kind kind;
    const char* text;
  } cases[] = {
      {"5.10", Node::Kind::Number, "5.10"},   {"-1e3", Node::Kind::Number, "-1e3"},
      {"0x1F", Node::Kind::Number, "0x1F"},   {"1.2.3", Node::Kind::Text, "1.2.3"},
      {"'5.10'", Node::Kind::Text, "5.10"},   {"!!str 5", Node::Kind::Text, "5"},
      {"true", Node::Kind::Truth, "true"},    {"on", Node::Kind::Text, "on"},
      {"no", Node::Kind::Text, "no"},         {"~", Node::Kind::Null, ""},
      {"\"null\"", Node::Kind::Text, "null"}, {".", Node::Kind::Text, "."},
      {"+", Node::Kind::Text, "+"},           {"1e", Node::Kind::Text, "1e"},
  };
  for (const auto& one : cases) {
    const Node root = read("a: " + std::string(one.written) + "\n");
    EXPECT_EQ(root["a"].kind(), one.kind) << one.written;
    EXPECT_EQ(root["a"].text(), one.text) << one.written;
  }
  EXPECT_EQ(read("0x1F").integer(), 31);
  EXPECT_EQ(read("-7").integer(), -7);
  EXPECT_EQ(read("2.5").number(), 2.5);
  EXPECT_EQ(read("2.5").integer(), std::nullopt);
  EXPECT_EQ(read("99999999999999999999").integer(), std::nullopt);
}

TEST(Yaml, AliasesAreCopiesAndMergesFillUp) {
  const Node root = read(
      "base: &base {image: a, tag: 1}\n"
      "more: &more {port: 80, tag: 9}\n"
      "one:\n"
      "  <<: *base\n"
      "  tag: 2\n"
      "two: {<<: [*base, *more]}\n"
      "same: *base\n");
  EXPECT_EQ(root["one"]["image"].text(), "a");
  EXPECT_EQ(root["one"]["tag"].text(), "2") << "its own counts more, though it stands below";
  EXPECT_EQ(root["two"]["tag"].text(), "1") << "of several the first";
  EXPECT_EQ(root["two"]["port"].text(), "80");
  EXPECT_EQ(root["same"]["image"].text(), "a");
}

TEST(Yaml, TagsOfOthersAreKept) {
  const Node root = read("a: !Ref Name\nb: !Join ['', [x]]\nc: !!map {}\nd: !Sub {x: 1}\n");
  EXPECT_EQ(root["a"].tag(), "!Ref");
  EXPECT_EQ(root["a"].text(), "Name");
  EXPECT_EQ(root["b"].tag(), "!Join");
  EXPECT_EQ(root["c"].tag(), "");
  EXPECT_EQ(root["d"].tag(), "!Sub");
}

TEST(Yaml, ReadsSeveralDocuments) {
  const auto documents = parse_yaml_documents("a: 1\n---\n- b\n---\n...\n---\n*x : \n");
  EXPECT_FALSE(documents) << "an alias of nothing";
  const auto three = parse_yaml_documents("%YAML 1.2\n---\na: &x 1\n---\n- b\n---\n");
  ASSERT_TRUE(three) << three.error().text();
  ASSERT_EQ(three->size(), 3U);
  EXPECT_EQ((*three)[0]["a"].integer(), 1);
  EXPECT_EQ((*three)[1].items()[0].line(), 5U);
  EXPECT_FALSE((*three)[2].exists());
  EXPECT_FALSE(read("").exists());
  EXPECT_FALSE(parse_yaml_documents("a: &x 1\n---\nb: *x\n")) << "anchors end with their document";
}

TEST(Yaml, ErrorsSayTheLine) {
  const auto broken = parse_yaml("a: 1\nb: [1\nc: 2\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().where, "line 3");
  EXPECT_EQ(read("a: x\xFF\n")["a"].text(), "x\xEF\xBF\xBD")
      << "bytes that are no UTF-8 are mended";
}

TEST(Yaml, EveryBoundHolds) {
  // The billion laughs.
  std::string laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below;
    for (int j = 0; j < 8; ++j) laughs += ", " + below;
    laughs += "]\n";
  }
  const std::string cases[] = {laughs, std::string(100'000, '['), "a: " + std::string(500, '{'),
                               std::string(10'000, '-') + "\n"};
  for (int i = 0; i < 3; ++i) {
    const auto root = parse_yaml(cases[i]);
    ASSERT_FALSE(root) << i;
    EXPECT_EQ(root.error().code, ErrorCode::TooLarge) << i;
  }
  std::string nested;
  for (int i = 0; i < 300; ++i) nested += "- ";
  EXPECT_FALSE(parse_yaml(nested + "x\n"));
  EXPECT_FALSE(parse_yaml("[1, 2, 3]", {.nodes = 3}));
  EXPECT_TRUE(parse_yaml("[1, 2]", {.nodes = 3}));
  EXPECT_FALSE(parse_yaml("a: &a [[[1]]]\nb: [[*a]]\n", {.depth = 4}))
      << "an alias brings its depth along";
}

TEST(Yaml, AnAliasInsideItselfIsAnError) {
  EXPECT_FALSE(parse_yaml("&a [*a]"));
}

}  // namespace
}  // namespace vigil::base
