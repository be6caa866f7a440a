#include "estate/jobs.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "estate/removal.h"
#include "estate/testing/estate_test.h"
#include "store/accounts.h"
#include "store/filters.h"

namespace vigil::estate {
namespace {

using testing::Lines;

class Maintenance : public testing::EstateTest {
 protected:
  MaintenanceReport round(MaintenanceSettings settings = {}) {
    settings.portion = 2;  // so that everything takes several portions
    settings.thorough_every = 0;
    const auto done = maintain(estate(), settings);
    EXPECT_TRUE(done) << done.error().text();
    return done.value_or(MaintenanceReport{});
  }
};

constexpr std::int64_t kDay = 86400;

TEST_P(Maintenance, WhatWasRemediatedGoesAfterThirtyDays) {
  learn({{"openssl", "CVE-2024-0001", "2"}, {"zlib", "CVE-2024-0002", "2"}});
  for (const char* name : {"web-1", "web-2", "web-3"})
    ingest(name, {{"openssl", "1"}, {"zlib", "1"}});
  for (const char* name : {"web-1", "web-2", "web-3"})
    ingest(name, {{"openssl", "2"}, {"zlib", "2"}});
  pass(30 * kDay - 1);
  EXPECT_EQ(round().findings_deleted, 0);
  pass(1);
  const MaintenanceReport report = round();
  EXPECT_EQ(report.findings_deleted, 6);
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(number("SELECT COUNT(*) FROM finding"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM assessment"), 0) << "nobody refers to them";
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM package_version"), 2);
}

TEST_P(Maintenance, AHostThatIsSilentForSevenDaysIsStale) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  for (const char* name : {"web-1", "web-2", "web-3"}) ingest(name, {{"openssl", "1"}});
  pass(4 * kDay);
  ingest("web-3", {{"openssl", "1"}});
  pass(3 * kDay + 1);
  EXPECT_EQ(round().resources_stale, 2);
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE STALE_INVENTORY");
  EXPECT_EQ(coverage_of("web-3"), "ACTIVE SUCCESSFUL");
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"}) << "its findings stay";
  EXPECT_EQ(round().resources_stale, 0);
  ingest("web-1", {{"openssl", "1"}});
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
}

TEST_P(Maintenance, AnImageIsWatchedWhileItWasPushedOrUsedLately) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  const auto image = [&](const std::string& name, std::int64_t pushed, std::int64_t used) {
    findings::Resource resource = host(name);
    resource.type = "AWS_ECR_CONTAINER_IMAGE";
    resource.image.emplace();
    resource.image->repository = name;
    resource.image->pushed = pushed;
    resource.image->last_in_use = used;
    return resource;
  };
  write([&](store::Connection& to) {
    return store::set_scan_type(to, 0, "ECR", "ENABLED", estate().now());
  });
  const std::int64_t now = estate().now();
  ingest(image("fresh", now - 13 * kDay, 0), with({{"openssl", "1"}}));
  ingest(image("used", now - 90 * kDay, now - 13 * kDay), with({{"openssl", "1"}}));
  ingest(image("old", now - 15 * kDay, now - 15 * kDay), with({{"openssl", "1"}}));
  ingest(image("undated", 0, 0), with({{"openssl", "1"}}));
  EXPECT_EQ(round().images_expired, 1);
  EXPECT_EQ(coverage_of("old"), "INACTIVE SCAN_ELIGIBILITY_EXPIRED");
  EXPECT_EQ(findings_of("old"), Lines{"CVE-2024-0001 CLOSED"});
  EXPECT_EQ(number("SELECT delete_after - closed FROM finding WHERE status = 2"), 3 * kDay);
  for (const char* name : {"fresh", "used", "undated"})
    EXPECT_EQ(coverage_of(name), "ACTIVE SUCCESSFUL") << name;

  write([&](store::Connection& to) -> Result<void> {
    Configuration configuration;
    configuration.ecr_rescan = "LIFETIME";
    return store::put_account(to, {0, "test", 0, configuration_json(configuration)});
  });
  pass(400 * kDay);
  EXPECT_EQ(round().images_expired, 0) << "for its lifetime";
  EXPECT_EQ(coverage_of("old"), "INACTIVE SCAN_ELIGIBILITY_EXPIRED") << "which revives nothing";
}

TEST_P(Maintenance, ATerminatedResourceGoesWithItsFindings) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  for (const char* name : {"web-1", "web-2"}) ingest(name, {{"openssl", "1"}});
  ASSERT_TRUE(remove_resource(estate(), testing::kAccount, host("web-1").id));
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE RESOURCE_TERMINATED");
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 CLOSED"});
  ASSERT_TRUE(remove_resource(estate(), testing::kAccount, host("web-1").id))
      << "it is gone already";
  EXPECT_FALSE(remove_resource(estate(), testing::kAccount, host("web-9").id));
  EXPECT_EQ(round().resources_forgotten, 0);
  pass(3 * kDay + 1);
  EXPECT_EQ(round().resources_forgotten, 1);
  EXPECT_EQ(coverage_of("web-1"), "absent");
  EXPECT_EQ(number("SELECT COUNT(*) FROM resource_body"), 1);
  ingest("web-1", {{"openssl", "1"}});
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
}

TEST_P(Maintenance, RulesAndSessionsAndEventsExpire) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  ingest("web-1", {{"openssl", "1"}});
  write([&](store::Connection& to) -> Result<void> {
    store::FilterRow rule;
    rule.id = 1;
    rule.name = "for an hour";
    rule.action = "SUPPRESS";
    rule.criteria = R"({"severity":[{"comparison":"EQUALS","value":"CRITICAL"}]})";
    rule.expires = estate().now() + 3600;
    VIGIL_CHECK(store::put_filter(to, rule, true));
    VIGIL_CHECK(store::put_client_token(to, 0, "Enable", "t", {"r", "a"}, estate().now()));
    return store::put_session(to, {"hash", "admin", "csrf", 1, estate().now() + 3600});
  });
  EXPECT_EQ(round().suppressed, 1U);
  pass(3601);
  const MaintenanceReport report = round();
  EXPECT_EQ(report.unsuppressed, 1U);
  EXPECT_EQ(report.sessions_expired, 1);
  EXPECT_EQ(report.events_trimmed, 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM client_token"), 1);
  pass(31 * kDay);
  EXPECT_EQ(round().events_trimmed, 5)
      << "opened, coverage, initial scan, suppressed, unsuppressed";
  EXPECT_EQ(number("SELECT COUNT(*) FROM client_token"), 0);
}

TEST_P(Maintenance, WhatLooksAtEverythingIsDoneFromTimeToTime) {
  learn({});
  ingest("web-1", {{"openssl", "1"}});
  ASSERT_TRUE(maintain(estate(), {}));
  ingest("web-1", {{"openssl", "2"}});
  ASSERT_TRUE(maintain(estate(), {}));
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 2);
  pass(3600);
  ASSERT_TRUE(maintain(estate(), {}));
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 1);
}

