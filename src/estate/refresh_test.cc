#include "estate/refresh.h"

#include <algorithm>
#include <cstdlib>
#include <random>

#include "estate/applied.h"
#include "estate/testing/estate_test.h"
#include "store/accounts.h"
#include "store/filters.h"

namespace vigil::estate {
namespace {

using testing::Advice;
using testing::Lines;
using testing::Packages;

class Refresh : public testing::EstateTest {
 protected:
  /// New intelligence, in force and followed.
  Refreshed follow(const std::vector<Advice>& advice, bool with_before = true) {
    const auto before = estate().intelligence();
    learn(advice);
    const auto done = refresh(estate(), with_before ? before : nullptr);
    EXPECT_TRUE(done) << done.error().text();
    return done.value_or(Refreshed{});
  }

  /// Everything that must be equal however a store came to its findings.
  static Lines content(store::Store& of) {
    Lines lines;
    const auto add = [&](std::string_view sql) {
      const auto done = of.read([&](store::Connection& from) {
        return from.query(sql, {}, [&](const store::Row& row) {
          lines.emplace_back(row.text(0));
          return true;
        });
      });
      EXPECT_TRUE(done) << done.error().text();
    };
    add("SELECT 'finding ' || resource || ' ' || vulnerability || ' ' || assessment || ' ' ||"
        " status || ' ' || rule FROM finding WHERE status <> 2");
    add("SELECT 'vulnerability ' || v.name || ' ' || coalesce(v.epss, -1) || ' ' || b.body"
        " FROM vulnerability v JOIN vulnerability_body b ON b.account = v.account AND b.id = v.id"
        " WHERE EXISTS (SELECT 1 FROM finding f WHERE f.account = v.account"
        " AND f.vulnerability = v.id AND f.status <> 2)");
    add("SELECT 'assessment ' || a.id || ' ' || a.active || ' ' || a.suppressed || ' ' || b.body"
        " FROM assessment a JOIN assessment_body b ON b.account = a.account AND b.id = a.id"
        " WHERE a.active + a.suppressed > 0");
    add("SELECT 'resource ' || id || ' ' || critical || ' ' || high || ' ' || medium || ' ' || low"
        " || ' ' || fixable || ' ' || status_code || ' ' || status_reason FROM resource");
    std::sort(lines.begin(), lines.end());
    return lines;
  }
};

TEST_P(Refresh, ANewAdvisoryOpensFindingsWhereThePackageIs) {
  follow({{"openssl", "CVE-2024-0001", "3.0.15"}, {"bash", "CVE-2024-0002", "1"}});
  ingest("web-1", {{"openssl", "3.0.14"}});
  ingest("web-2", {{"bash", "5"}});
  events();
  const Refreshed done = follow({{"openssl", "CVE-2024-0001", "3.0.15"},
                                 {"bash", "CVE-2024-0002", "1"},
                                 {"bash", "CVE-2024-0003", "6"}});
  EXPECT_TRUE(done.applied);
  EXPECT_FALSE(done.whole);
  EXPECT_EQ(done.profiles, 1U) << "only that which holds bash";
  EXPECT_EQ(done.changes, 1U);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  EXPECT_EQ(findings_of("web-2"), Lines{"CVE-2024-0003 ACTIVE"});
  EXPECT_EQ(events(), Lines{"opened"});
}

TEST_P(Refresh, AWithdrawnAdvisoryClosesThemAndAFixUpdatesThem) {
  follow({{"bash", "CVE-2024-0001", ""}, {"bash", "CVE-2024-0002", ""}});
  ingest("web-1", {{"bash", "5"}});
  ingest("web-2", {{"bash", "5"}});
  events();
  EXPECT_EQ(follow({{"bash", "CVE-2024-0002", "6"}}).changes, 4U);
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 CLOSED", "CVE-2024-0002 ACTIVE"}));
  Lines told = events();
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (Lines{"closed", "closed", "updated", "updated"}));
  EXPECT_EQ(number("SELECT SUM(fixable) FROM resource"), 2);
}

TEST_P(Refresh, TheSameIntelligenceIsAppliedOnce) {
  follow({{"bash", "CVE-2024-0001", ""}});
  ingest("web-1", {{"bash", "5"}});
  const auto again = refresh(estate(), nullptr);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->applied);
  restart();
  EXPECT_FALSE(refresh(estate(), nullptr)->applied);
}

