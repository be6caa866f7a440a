#include "server/testing/overview_test.h"

namespace vigil::server {
namespace {

class SummaryRoute : public testing::OverviewTest {
 protected:
  std::string summary() { return get("/vigil/v1/summary"); }

  /// The numbers are those that the operations of Inspector count.
  void agrees() {
    const std::string own = summary();
    const std::string counts =
        answer("ListFindingAggregations", R"({"aggregationType":"ACCOUNT"})");
    const auto theirs = [&](std::initializer_list<std::string_view> steps) {
      std::vector<std::string_view> all = {"responses", "0", "accountAggregation"};
      all.insert(all.end(), steps);
      base::Json value = at(counts, {});
      for (const std::string_view step : all) {
        value = step == "0"
                    ? (value.items().begin() == value.items().end() ? base::Json()
                                                                    : *value.items().begin())
                    : value[step];
      }
      return value.integer().value_or(0);
    };
    std::int64_t all = 0;
    for (const char* severity :
         {"critical", "high", "medium", "low", "informational", "untriaged"}) {
      all += number(own, {"active", severity});
    }
    EXPECT_EQ(all, theirs({"severityCounts", "all"})) << own << counts;
    for (const char* severity : {"critical", "high", "medium"})
      EXPECT_EQ(number(own, {"active", severity}), theirs({"severityCounts", severity}))
          << severity;
    EXPECT_EQ(number(own, {"exploitable"}), theirs({"exploitAvailableCount"}));
    EXPECT_EQ(number(own, {"fixable"}), theirs({"fixAvailableCount"}));
    EXPECT_EQ(all,
              active("{\"findingStatus\":[{\"comparison\":\"EQUALS\",\"value\":\"ACTIVE\"}]}"));
  }
};

TEST_F(SummaryRoute, IsTheAccountInNumbers) {
  EXPECT_EQ(
      summary(),
      R"({"asOf":1800000000,)"
      R"("active":{"critical":0,"high":2,"medium":2,"low":2,"informational":0,"untriaged":0},)"
      R"("suppressed":0,"exploitable":4,"fixable":4,"day":{"since":1799913600,)"
      R"("opened":{"critical":0,"high":2,"medium":2,"low":2,"informational":0,"untriaged":0},)"
      R"("closed":0},"knownExploited":{"findings":4,"overdue":2,"dueSoon":2},)"
      R"("resources":[{"resourceType":"AWS_EC2_INSTANCE","watched":2,"notWatched":0}],)"
      R"("risk":4002})");
  agrees();
}

TEST_F(SummaryRoute, SuppressionAndClosingMoveIt) {
  suppress("CVE-2026-0001");
  std::string now = summary();
  EXPECT_EQ(number(now, {"active", "high"}), 0);
  EXPECT_EQ(number(now, {"suppressed"}), 2);
  EXPECT_EQ(number(now, {"knownExploited", "findings"}), 2);
  EXPECT_EQ(number(now, {"knownExploited", "overdue"}), 0);
  EXPECT_EQ(number(now, {"risk"}), 2002);
  EXPECT_EQ(number(now, {"day", "closed"}), 0) << "hidden is not closed";
  agrees();
  ingest("web-2", {{"openssl", "3.0.15-1"}, {"curl", "7.88.1-10"}, {"zlib", "2"}});
  now = summary();
  EXPECT_EQ(number(now, {"suppressed"}), 1);
  EXPECT_EQ(number(now, {"active", "medium"}), 1);
  EXPECT_EQ(number(now, {"day", "closed"}), 1) << "the one that was hidden was not there to close";
  EXPECT_EQ(number(now, {"risk"}), 1002);
  agrees();
  ingest_flawed("web-2");  // it comes back
  now = summary();
  EXPECT_EQ(number(now, {"day", "opened", "medium"}), 3);
  EXPECT_EQ(number(now, {"suppressed"}), 2);
  agrees();
}

TEST_F(SummaryRoute, ForgetsWhatHappenedMoreThanADayAgo) {
  move_to(now_ + kDay);
  EXPECT_EQ(number(summary(), {"day", "opened", "high"}), 2) << "the hour has only just begun";
  move_to(now_ + 3600);
  EXPECT_EQ(number(summary(), {"day", "opened", "high"}), 0);
  EXPECT_EQ(number(summary(), {"active", "high"}), 2);
}

TEST_F(SummaryRoute, ADayIsDueUntilItIsOver) {
  move_to(now_ + 14 * kDay + 15 * 3600);  // the 29th, 23:00
  EXPECT_EQ(json_of(summary(), {"knownExploited"}), R"({"findings":4,"overdue":2,"dueSoon":2})");
  move_to(now_ + 3600);
  EXPECT_EQ(json_of(summary(), {"knownExploited"}), R"({"findings":4,"overdue":4,"dueSoon":0})");
}

TEST_F(SummaryRoute, WhatIsNotScannedIsSaid) {
  move_to(now_ + 8 * kDay);
  ingest_flawed("web-2");
  maintain();
  EXPECT_EQ(json_of(summary(), {"resources"}),
            R"([{"resourceType":"AWS_EC2_INSTANCE","watched":1,"notWatched":1}])");
  const HttpResponse gone =
      ask_route("DELETE", "/vigil/v1/resources/" + findings::instance_id("web-1"));
  EXPECT_LT(gone.status, 300) << gone.body;
  EXPECT_EQ(json_of(summary(), {"resources"}),
            R"([{"resourceType":"AWS_EC2_INSTANCE","watched":1,"notWatched":0}])");
}

TEST_F(SummaryRoute, IsOfTheAccountThatAsks) {
  account_ = api::testing::kOther;
  EXPECT_EQ(number(summary(), {"active", "high"}), 0);
  EXPECT_EQ(json_of(summary(), {"resources"}), "[]");
}

}  // namespace
}  // namespace vigil::server