TEST_P(Maintenance, ARoundIsBounded) {
  MaintenanceSettings settings;
  settings.budget = std::chrono::milliseconds(0);
  EXPECT_FALSE(round(settings).complete);
  bool asked = false;
  const auto stopped = maintain(estate(), {}, [&] { return asked = true; });
  ASSERT_TRUE(stopped);
  EXPECT_FALSE(stopped->complete);
  EXPECT_TRUE(asked);
}

VIGIL_ON_BOTH_ENGINES(Maintenance);

class JobsRunning : public testing::EstateTest {
 protected:
  JobSettings settings() {
    JobSettings settings;
    settings.intelligence = std::chrono::milliseconds(20);
    settings.maintenance = std::chrono::milliseconds(20);
    settings.refreshed = [this](const Refreshed&) { count(refreshed_); };
    settings.maintained = [this](const MaintenanceReport&) { count(maintained_); };
    settings.failed = [this](std::string_view, const Error&) { count(failed_); };
    return settings;
  }
  void count(int& what) {
    const std::lock_guard lock(mutex_);
    ++what;
    condition_.notify_all();
  }
  bool wait(const int& what, int times) {
    std::unique_lock lock(mutex_);
    return condition_.wait_for(lock, std::chrono::seconds(20), [&] { return what >= times; });
  }

  std::mutex mutex_;
  std::condition_variable condition_;
  int refreshed_ = 0, maintained_ = 0, failed_ = 0;
};

TEST_P(JobsRunning, AChangedSnapshotIsLoadedAndFollowed) {
  use_intelligence_file();
  ingest("web-1", {{"openssl", "1"}});
  const auto jobs = Jobs::start(estate(), settings());
  put_intelligence_file({{"openssl", "CVE-2024-0001", ""}});
  ASSERT_TRUE(wait(refreshed_, 1));
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  put_intelligence_file({{"openssl", "CVE-2024-0002", ""}});
  ASSERT_TRUE(wait(refreshed_, 2));
  EXPECT_EQ(findings_of("web-1"), (Lines{"CVE-2024-0001 CLOSED", "CVE-2024-0002 ACTIVE"}));
  ASSERT_TRUE(wait(maintained_, 2));
  jobs->stop();
  EXPECT_EQ(failed_, 0);
}

TEST_P(JobsRunning, ADamagedSnapshotIsToldOnceAndLeavesTheOldInForce) {
  use_intelligence_file();
  put_intelligence_file({{"openssl", "CVE-2024-0001", ""}});
  ingest("web-1", {{"openssl", "1"}});
  const auto jobs = Jobs::start(estate(), settings());
  ASSERT_TRUE(wait(refreshed_, 1));
  damage_intelligence_file();
  ASSERT_TRUE(wait(failed_, 1));
  ASSERT_TRUE(wait(maintained_, maintained_ + 5));
  jobs->stop();
  EXPECT_EQ(failed_, 1);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
}

TEST_P(JobsRunning, EverythingCanBeTurnedOffAndAskedFor) {
  JobSettings off = settings();
  off.intelligence = off.maintenance = std::chrono::milliseconds(0);
  const auto jobs = Jobs::start(estate(), off);
  EXPECT_EQ(maintained_, 0);
  jobs->wake();
  EXPECT_TRUE(wait(maintained_, 1));
}

VIGIL_ON_BOTH_ENGINES(JobsRunning);

}  // namespace
}  // namespace vigil::estate