TEST_P(Refresh, EpssMovesWhereItStandsAndTouchesNoFinding) {
  follow({{"bash", "CVE-2024-0001", "", "It is bad.", 0.1}});
  ingest("web-1", {{"bash", "5"}});
  events();
  const Refreshed done = follow({{"bash", "CVE-2024-0001", "", "It is bad.", 0.2}});
  EXPECT_EQ(done.changes, 0U);
  EXPECT_EQ(number("SELECT COUNT(*) FROM vulnerability WHERE epss BETWEEN 0.19 AND 0.21"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM vulnerability_body WHERE body LIKE '%\"score\":0.2}%'"),
            1);
  EXPECT_EQ(events(), Lines{});
  follow({{"bash", "CVE-2024-0001", ""}});
  EXPECT_EQ(number("SELECT COUNT(*) FROM vulnerability WHERE epss IS NULL"), 1);
}

TEST_P(Refresh, EpssThatCrossesABoundOfThePolicyChangesTheScore) {
  // Internet-facing, in use, and idle: the floor of 9.0 is reached by EPSS alone.
  inventory::Inventory inventory = with({{"bash", "5"}});
  inventory.runtime.emplace();
  inventory.runtime->complete = true;
  inventory.runtime->processes.push_back({1, "bash", "/bin/bash", {0}, {}});
  findings::ResourceFacts facts;
  facts.exposure = score::Exposure::Internet;
  follow({{"bash", "CVE-2024-0001", "", "It is bad.", 0.4}});
  ingest(host("web-1"), inventory, facts);
  const Refreshed done = follow({{"bash", "CVE-2024-0001", "", "It is bad.", 0.6}});
  EXPECT_FALSE(done.whole);
  EXPECT_EQ(done.profiles, 1U);
}

TEST_P(Refresh, ATextThatChangesIsStoredOnce) {
  follow({{"bash", "CVE-2024-0001", ""}});
  for (const char* name : {"web-1", "web-2"}) ingest(name, {{"bash", "5"}});
  events();
  const Refreshed done = follow({{"bash", "CVE-2024-0001", "", "It is very bad."}});
  EXPECT_EQ(done.changes, 0U);
  EXPECT_EQ(number("SELECT COUNT(*) FROM vulnerability_body WHERE body LIKE '%very%'"), 1);
  EXPECT_EQ(events(), Lines{});
}

TEST_P(Refresh, WhatWaitedForIntelligenceIsScanned) {
  ingest("web-1", {{"bash", "5"}});
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE PENDING_INITIAL_SCAN");
  events();
  const Refreshed done = follow({{"bash", "CVE-2024-0001", ""}});
  EXPECT_TRUE(done.whole);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
  EXPECT_EQ(events().size(), 3U) << "opened, coverage, initial scan";
}

TEST_P(Refresh, ASystemThatIsCoveredFromNowOnIsSaidToBe) {
  follow({});
  ingest("web-1", {{"bash", "5"}});
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE UNSUPPORTED_OS");
  EXPECT_TRUE(follow({{"zlib", "CVE-2024-0001", ""}}).whole);
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
}

TEST_P(Refresh, WhatWasInterruptedIsEndedByTheNext) {
  follow({{"bash", "CVE-2024-0001", ""}});
  for (int i = 0; i < 5; ++i)
    ingest("web-" + std::to_string(i), {{"bash", "5." + std::to_string(i)}});
  const auto before = estate().intelligence();
  learn({{"bash", "CVE-2024-0009", ""}});
  const auto stopped = refresh(estate(), before, [] { return true; });
  ASSERT_TRUE(stopped);
  EXPECT_FALSE(stopped->applied);
  restart();
  const auto done = refresh(estate(), before);
  ASSERT_TRUE(done);
  EXPECT_TRUE(done->applied);
  EXPECT_TRUE(done->whole) << "nobody knows how far it came";
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(findings_of("web-" + std::to_string(i)),
              (Lines{"CVE-2024-0001 CLOSED", "CVE-2024-0009 ACTIVE"}));
  }
}

TEST_P(Refresh, OfAllProfilesGoesOnWhereItWas) {
  follow({{"bash", "CVE-2024-0001", ""}});
  for (int i = 0; i < 5; ++i)
    ingest("web-" + std::to_string(i), {{"bash", "5." + std::to_string(i)}});
  const auto next = learn({{"bash", "CVE-2024-0009", ""}});
  std::uint64_t third = 0;
  write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(const auto profiles, store::all_profiles(to, 0));
    third = profiles.at(2);
    VIGIL_CHECK(store::set_setting(to, kAppliedSetting, ""));
    VIGIL_CHECK(store::set_setting(to, kTargetSetting, state_of(*next, estate().policy())));
    return store::set_setting(to, kPositionSetting, "0 " + std::to_string(third));
  });
  const auto done = refresh(estate(), nullptr);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->profiles, 2U);
}

