#include "estate/ingest.h"

#include "estate/applied.h"
#include "estate/testing/estate_test.h"
#include "store/accounts.h"
#include "store/filters.h"

namespace vigil::estate {
namespace {

using testing::Lines;

class Ingest : public testing::EstateTest {};

TEST_P(Ingest, AFirstScanOpensFindingsAndSaysSo) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}, {"zlib", "CVE-2024-0002", ""}});
  const Ingested done = ingest("web-1", {{"openssl", "3.0.14-1"}, {"zlib", "1"}, {"bash", "5"}});
  EXPECT_TRUE(done.changed);
  EXPECT_EQ(done.opened, 2U);
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 ACTIVE", "CVE-2024-0002 ACTIVE"}));
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
  EXPECT_EQ(events(), (Lines{"opened", "opened",
                             R"(coverage {"statusCodeValue":"ACTIVE","reason":"SUCCESSFUL"})",
                             R"(initial scan {"CRITICAL":2,"HIGH":0,"MEDIUM":0,"TOTAL":2})"}));
}

TEST_P(Ingest, AnUnchangedRescanChangesNothingAndSaysNothing) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  const Ingested first = ingest("web-1", {{"openssl", "3.0.14-1"}});
  events();
  pass(3600);
  const Ingested again = ingest("web-1", {{"openssl", "3.0.14-1"}});
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.digest, first.digest);
  EXPECT_EQ(events(), Lines{});
  EXPECT_EQ(number("SELECT last_scanned FROM resource"), estate().now());
  EXPECT_LT(number("SELECT updated FROM finding"), estate().now());
}

TEST_P(Ingest, AnUpgradeClosesWhatItFixedAndADowngradeReopensIt) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  ingest("web-1", {{"openssl", "3.0.14-1"}});
  pass(86400);
  const Ingested fixed = ingest("web-1", {{"openssl", "3.0.15-1"}});
  EXPECT_EQ(fixed.closed, 1U);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 CLOSED"});
  const std::int64_t first_observed = number("SELECT first_observed FROM finding");
  pass(86400);
  EXPECT_EQ(ingest("web-1", {{"openssl", "3.0.14-1"}}).reopened, 1U);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  EXPECT_EQ(number("SELECT first_observed FROM finding"), first_observed);
}

TEST_P(Ingest, ResourcesAlikeShareSetProfileAndAssessments) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  for (const char* name : {"web-1", "web-2", "web-3"})
    ingest(name, {{"openssl", "3"}, {"bash", "5"}});
  EXPECT_EQ(number("SELECT COUNT(*) FROM package_set"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM assessment"), 1);
  EXPECT_EQ(number("SELECT active FROM assessment"), 3);
}

TEST_P(Ingest, AChangeOfProcessesThatUsesTheSamePackagesLeavesFindingsAlone) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  inventory::Inventory inventory = with({{"openssl", "3"}});
  inventory.runtime.emplace();
  inventory.runtime->complete = true;
  inventory.runtime->processes.push_back({10, "nginx", "/usr/sbin/nginx", {0}, {}});
  ingest(host("web-1"), inventory);
  events();
  inventory.runtime->processes.front().id = 11;
  EXPECT_TRUE(ingest(host("web-1"), inventory).changed);
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 1);
  EXPECT_EQ(events(), Lines{});
  inventory.runtime->processes.clear();
  EXPECT_EQ(ingest(host("web-1"), inventory).updated, 1U);
  EXPECT_EQ(events(), Lines{"updated"});
}

TEST_P(Ingest, ATagExcludesAnInstanceAndTheLossOfItBringsItBack) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  findings::Resource resource = host("web-1");
  ingest(resource, with({{"openssl", "3"}}));
  resource.tags["inspectorec2exclusion"] = "";
  EXPECT_EQ(ingest(resource, with({{"openssl", "3"}})).closed, 1U);
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE EXCLUDED_BY_TAG");
  EXPECT_EQ(number("SELECT delete_after - closed FROM finding"), 3 * 86400);
  resource.tags.clear();
  EXPECT_EQ(ingest(resource, with({{"openssl", "3"}})).reopened, 1U);
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
}

TEST_P(Ingest, AnUnknownSystemIsNotReportedAsScanned) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  inventory::Inventory inventory = with({{"openssl", "3"}});
  inventory.os.id = "plan9";
  inventory.os.ecosystem.clear();
  inventory.packages.front().ecosystem.clear();
  ingest(host("web-1"), inventory);
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE UNSUPPORTED_OS");
  EXPECT_EQ(findings_of("web-1"), Lines{});
}

TEST_P(Ingest, AHostOfWhichNothingCouldBeReadKeepsItsFindings) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  const Ingested first = ingest("web-1", {{"openssl", "3"}});
  const Ingested empty = ingest("web-1", {});
  EXPECT_EQ(empty.digest, first.digest) << "a delta is still based on what was read before";
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE NO_INVENTORY");
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  EXPECT_FALSE(ingest("web-1", {}).changed);
  ingest("web-1", {{"openssl", "3"}});
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
  ingest("web-2", {});
  EXPECT_EQ(coverage_of("web-2"), "INACTIVE NO_INVENTORY");
}

TEST_P(Ingest, WithoutIntelligenceTheInventoryWaits) {
  ingest("web-1", {{"openssl", "3"}});
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE PENDING_INITIAL_SCAN");
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 1);
  EXPECT_EQ(number("SELECT last_scanned FROM resource"), 0);
  learn({{"openssl", "CVE-2024-0001", ""}});
  EXPECT_EQ(ingest("web-1", {{"openssl", "3"}}).opened, 1U);
}

TEST_P(Ingest, ARuleHidesWhatItMatchesFromTheFirstMomentOn) {
  learn({{"openssl", "CVE-2024-0001", ""}, {"zlib", "CVE-2024-0002", ""}});
  write([&](store::Connection& to) {
    store::FilterRow rule;
    rule.id = 7;
    rule.name = "accepted";
    rule.action = "SUPPRESS";
    rule.criteria = R"({"vulnerabilityId":[{"comparison":"EQUALS","value":"CVE-2024-0001"}],
                        "findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}]})";
    rule.created = rule.updated = 1;
    return store::put_filter(to, rule, true);
  });
  ingest("web-1", {{"openssl", "3"}, {"zlib", "1"}});
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 SUPPRESSED", "CVE-2024-0002 ACTIVE"}));
  EXPECT_EQ(number("SELECT hidden FROM filter"), 1);
}

TEST_P(Ingest, NothingOlderIsWrittenThanWhatFindingsAreMadeToFollow) {
  const auto old = learn({{"openssl", "CVE-2024-0001", ""}});
  const auto next = compiled({{"openssl", "CVE-2024-0009", ""}});
  write([&](store::Connection& to) {
    return store::set_setting(to, kTargetSetting, state_of(*next, estate().policy()));
  });
  const auto done = estate::ingest(estate(), host("web-1"), with({{"openssl", "3"}}), {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Busy);
  estate().set_intelligence(next);
  ingest("web-1", {{"openssl", "3"}});
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0009 ACTIVE"});
}

TEST_P(Ingest, AnAccountThatDoesNotExistIsRefused) {
  learn({});
  findings::Resource resource = host("web-1");
  resource.account = "111122223333";
  const auto done = estate::ingest(estate(), resource, with({{"openssl", "3"}}), {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::NotFound);
  resource.account = "twelve";
  EXPECT_FALSE(estate::ingest(estate(), resource, with({}), {}));
}

VIGIL_ON_BOTH_ENGINES(Ingest);

}  // namespace
}  // namespace vigil::estate
