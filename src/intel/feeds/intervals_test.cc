#include "intel/feeds/intervals.h"

#include <gtest/gtest.h>

#include "intel/feeds/npm_range.h"
#include "intel/feeds/testing.h"

namespace vigil::intel::feeds {
namespace {

const version::Scheme& npm() {
  return *version::scheme_of_ecosystem("npm");
}

std::string text_of(const IntervalSet& set) {
  Statement statement;
  statement.ranges = to_ranges(set);
  return ranges_of(statement);
}

IntervalSet set_of(std::string_view range) {
  const auto set = npm_range(npm(), range);
  EXPECT_TRUE(set) << range << ": " << set.error().text();
  return set.value_or(IntervalSet{});
}

struct RangeCase {
  std::string_view range;
  std::string_view versions;
};

class NpmRange : public testing::TestWithParam<RangeCase> {};

/// The bounds are those of node-semver's `new Range(text).range`.
TEST_P(NpmRange, IsTheVersionsItAllows) {
  EXPECT_EQ(text_of(set_of(GetParam().range)), GetParam().versions);
}

INSTANTIATE_TEST_SUITE_P(
    Feeds, NpmRange,
    testing::Values(
        RangeCase{"^1.2.3", "[1.2.3,<2.0.0-0)"}, RangeCase{"^0.2.3", "[0.2.3,<0.3.0-0)"},
        RangeCase{"^0.0.3", "[0.0.3,<0.0.4-0)"}, RangeCase{"^0.0", "[0.0.0,<0.1.0-0)"},
        RangeCase{"^0", "[0.0.0,<1.0.0-0)"}, RangeCase{"~1.2.3", "[1.2.3,<1.3.0-0)"},
        RangeCase{"~1", "[1.0.0,<2.0.0-0)"}, RangeCase{"~> 0.1.2", "[0.1.2,<0.2.0-0)"},
        RangeCase{"4.x", "[4.0.0,<5.0.0-0)"}, RangeCase{"4", "[4.0.0,<5.0.0-0)"},
        RangeCase{"=v1.2.3", "[1.2.3,1.2.3]"}, RangeCase{"1.2.3-rc.1", "[1.2.3-rc.1,1.2.3-rc.1]"},
        RangeCase{"<=2.1.1", "[,2.1.1]"}, RangeCase{"<= 4", "[,<5.0.0-0)"},
        RangeCase{">1.2.3", "(1.2.3,)"}, RangeCase{">1.2", "[1.3.0-0,)"},
        RangeCase{">= 1.0.0   <2", "[1.0.0,<2.0.0)"}, RangeCase{">=1.0.0<2.0.0", "[1.0.0,<2.0.0)"},
        RangeCase{"1.0.0 - 1.4", "[1.0.0,<1.5.0-0)"}, RangeCase{"*", "[,)"}, RangeCase{"", "[,)"},
        RangeCase{"<0.0.0 || >9 <8", "[,<0.0.0)"}, RangeCase{"< 1.0.0 > 2.0.0", ""},
        RangeCase{"<*", ""},
        // Alternatives that touch or overlap become one.
        RangeCase{"5.x || 4.x || 8.x", "[4.0.0,<5.0.0-0) [5.0.0,<6.0.0-0) [8.0.0,<9.0.0-0)"},
        RangeCase{"<1.5.0 || >=1.2.0 <=1.7.0", "[,1.7.0]"}));

TEST(NpmRangeErrors, SayWhatIsWrong) {
  for (const char* range : {"1.2.3.4", "latest", "=>1.0.0", "^a.b"}) {
    EXPECT_FALSE(npm_range(npm(), range)) << range;
  }
  EXPECT_FALSE(npm_range(npm(), std::string(5000, '1')));
}

TEST(Intervals, WhatIsSafeIsTakenOutAndSaysWhetherItIsTheFix) {
  IntervalSet safe = set_of("^4.7.3 || ^6.9.5 || ^7.5.0");
  for (Interval& one : safe) one.fixed = true;
  EXPECT_EQ(text_of(without(set_of("4.x || >=5.0.0 <7.9.0"), safe)),
            "[4.0.0,4.7.3) [5.0.0,6.9.5) [7.0.0-0,7.5.0)");
  // A safe interval that only is not affected ends what is before it without a fix.
  EXPECT_EQ(text_of(without(set_of("*"), set_of("<1.0.0 || >=2.0.0"))), "[1.0.0,<2.0.0)");
  EXPECT_EQ(text_of(without(set_of("1.x"), set_of("*"))), "");
  EXPECT_EQ(text_of(without(set_of("1.x"), {})), "[1.0.0,<2.0.0-0)");
  EXPECT_EQ(text_of(without(set_of("*"), set_of("1.2.3"))), "[,<1.2.3) (1.2.3,)");
}

TEST(Intervals, AnEndIsAFixOnlyWhereOneIsKnown) {
  EXPECT_EQ(state_of(set_of("<2.0.0")), model::FixState::Affected);
  IntervalSet fixed = set_of("<2.0.0");
  fixed.front().fixed = true;
  EXPECT_EQ(state_of(fixed), model::FixState::Fixed);
  EXPECT_EQ(text_of(fixed), "[,2.0.0)");
}

TEST(Intervals, ConditionsAllHold) {
  const auto of = [](std::string_view text) {
    const auto one = conditions(npm(), text);
    EXPECT_TRUE(one) << text;
    return one && *one ? text_of({**one}) : std::string("none");
  };
  EXPECT_EQ(of(">= 1.0, < 2.0"), "[1.0,<2.0)");
  EXPECT_EQ(of(">1.0"), "(1.0,)");
  EXPECT_EQ(of("= 1.0"), "[1.0,1.0]");
  EXPECT_EQ(of("<1.0 >2.0"), "none");
  for (const char* wrong : {"", " , ", "!= 1.0", ">=", "abc", "~> 1.0"}) {
    EXPECT_FALSE(conditions(npm(), wrong)) << wrong;
  }
}

}  // namespace
}  // namespace vigil::intel::feeds
