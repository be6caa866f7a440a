#include "base/input.h"

#include <gtest/gtest.h>

#include <array>

namespace vigil::base {
namespace {

TEST(Input, GivesBackWhatWasReadAhead) {
  StringInput input("0123456789");
  const std::string head = read_prefix(input, 4).value();
  EXPECT_EQ(head, "0123");
  PrependedInput whole(head, input);
  EXPECT_EQ(read_all(whole, 10).value(), "0123456789");
  std::array<char, 4> buffer{};
  EXPECT_EQ(whole.read(buffer).value(), 0U) << "the end stays the end";
}

TEST(Input, APrefixIsShorterOnlyAtTheEnd) {
  StringInput input("abc");
  EXPECT_EQ(read_prefix(input, 8).value(), "abc");
  EXPECT_EQ(read_prefix(input, 8).value(), "");
}

TEST(Input, ReadsAllUpToTheLimit) {
  const std::string text(50'000, 'x');
  StringInput exact(text);
  EXPECT_EQ(read_all(exact, 50'000).value(), text);
  StringInput over(text);
  const auto result = read_all(over, 49'999);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::TooLarge);
}

}  // namespace
}  // namespace vigil::base
