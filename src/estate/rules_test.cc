#include "estate/rules.h"

#include "estate/testing/estate_test.h"
#include "store/accounts.h"
#include "store/filters.h"

namespace vigil::estate {
namespace {

using testing::Lines;

std::string about(std::string_view field, std::string_view value,
                  std::string_view comparison = "EQUALS") {
  return R"({")" + std::string(field) + R"(":[{"comparison":")" + std::string(comparison) +
         R"(","value":")" + std::string(value) + R"("}]})";
}

class Rules : public testing::EstateTest {
 protected:
  void SetUp() override {
    EstateTest::SetUp();
    learn({{"openssl", "CVE-2024-0001", ""}, {"zlib", "CVE-2024-0002", ""}});
    for (const char* name : {"web-1", "web-2"}) ingest(name, {{"openssl", "3"}, {"zlib", "1"}});
    events();
  }

  void rule(std::uint64_t id, const std::string& criteria, std::int64_t expires = 0,
            bool is_new = true) {
    store::FilterRow row;
    row.id = id;
    row.name = "rule " + std::to_string(id);
    row.action = "SUPPRESS";
    row.criteria = criteria;
    row.expires = expires;
    row.created = static_cast<std::int64_t>(id);
    write([&](store::Connection& to) { return store::put_filter(to, row, is_new); });
  }
  void remove(std::uint64_t id) {
    write([&](store::Connection& to) -> Result<void> {
      VIGIL_CHECK(store::delete_filter(to, 0, id));
      return ok();
    });
  }
  /// "+2 -1": suppressed and unsuppressed.
  std::string apply() {
    const auto done = apply_rules(estate(), 0);
    if (!done) return done.error().text();
    EXPECT_TRUE(done->complete);
    return "+" + std::to_string(done->suppressed) + " -" + std::to_string(done->unsuppressed);
  }
  std::int64_t hidden(std::uint64_t id) {
    return number("SELECT hidden FROM filter WHERE id = $1", {static_cast<std::int64_t>(id)});
  }
};

TEST_P(Rules, ANewRuleHidesWhatIsThere) {
  rule(1, about("vulnerabilityId", "CVE-2024-0001"));
  EXPECT_EQ(apply(), "+2 -0");
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 SUPPRESSED", "CVE-2024-0002 ACTIVE"}));
  EXPECT_EQ(hidden(1), 2);
  EXPECT_EQ(events(), (Lines{"suppressed", "suppressed"}));
  EXPECT_EQ(apply(), "+0 -0");
}

TEST_P(Rules, ADeletedRuleLetsThemGoUnlessAnotherTakesThem) {
  rule(1, about("vulnerabilityId", "CVE-2024-0001"));
  rule(2, about("resourceId", findings::instance_id("web-1")));
  EXPECT_EQ(apply(), "+3 -0");
  EXPECT_EQ(hidden(1), 2);
  EXPECT_EQ(hidden(2), 1) << "the older rule has the other one";
  events();
  remove(1);
  EXPECT_EQ(apply(), "+0 -1");
  EXPECT_EQ(events(), Lines{"unsuppressed"}) << "that another rule takes over is nobody's news";
  EXPECT_EQ(hidden(2), 2);
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 SUPPRESSED", "CVE-2024-0002 SUPPRESSED"}));
  EXPECT_EQ(findings_of("web-2"), (Lines{"CVE-2024-0001 ACTIVE", "CVE-2024-0002 ACTIVE"}));
}

TEST_P(Rules, AChangedRuleKeepsWhatItStillMatches) {
  rule(1, about("severity", "CRITICAL"));
  EXPECT_EQ(apply(), "+4 -0");
  rule(1, about("vulnerabilityId", "CVE-2024-0002"), 0, false);
  events();
  EXPECT_EQ(apply(), "+0 -2");
  EXPECT_EQ(events(), (Lines{"unsuppressed", "unsuppressed"}));
  EXPECT_EQ(hidden(1), 2);
}

TEST_P(Rules, ARuleThatExpiresLetsGo) {
  rule(1, about("vulnerabilityId", "CVE-2024-0001"), estate().now() + 3600);
  EXPECT_EQ(apply(), "+2 -0");
  pass(3601);
  EXPECT_EQ(apply(), "+0 -2");
  EXPECT_EQ(hidden(1), 0);
}

TEST_P(Rules, StatusActiveInARuleDoesNotMakeItLetGo) {
  rule(1, R"({"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}],
              "vulnerabilityId":[{"comparison":"EQUALS","value":"CVE-2024-0001"}]})");
  EXPECT_EQ(apply(), "+2 -0");
  rule(2, about("findingStatus", "CLOSED"));
  EXPECT_EQ(apply(), "+0 -0") << "nothing that is open is closed";
  ingest("web-1", {{"openssl", "3"}, {"zlib", "2"}});
  EXPECT_EQ(findings_of("web-1").front(), "CVE-2024-0001 SUPPRESSED");
}

TEST_P(Rules, ARuleMayNameFindings) {
  const std::string arn = findings::finding_arn("us-east-1", testing::kAccount,
                                                {key("web-1"), vulnerability("CVE-2024-0001")});
  rule(1, about("findingArn", arn));
  EXPECT_EQ(apply(), "+1 -0");
  rule(1, about("findingArn", arn, "NOT_EQUALS"), 0, false);
  EXPECT_EQ(apply(), "+3 -1");
}

TEST_P(Rules, ClosedFindingsAreLeftAlone) {
  ingest("web-1", {{"bash", "5"}});
  rule(1, about("vulnerabilityId", "CVE-2024-0001"));
  EXPECT_EQ(apply(), "+1 -0");
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 CLOSED", "CVE-2024-0002 CLOSED"}));
}

TEST_P(Rules, WhatIsInterruptedGoesOn) {
  rule(1, about("severity", "CRITICAL"));
  const auto none = apply_rules(estate(), 0, std::chrono::milliseconds(0));
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->complete);
  EXPECT_EQ(hidden(1), 0);
  restart();
  EXPECT_EQ(apply(), "+4 -0");
}

TEST_P(Rules, MoreThanAPageIsChangedWholly) {
  std::vector<testing::Advice> advice;
  testing::Packages packages;
  for (int i = 0; i < 450; ++i) {
    const std::string name = "package" + std::to_string(i);
    advice.push_back({name, "CVE-2023-" + std::to_string(1000 + i), ""});
    packages.emplace_back(name, "1");
  }
  learn(advice);
  ingest("big", packages);
  rule(1, about("resourceId", findings::instance_id("big")));
  EXPECT_EQ(apply(), "+450 -0");
  EXPECT_EQ(hidden(1), 450);
  rule(1, about("vulnerabilityId", "CVE-2023-10", "PREFIX"), 0, false);
  EXPECT_EQ(apply(), "+0 -350");
  EXPECT_EQ(hidden(1), 100);
  remove(1);
  EXPECT_EQ(apply(), "+0 -100");
}

VIGIL_ON_BOTH_ENGINES(Rules);

}  // namespace
}  // namespace vigil::estate
