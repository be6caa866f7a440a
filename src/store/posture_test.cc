// The numbers of an account, and what is kept of them.
#include "store/posture.h"

#include "findings/assessment.h"
#include "store/activity.h"
#include "store/exploited.h"
#include "store/findings.h"
#include "store/fixables.h"
#include "store/inventory.h"
#include "store/posture_days.h"
#include "store/testing/store_test.h"
#include "store/watched.h"

namespace vigil::store {
namespace {

using findings::Assessed;
using findings::Change;
using findings::ChangeKind;
using findings::Status;
using model::Severity;

constexpr std::int64_t kAccount = 12;
constexpr std::int64_t kNow = 1'800'000'000;  // 2027-01-15T08:00:00Z
constexpr std::int64_t kToday = kNow / kDaySeconds * kDaySeconds;
constexpr std::uint64_t kHigh = 0x8000'0000'0000'0000;  // a key that is negative in the store

Assessed assessed(std::uint64_t key, Severity severity, std::optional<std::int64_t> due = {},
                  bool in_use = false) {
  Assessed out;
  out.vulnerability.key = key;
  out.vulnerability.type = out.assessment.type = "PACKAGE_VULNERABILITY";
  out.vulnerability.name = "CVE-2026-" + std::to_string(key % 100);
  out.vulnerability.due = due;
  out.vulnerability.body = out.assessment.body = "{}";
  out.vulnerability.digest = "a";
  out.assessment.key = out.assessment.vulnerability = key;
  out.assessment.severity = severity;
  out.assessment.title = "title " + std::to_string(key % 100);
  out.assessment.in_use = in_use;
  return out;
}

class Overview : public testing::StoreTest {
 protected:
  void put(const std::vector<Assessed>& all) {
    std::vector<const Assessed*> pointers;
    for (const Assessed& each : all) pointers.push_back(&each);
    write([&](Connection& to) { return put_assessments(to, kAccount, pointers); });
  }
  void put_host(std::uint64_t id, std::string code = "ACTIVE", std::string reason = "SUCCESSFUL") {
    ResourceRow row;
    row.account = kAccount;
    row.id = id;
    row.type = "AWS_EC2_INSTANCE";
    row.resource_id = "i-" + std::to_string(id);
    row.status_code = std::move(code);
    row.status_reason = std::move(reason);
    write([&](Connection& to) { return put_resource(to, row, "{}", "", {}); });
  }
  static Change change(ChangeKind kind, std::uint64_t key, Status before, Status after) {
    Change out;
    out.kind = kind;
    out.before.vulnerability = out.after.vulnerability = key;
    out.after.assessment = key;
    if (kind != ChangeKind::Open) out.before.assessment = key;
    out.before.status = before;
    out.after.status = after;
    out.before.first_observed = out.after.first_observed = 100;
    return out;
  }
  void open(std::uint64_t resource, std::uint64_t key, Status status = Status::Active,
            std::int64_t now = kNow) {
    apply(resource, change(ChangeKind::Open, key, Status::Active, status), now);
  }
  void apply(std::uint64_t resource, const Change& one, std::int64_t now) {
    write([&](Connection& to) {
      return apply_changes(to, kAccount, resource, std::span(&one, 1), now);
    });
  }
  Posture numbers(std::int64_t now = kNow) {
    Posture out;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(out, posture(from, kAccount, now));
      return ok();
    });
    return out;
  }
};

TEST_P(Overview, WeighsWhatIsActive) {
  put({assessed(1, Severity::Critical), assessed(kHigh + 2, Severity::Medium, 0),
       assessed(3, Severity::High, {}, true)});
  put_host(1);
  put_host(2);
  for (const std::uint64_t host : {1, 2}) open(host, 1);
  open(1, kHigh + 2);
  open(1, 3);
  open(2, 3, Status::Suppressed);
  const Posture all = numbers();
  EXPECT_EQ(all.active, (SeverityCounts{.critical = 2, .high = 1, .medium = 1}));
  EXPECT_EQ(all.suppressed, 1);
  EXPECT_EQ(all.known_exploited, 1);
  EXPECT_EQ(all.overdue, 0) << "no day is said";
  EXPECT_EQ(all.due_soon, 0);
  EXPECT_EQ(all.risk, 2 * 100 + 1000 + 2 * 20);
}

