#include "base/time.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace vigil::base {
namespace {

TEST(Time, ReadsTheFormsFeedsWrite) {
  // Oracle: date -u -d <text> +%s
  const std::vector<std::pair<const char*, std::int64_t>> cases = {
      {"1970-01-01", 0},
      {"2021-12-10T10:15:00Z", 1639131300},
      {"2021-12-10T10:15Z", 1639131300},
      {"2021-12-10T10:15:00.123456789Z", 1639131300},
      {"2021-12-10T10:15:00", 1639131300},
      {"2021-12-10 10:15:00", 1639131300},
      {"2021-12-10t10:15:00z", 1639131300},
      {"2021-12-10T15:45:00+05:30", 1639131300},
      {"2021-12-10T05:15:00-0500", 1639131300},
      {" 2024-02-29 ", 1709164800},
      {"1999-12-31T23:59:60Z", 946684800},
      {"1900-01-01", -2208988800},
  };
  for (const auto& [text, seconds] : cases) EXPECT_EQ(parse_time(text), seconds) << text;
}

TEST(Time, RefusesEverythingElse) {
  for (const char* text :
       {"", "2021", "2021-12", "2021-13-01", "2023-02-29", "2021-12-32", "0001-01-01T00:00:00Z",
        "2201-01-01", "2021/12/10", "2021-12-10T", "2021-12-10T24:00", "2021-12-10T10:60",
        "2021-12-10T10:15:61", "2021-12-10T10:15:00+5", "2021-12-10T10:15:00 UTC", "2021-12-10x",
        "10 Dec 2021"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

TEST(Time, WritesWhatItReads) {
  EXPECT_EQ(format_time(1639131300), "2021-12-10T10:15:00Z");
  EXPECT_EQ(format_date(1709164800), "2024-02-29");
  EXPECT_EQ(format_time(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(format_date(-1), "1969-12-31");
}

TEST(Time, NamesALengthInTheUnitThatSaysEnough) {
  const std::vector<std::pair<std::int64_t, const char*>> cases = {
      {-5, "0 seconds"},       {1, "1 second"},          {119, "119 seconds"},
      {120, "2 minutes"},      {2 * 3600, "2 hours"},    {86400, "1 day"},
      {59 * 86400, "59 days"}, {60 * 86400, "2 months"}, {729 * 86400, "24 months"},
      {730 * 86400, "2 years"}};
  for (const auto& [seconds, text] : cases) EXPECT_EQ(format_duration(seconds), text);
}

}  // namespace
}  // namespace vigil::base
