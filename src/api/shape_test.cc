#include "api/shape.h"

#include <gtest/gtest.h>

namespace vigil::api {
namespace {

constexpr NamedShape kNames[] = {
    {"Name", "str[1..64]~account"},
    {"Pair", "{first*:Name, second:[int[0..9]][..3]}"},
    {"Snake", "{tail:[Snake]}"},
};

TEST(ShapeNotation, SaysWhatAMemberMayBe) {
  ShapeTable table(kNames);
  const auto shape = table.members(
      "limit:int[1..100], key*@uri:Name, tags@q:[str[..128]], order:ASC|DESC, pair:Pair, when:ts,"
      " one:<a:bool, b:double>, map:map<str[1..], long>[0..50]");
  ASSERT_TRUE(shape) << shape.error().text();
  const auto& members = (*shape)->members;
  ASSERT_EQ(members.size(), 8U);
  EXPECT_EQ(members[0].name, "limit");
  EXPECT_FALSE(members[0].required);
  EXPECT_EQ(members[0].shape->kind, Shape::Kind::Integer);
  EXPECT_EQ(members[0].shape->least, 1);
  EXPECT_EQ(members[0].shape->most, 100);
  EXPECT_TRUE(members[1].required);
  EXPECT_EQ(members[1].location, Location::Path);
  EXPECT_EQ(members[1].shape->name, "Name");
  EXPECT_EQ(members[1].shape->pattern->name, "account");
  EXPECT_EQ(members[2].location, Location::Query);
  EXPECT_EQ(members[2].shape->element->least, std::nullopt);
  EXPECT_EQ(members[2].shape->element->most, 128);
  EXPECT_EQ(members[3].shape->values, (std::vector<std::string>{"ASC", "DESC"}));
  EXPECT_EQ(members[4].shape->members[1].shape->most, 3);
  EXPECT_EQ(members[5].shape->kind, Shape::Kind::Timestamp);
  EXPECT_EQ(members[6].shape->kind, Shape::Kind::Union);
  EXPECT_EQ(members[7].shape->key->least, 1);
  EXPECT_EQ(members[7].shape->most, 50);
}

TEST(ShapeNotation, NoMembersAreAStructureToo) {
  ShapeTable table(kNames);
  const auto shape = table.members("");
  ASSERT_TRUE(shape);
  EXPECT_EQ((*shape)->kind, Shape::Kind::Structure);
  EXPECT_TRUE((*shape)->members.empty());
}

TEST(ShapeNotation, AMistakeIsAnErrorThatShowsItsPlace) {
  ShapeTable table(kNames);
  for (const char* wrong :
       {"a", "a:", "a:Nobody", "a:int[1..", "a:int[1-2]", "a:str~nothing", "a:[str", "a:map<str>",
        "a:str b:str", "a:{b:str", "a@body:str", "a:Snake", "a:str,"}) {
    EXPECT_FALSE(table.members(wrong)) << wrong;
  }
  EXPECT_EQ(table.members("a:Nobody").error().where, "Nobody");
}

TEST(NamedShapes, AllCompile) {
  const auto named = named_shapes();
  ShapeTable table(named);
  for (const NamedShape& shape : named) {
    const auto compiled = table.named(shape.name);
    EXPECT_TRUE(compiled) << shape.name << ": " << compiled.error().text();
  }
}

TEST(NamedShapes, HaveEachNameOnce) {
  std::map<std::string_view, int> count;
  for (const NamedShape& shape : named_shapes()) {
    EXPECT_EQ(++count[shape.name], 1) << shape.name;
  }
}

}  // namespace
}  // namespace vigil::api