TEST_P(Overview, ADueDayIsOverAtItsEnd) {
  put({assessed(1, Severity::Low, kToday - kDaySeconds), assessed(2, Severity::Low, kToday),
       assessed(3, Severity::Low, kToday + 14 * kDaySeconds),
       assessed(4, Severity::Low, kToday + 15 * kDaySeconds)});
  put_host(1);
  for (const std::uint64_t key : {1, 2, 3, 4}) open(1, key);
  const Posture all = numbers();
  EXPECT_EQ(all.known_exploited, 4);
  EXPECT_EQ(all.overdue, 1);
  EXPECT_EQ(all.due_soon, 2);
  EXPECT_EQ(numbers(kToday + kDaySeconds - 1).overdue, 1);
  EXPECT_EQ(numbers(kToday + kDaySeconds).overdue, 2);
}

TEST_P(Overview, AnotherDueDayTakesTheFirstOnesPlace) {
  put({assessed(1, Severity::Low)});
  put_host(1);
  open(1, 1);
  EXPECT_EQ(numbers().known_exploited, 0);
  put({assessed(1, Severity::Low, kToday)});  // its texts are the same
  EXPECT_EQ(numbers().due_soon, 1);
  put({assessed(1, Severity::Low)});
  EXPECT_EQ(numbers().known_exploited, 0);
}

TEST_P(Overview, DeadlinesAreByVulnerability) {
  Assessed elsewhere = assessed(2, Severity::Critical, kToday);
  elsewhere.assessment.key = 22;
  elsewhere.assessment.title = "title of most";
  put({assessed(1, Severity::Low, kToday + 1), assessed(2, Severity::Low, kToday), elsewhere,
       assessed(3, Severity::High, 0), assessed(4, Severity::High, kToday),
       assessed(5, Severity::High)});
  for (const std::uint64_t host : {1, 2, 3}) put_host(host);
  for (const std::uint64_t key : {1, 2, 3, 5}) open(1, key);
  for (const std::uint64_t host : {2, 3}) {
    Change other = change(ChangeKind::Open, 2, Status::Active, Status::Active);
    other.after.assessment = 22;
    apply(host, other, kNow);
  }
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto all, deadlines(from, kAccount));
    EXPECT_EQ(all.size(), 2U);
    if (all.size() != 2) return ok();
    EXPECT_EQ(all[0].vulnerability, "CVE-2026-2");
    EXPECT_EQ(all[0].title, "title of most");
    EXPECT_EQ(all[0].findings, 3);
    EXPECT_EQ(all[0].severity, Severity::Critical);
    EXPECT_EQ(all[1].vulnerability, "CVE-2026-1");
    return ok();
  });
}

TEST_P(Overview, ActivityIsWhatBecameActiveAndWhatWasClosed) {
  put({assessed(1, Severity::High), assessed(2, Severity::Low)});
  put_host(1);
  const std::int64_t hour = kNow / kHourSeconds * kHourSeconds;
  open(1, 1, Status::Active, hour);
  open(1, 2, Status::Suppressed, hour + 3599);
  apply(1, change(ChangeKind::Suppress, 1, Status::Active, Status::Suppressed), hour + 10);
  apply(1, change(ChangeKind::Unsuppress, 1, Status::Suppressed, Status::Active), hour + 11);
  apply(1, change(ChangeKind::Close, 1, Status::Active, Status::Closed), hour + 3600);
  apply(1, change(ChangeKind::Close, 2, Status::Suppressed, Status::Closed), hour + 3601);
  apply(1, change(ChangeKind::Reopen, 1, Status::Closed, Status::Active), hour + 3602);
  read([&](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto all, activity_since(from, kAccount, hour));
    EXPECT_EQ(all.size(), 2U);
    if (all.size() != 2) return ok();
    EXPECT_EQ(all[0].hour, hour);
    EXPECT_EQ(all[0].opened, SeverityCounts{.high = 1});
    EXPECT_EQ(all[0].closed, 0);
    EXPECT_EQ(all[1].opened, SeverityCounts{.high = 1});
    EXPECT_EQ(all[1].closed, 1);
    VIGIL_TRY(const auto later, activity_since(from, kAccount, hour + 1));
    EXPECT_EQ(later.size(), 1U);
    return ok();
  });
}

