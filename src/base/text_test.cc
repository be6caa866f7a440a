#include "base/text.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

TEST(Text, PrintableKeepsUtf8AndReplacesTheRest) {
  EXPECT_EQ(printable("naïve €\n"), "naïve €\n");
  EXPECT_EQ(printable("a\x1b[31mb"), "a [31mb");
  EXPECT_EQ(printable("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(printable("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(printable("\xC2\x9B"), " ");
}

TEST(Text, ParseUnsignedTakesDigitsOnly) {
  EXPECT_EQ(parse_unsigned("0"), 0U);
  EXPECT_EQ(parse_unsigned("18446744073709551615"), 18446744073709551615U);
  for (const char* bad : {"", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616"}) {
    EXPECT_EQ(parse_unsigned(bad), std::nullopt) << bad;
  }
}

TEST(Text, SplitAlwaysGivesAPart) {
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(words("  a \t b ").size(), 2U);
}

}  // namespace
}  // namespace vigil::base
