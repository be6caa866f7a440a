#include "inventory/catalogers/binary/byte_pattern.h"

#include <gtest/gtest.h>

namespace vigil::inventory::binary {
namespace {

std::string version_in(std::string_view pattern, const std::string& bytes) {
  const auto parsed = BytePattern::parse(pattern);
  if (!parsed) return "error: " + parsed.error().what;
  std::uint64_t budget = 100'000;
  for (std::size_t at = bytes.find(parsed->anchor()); at != std::string::npos;
       at = bytes.find(parsed->anchor(), at + 1)) {
    if (const auto match = parsed->match(bytes, at, budget)) return std::string(match->version);
  }
  return "";
}

TEST(BytePattern, VersionsHaveTheShapeAskedForAndNoMore) {
  EXPECT_EQ(version_in("tool <0.0.0>", "tool 1.22.3"), "1.22.3");
  EXPECT_EQ(version_in("tool <0.0.0>", "tool 1.22.3\n"), "1.22.3");
  EXPECT_EQ(version_in("tool <0.0.0>", "tool 1.22.3-rc1"), "1.22.3");
  for (const char* other :
       {"tool 1.22", "tool 1.22.3.4", "tool 1.22.3a", "tool v1.22.3", "tool "}) {
    EXPECT_EQ(version_in("tool <0.0.0>", other), "") << other;
  }
  EXPECT_EQ(version_in("tool <0.0+>", "tool 1.2"), "1.2");
  EXPECT_EQ(version_in("tool <0.0+>", "tool 1.2.3.4 "), "1.2.3.4");
  EXPECT_EQ(version_in("tool <0.0.0a>", "tool 1.0.2zk"), "1.0.2zk");
  EXPECT_EQ(version_in("tool <0.0p>", "tool 9.2p1"), "9.2p1");
  EXPECT_EQ(version_in("tool <0.0p>", "tool 9.2"), "9.2");
  EXPECT_EQ(version_in("tool <0.0P>", "tool 9.2"), "");
  EXPECT_EQ(version_in("tool <0.0.0r>", "tool 1.0.0-rc.1"), "1.0.0-rc.1");
  EXPECT_EQ(version_in("tool <0.0.0r>", "tool 3.13.0b2 "), "3.13.0b2");
  EXPECT_EQ(version_in("tool <3.0>", "tool 3.1"), "3.1");
  EXPECT_EQ(version_in("tool <3.0>", "tool 4.1"), "");
}

TEST(BytePattern, WhatStandsBeforeTheFixedTextIsFoundBackwards) {
  const std::string nul(1, '\0');
  EXPECT_EQ(version_in("<0.0.0>-MariaDB", nul + "10.11.19-MariaDB"), "10.11.19");
  EXPECT_EQ(version_in("{0}<0.0>{text}, released 20", nul + "2.6-dev1, released 2026"), "2.6");
  EXPECT_EQ(version_in("<0.0.0>{seconds}000000000{0}", "7.0.151790282056000000000" + nul),
            "7.0.15");
  EXPECT_EQ(version_in("<0.0.0>{word}-{seconds}000{0}", "7.0.15host-1-1790282056000" + nul),
            "7.0.15");
  EXPECT_EQ(version_in("<0.0.0>{word}-{seconds}000{0}", "7.0.155host-1790282056000" + nul),
            "7.0.155");
  EXPECT_EQ(version_in("{hex}/<0.0>/Clean", "0123abc/1.30/Clean"), "1.30");
  EXPECT_EQ(version_in("{hex}/<0.0>/Clean", "xyz/1.30/Clean"), "");
  EXPECT_EQ(version_in("key={v}<0.0>", "key=v1.2"), "1.2");
  EXPECT_EQ(version_in("key={v}<0.0>", "key=1.2"), "1.2");
  EXPECT_EQ(version_in("A <0.0>{blanks}{digits} {word} 20", "A 1.2  11 Sep 2023"), "1.2");
}

TEST(BytePattern, MistakesAreErrors) {
  EXPECT_EQ(version_in("tool ", ""), "error: a pattern has exactly one version");
  EXPECT_EQ(version_in("tool <0> <0>", ""), "error: a pattern has exactly one version");
  EXPECT_EQ(version_in("tool <x>", ""), "error: a version has a number");
  EXPECT_EQ(version_in("tool {what}<0>", ""), "error: there is no placeholder {what}");
  EXPECT_EQ(version_in("tool <0", ""), "error: a placeholder has no end");
  EXPECT_EQ(version_in("a<0>", ""), "error: a pattern needs a fixed text of three bytes");
}

TEST(BytePattern, ItsBudgetEndsTheWork) {
  const auto pattern = BytePattern::parse("{text}{text}<0.0> end");
  ASSERT_TRUE(pattern);
  std::string bytes(200, 'x');
  bytes.append(" end");
  std::uint64_t budget = 1000;
  EXPECT_FALSE(pattern->match(bytes, 200, budget));
  EXPECT_EQ(budget, 0U);
}

}  // namespace
}  // namespace vigil::inventory::binary