TEST_P(Refresh, ARuleHidesWhatARefreshFinds) {
  follow({{"bash", "CVE-2024-0001", ""}});
  findings::Resource tagged = host("web-1");
  tagged.tags["env"] = "test";
  ingest(tagged, with({{"bash", "5"}}));
  write([&](store::Connection& to) {
    store::FilterRow rule;
    rule.id = 7;
    rule.name = "test systems";
    rule.action = "SUPPRESS";
    rule.criteria = R"({"resourceTags":[{"comparison":"EQUALS","key":"env","value":"test"}]})";
    return store::put_filter(to, rule, true);
  });
  follow({{"bash", "CVE-2024-0001", ""}, {"bash", "CVE-2024-0002", ""}});
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 ACTIVE", "CVE-2024-0002 SUPPRESSED"}))
      << "what was open is for applying the rule, not for the refresh";
}

TEST_P(Refresh, WhatUbuntuProSaysConcernsPackagesOfUbuntu) {
  inventory::Inventory inventory = with({{"bash", "5"}});
  inventory.os.ecosystem = inventory.packages.front().ecosystem = "Ubuntu:22.04";
  inventory.os.extended_support.insert("esm-infra");
  const Advice open{"bash", "CVE-2024-0001", "", "It is bad.", 0, "Ubuntu:22.04"};
  const Advice other{"zlib", "CVE-2024-0002", "9", "It is bad.", 0, "Ubuntu:Pro:22.04"};
  follow({open, other});
  ingest(host("web-1"), inventory);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  const Refreshed done =
      follow({open, other, {"bash", "CVE-2024-0001", "5", "It is bad.", 0, "Ubuntu:Pro:22.04"}});
  EXPECT_FALSE(done.whole);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 CLOSED"});
}

/// Random advice about ten packages.
std::vector<Advice> random_advice(std::mt19937& random) {
  std::vector<Advice> advice;
  const auto below = [&](unsigned limit) { return random() % limit; };
  for (unsigned cve = 0; cve < 40; ++cve) {
    const std::string id = "CVE-2024-" + std::to_string(1000 + cve);
    const std::string text = below(4) == 0 ? "Worse." : "Bad.";
    const double epss = below(3) == 0 ? 0 : 0.1 * (1 + static_cast<double>(below(9)));
    for (unsigned package = 0; package < 10; ++package) {
      if (below(12) != 0) continue;
      const std::string fixed = below(3) == 0 ? "" : std::to_string(1 + below(9)) + ".5";
      advice.push_back({"package" + std::to_string(package), id, fixed, text, epss});
    }
  }
  return advice;
}

TEST_P(Refresh, GivesWhatIngestingEverythingAgainGives) {
  const char* given = std::getenv("VIGIL_TEST_SEED");
  const unsigned seed =
      given != nullptr ? static_cast<unsigned>(std::atoi(given)) : std::random_device{}();
  SCOPED_TRACE("VIGIL_TEST_SEED=" + std::to_string(seed));
  std::mt19937 random(seed);
  struct Host {
    std::string name;
    Packages packages;
  };
  std::vector<Host> hosts;
  for (int i = 0; i < 12; ++i) {
    Host one{"host-" + std::to_string(i), {}};
    for (unsigned package = 0; package < 10; ++package) {
      if (random() % 2 == 0) continue;
      one.packages.emplace_back("package" + std::to_string(package),
                                std::to_string(1 + random() % 9));
    }
    if (one.packages.empty()) one.packages.emplace_back("package0", "1");
    hosts.push_back(one);
    if (i % 3 == 0) hosts.push_back({one.name + "-twin", one.packages});
  }
  follow(random_advice(random));
  for (const Host& one : hosts) ingest(one.name, one.packages);
  for (int round = 0; round < 4; ++round) {
    const bool with_before = random() % 4 != 0;
    const Refreshed done = follow(random_advice(random), with_before);
    ASSERT_TRUE(done.applied);
    EXPECT_EQ(done.whole, !with_before);

    const std::string path = directory() + "/again-" + std::to_string(round) + ".db";
    auto fresh = store::Store::open(path);
    ASSERT_TRUE(fresh);
    Estate again(std::move(*fresh), {});
    again.set_intelligence(estate().intelligence());
    ASSERT_TRUE(create_account(again, testing::kAccount, "test"));
    for (const Host& one : hosts)
      ASSERT_TRUE(estate::ingest(again, host(one.name), with(one.packages), {}));
    ASSERT_EQ(content(store()), content(again.store())) << "round " << round;
  }
}

VIGIL_ON_BOTH_ENGINES(Refresh);

}  // namespace
}  // namespace vigil::estate
