#include "intel/interner.h"

#include <gtest/gtest.h>

#include <string>

namespace vigil::intel {
namespace {

TEST(Interner, NumbersEachTextOnceInTheOrderOfMention) {
  Interner texts;
  EXPECT_FALSE(texts.find("a"));
  EXPECT_EQ(texts.add("b"), 0U);
  EXPECT_EQ(texts.add(""), 1U);
  EXPECT_EQ(texts.add("a"), 2U);
  EXPECT_EQ(texts.add("b"), 0U);
  EXPECT_EQ(texts.size(), 3U);
  EXPECT_EQ(texts.find("a"), 2U);
  EXPECT_EQ(texts.at(1), "");
  EXPECT_FALSE(texts.contains("c"));
}

TEST(Interner, KeepsItsOwnCopiesWhereTheyAre) {
  Interner texts;
  std::vector<std::string_view> views;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::string text = std::to_string(i) + std::string(i % 37, 'x');
    ASSERT_EQ(texts.add(text), i);
    views.push_back(texts.at(i));
  }
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    ASSERT_EQ(views[i], std::to_string(i) + std::string(i % 37, 'x'));
    ASSERT_EQ(texts.find(views[i]), i);
  }
}

TEST(Interner, TextsLargerThanABlockStandAlone) {
  Interner texts;
  const std::string large(300'000, 'l');
  EXPECT_EQ(texts.add(large), 0U);
  EXPECT_EQ(texts.add("small"), 1U);
  EXPECT_EQ(texts.add(large + "r"), 2U);
  EXPECT_EQ(texts.add("smaller"), 3U);
  EXPECT_EQ(texts.at(0), large);
  EXPECT_EQ(texts.at(1), "small");
  EXPECT_EQ(texts.at(2), large + "r");
  EXPECT_EQ(texts.at(3), "smaller");
}

}  // namespace
}  // namespace vigil::intel
