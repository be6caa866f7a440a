#include "server/testing/overview_test.h"

namespace vigil::server {
namespace {

class TrendRoute : public testing::OverviewTest {
 protected:
  /// "2027-01-15 high 2 medium 2 risk 4002 opened 6 closed 0" of each day.
  std::vector<std::string> days(const std::string& query = "") {
    const std::string trend = get("/vigil/v1/trend" + query);
    std::vector<std::string> lines;
    for (const base::Json& day : at(trend, {"days"}).items()) {
      const auto value = [&](const base::Json& number) {
        return std::to_string(number.integer().value_or(-1));
      };
      lines.push_back(std::string(day["day"].text()) + " high " + value(day["active"]["high"]) +
                      " medium " + value(day["active"]["medium"]) + " risk " + value(day["risk"]) +
                      " opened " + value(day["opened"]) + " closed " + value(day["closed"]));
    }
    return lines;
  }
};

using Days = std::vector<std::string>;

TEST_F(TrendRoute, BeginsWithToday) {
  EXPECT_EQ(days(), Days{"2027-01-15 high 2 medium 2 risk 4002 opened 6 closed 0"});
  EXPECT_EQ(json_of(get("/vigil/v1/trend"), {"days", "0", "active"}),
            json_of(get("/vigil/v1/summary"), {"active"}));
}

TEST_F(TrendRoute, KeepsWhatMaintenanceSawLastOnEachDay) {
  maintain();
  move_to(now_ + 12 * 3600);  // 20:00
  ingest("web-2", {{"openssl", "3.0.15-1"}, {"curl", "7.88.1-10"}, {"zlib", "1"}});
  maintain();
  move_to(now_ + 60);
  ingest("web-2", {{"openssl", "3.0.15-1"}, {"curl", "7.88.1-10"}, {"zlib", "2"}});
  maintain();  // too soon to look again
  move_to(now_ + 2 * kDay);
  suppress("CVE-2026-0003");
  EXPECT_EQ(days(), (Days{"2027-01-15 high 1 medium 2 risk 3002 opened 6 closed 2",
                          "2027-01-17 high 1 medium 0 risk 1002 opened 0 closed 0"}))
      << "of the day on which nobody looked nothing is said";
  EXPECT_EQ(days("?days=2").size(), 1U);
  EXPECT_EQ(days("?days=3").size(), 2U);
}

TEST_F(TrendRoute, ANewDayIsLookedAtAtOnce) {
  move_to(now_ + 16 * 3600 - 1);
  maintain();
  move_to(now_ + 1);
  maintain();
  move_to(now_ + kDay);
  EXPECT_EQ(days().size(), 3U);
}

TEST_F(TrendRoute, ForgetsAfterFourHundredDays) {
  maintain();
  move_to(now_ + 399 * kDay);
  maintain();
  EXPECT_EQ(days("?days=400").size(), 2U);
  move_to(now_ + 2 * kDay);
  maintain();
  EXPECT_EQ(days("?days=400").size(), 2U) << "the two last ones";
}

TEST_F(TrendRoute, RefusesWhatItDoesNotKeep) {
  for (const char* wrong : {"0", "401", "-1", "x", ""})
    EXPECT_EQ(status_of(std::string("/vigil/v1/trend?days=") + wrong), 400) << wrong;
}

}  // namespace
}  // namespace vigil::server