TEST_P(Overview, ADayIsKeptAsItWasLast) {
  const auto day = [](std::int64_t now, std::int64_t high) {
    Posture all;
    all.active.high = high;
    all.risk = 20 * high;
    return posture_day(all, now);
  };
  write([&](Connection& to) -> Result<void> {
    for (const auto& each : {day(kToday - 1, 1), day(kToday, 2), day(kToday + kDaySeconds - 1, 3)})
      VIGIL_CHECK(put_posture_day(to, kAccount, each));
    return ok();
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto all, posture_days(from, kAccount, kToday - 1));
    EXPECT_EQ(all.size(), 2U);
    if (all.size() != 2) return ok();
    EXPECT_EQ(all[0].day, kToday - kDaySeconds);
    EXPECT_EQ(all[1].day, kToday);
    EXPECT_EQ(all[1].taken, kToday + kDaySeconds - 1);
    EXPECT_EQ(all[1].active.high, 3);
    EXPECT_EQ(all[1].risk, 60);
    return ok();
  });
  write([](Connection& to) -> Result<void> {
    VIGIL_TRY(const auto gone, delete_history(to, kToday));
    EXPECT_EQ(gone, 1);
    return ok();
  });
}

TEST_P(Overview, WhatIsTerminatedIsNotMissed) {
  put_host(1);
  put_host(2, "INACTIVE", "STALE_INVENTORY");
  put_host(3, "INACTIVE", "RESOURCE_TERMINATED");
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto all, watched(from, kAccount));
    EXPECT_EQ(all.size(), 1U);
    if (all.empty()) return ok();
    EXPECT_EQ(all[0].watched, 1);
    EXPECT_EQ(all[0].not_watched, 1);
    return ok();
  });
}

TEST_P(Overview, FixablesAreActiveAndHaveAFix) {
  Assessed fixed = assessed(kHigh + 1, Severity::High, 0, true);
  fixed.assessment.fix = findings::FixAvailable::Yes;
  fixed.assessment.score = 7.5;
  fixed.assessment.fixes = {{.ecosystem = "Debian:12",
                             .name = "openssl",
                             .manager = "OS",
                             .installed = "1-1",
                             .target = "1-2",
                             .packages = {{"libssl3", "1"}, {"openssl", "1"}},
                             .command = "upgrade"}};
  Assessed hidden = fixed;
  hidden.vulnerability.key = hidden.assessment.key = hidden.assessment.vulnerability = 2;
  put({fixed, hidden, assessed(3, Severity::Low)});
  for (const std::uint64_t host : {1, 2}) {
    put_host(host);
    open(host, kHigh + 1);
    open(host, 2, Status::Suppressed);
    open(host, 3);
  }
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const Fixables all, fixables(from, kAccount));
    EXPECT_EQ(all.assessments, std::vector<std::uint64_t>{kHigh + 1});
    EXPECT_EQ(all.vulnerabilities, std::vector<std::uint64_t>{kHigh + 1});
    if (all.fixables.size() != 1) return ok();
    const findings::Fixable& one = all.fixables[0];
    EXPECT_EQ(one.findings, 2);
    EXPECT_EQ(one.severity, Severity::High);
    EXPECT_EQ(one.score, 7.5);
    EXPECT_TRUE(one.known_exploited);
    EXPECT_TRUE(one.in_use);
    EXPECT_EQ(one.fixes.size(), 1U);
    if (one.fixes.empty()) return ok();
    EXPECT_EQ(one.fixes[0].name, "openssl");
    EXPECT_EQ(one.fixes[0].target, "1-2");
    EXPECT_EQ(one.fixes[0].command, "upgrade");
    EXPECT_EQ(one.fixes[0].packages,
              (std::vector<findings::FixedPackage>{{"libssl3", "1"}, {"openssl", "1"}}));
    VIGIL_TRY(const Reach both, reach(from, kAccount, all.assessments));
    EXPECT_EQ(both.resources, 2);
    const std::vector<std::uint64_t> hidden_one = {2};
    VIGIL_TRY(const Reach none, reach(from, kAccount, hidden_one));
    EXPECT_EQ(none.resources, 0);
    VIGIL_TRY(const auto names, vulnerability_names(from, kAccount, all.vulnerabilities));
    EXPECT_EQ(names, std::vector<std::string>{"CVE-2026-9"});
    return ok();
  });
}

VIGIL_ON_BOTH_ENGINES(Overview);

}  // namespace
}  // namespace vigil::store
