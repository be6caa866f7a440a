#include "store/findings.h"

#include <gmock/gmock.h>

#include <random>

#include "store/inventory.h"
#include "store/keys.h"
#include "store/outbox.h"
#include "store/testing/recount_test.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using findings::Assessed;
using findings::Change;
using findings::ChangeKind;
using findings::Known;
using findings::Status;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kAccount = 123456789012;
constexpr std::uint64_t kHigh = 0x8000'0000'0000'0000;

Assessed assessed(std::uint64_t vulnerability, std::uint64_t key,
                  model::Severity severity = model::Severity::High) {
  Assessed out;
  out.vulnerability.key = vulnerability;
  out.vulnerability.type = "PACKAGE_VULNERABILITY";
  out.vulnerability.name = "CVE-2026-" + std::to_string(vulnerability);
  out.vulnerability.epss = 0.25;
  out.vulnerability.body = "{}";
  out.vulnerability.digest = "first";
  out.assessment.key = key;
  out.assessment.vulnerability = vulnerability;
  out.assessment.type = out.vulnerability.type;
  out.assessment.severity = severity;
  out.assessment.body = "{}";
  return out;
}

/// vulnerability, assessment, status; first observed at 100.
Known known(std::uint64_t vulnerability, std::uint64_t assessment, Status status = Status::Active,
            std::uint64_t rule = 0) {
  Known out;
  out.vulnerability = vulnerability;
  out.assessment = assessment;
  out.status = status;
  out.rule = rule;
  out.first_observed = 100;
  out.updated = 100;
  return out;
}

Known closed(Known open, std::int64_t now) {
  open.status = Status::Closed;
  open.rule = 0;
  open.last_observed = now;
  open.updated = now;
  open.closed = now;
  open.delete_after = now + 30 * 86400;
  return open;
}

std::string text_of(const Known& each) {
  std::string out;
  for (const std::uint64_t value : {each.vulnerability, each.assessment, each.rule}) {
    out += std::to_string(value) + " ";
  }
  for (const std::int64_t value :
       {std::int64_t(each.status), each.first_observed, each.last_observed, each.updated,
        each.closed, each.delete_after}) {
    out += std::to_string(value) + " ";
  }
  return out;
}

class Findings : public testing::StoreTest {
 protected:
  void put(const std::vector<Assessed>& all) {
    std::vector<const Assessed*> pointers;
    for (const Assessed& each : all) pointers.push_back(&each);
    write([&](Connection& to) { return put_assessments(to, kAccount, pointers); });
  }
  void put_host(std::uint64_t id) {
    write([&](Connection& to) {
      ResourceRow row;
      row.account = kAccount;
      row.id = id;
      return put_resource(to, row, "", "", {});
    });
  }
  void put_rule(std::uint64_t id) {
    write([&](Connection& to) -> Result<void> {
      VIGIL_CHECK(to.execute(
          "INSERT INTO filter (account, id, name, action, criteria, description, reason, owner,"
          " expires, created, updated) VALUES ($1, $2, $3, 'SUPPRESS', '', '', '', '', 0, 0, 0)",
          {kAccount, stored_key(id), std::string_view(std::to_string(id))}));
      return ok();
    });
  }
  void apply(std::uint64_t resource, std::vector<Change> changes, std::int64_t now = 1000) {
    write([&](Connection& to) { return apply_changes(to, kAccount, resource, changes, now); });
  }
  void expect_true_counters() {
    read([](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto stored, testing::stored_counters(from));
      VIGIL_TRY(const auto wanted, testing::counted(from));
      EXPECT_EQ(stored, wanted);
      return ok();
    });
  }
  std::vector<std::string> findings_on(std::uint64_t resource) {
    std::vector<std::string> out;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto all, findings_of(from, kAccount, resource));
      for (const Known& each : all) out.push_back(text_of(each));
      return ok();
    });
    return out;
  }
  /// Kind, resource, vulnerability, status, severity of the events after one.
  std::vector<std::string> events(std::int64_t after = 0) {
    std::vector<std::string> out;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto all, events_after(from, after, 100000));
      for (const Event& each : all) {
        EXPECT_EQ(each.account, kAccount);
        EXPECT_EQ(each.detail, "");
        std::string line = std::to_string(static_cast<int>(each.kind));
        for (const std::uint64_t value : {each.resource, each.vulnerability}) {
          line += " " + std::to_string(value);
        }
        line += " " + std::to_string(each.status) + " " + std::to_string(each.severity) + " " +
                std::to_string(each.time);
        out.push_back(line);
        last_event_ = each.sequence;
      }
      return ok();
    });
    return out;
  }
  std::int64_t last_event_ = 0;
};

TEST_P(Findings, AreNoneAtFirst) {
  EXPECT_THAT(findings_on(1), IsEmpty());
}

TEST_P(Findings, ComeBackAscendingAsTheyWereApplied) {
  put_host(5);
  put({assessed(kHigh + 1, 11), assessed(2, 12)});
  const Known high = known(kHigh + 1, 11);
  const Known low = known(2, 12);
  apply(5, {{ChangeKind::Open, {}, high}, {ChangeKind::Open, {}, low}});
  EXPECT_THAT(findings_on(5), ElementsAre(text_of(low), text_of(high)));
  expect_true_counters();

  const Known gone = closed(low, 2000);
  apply(5, {{ChangeKind::Close, low, gone}});
  EXPECT_THAT(findings_on(5), ElementsAre(text_of(gone), text_of(high)));
  expect_true_counters();
}

TEST_P(Findings, OfManyResourcesComeInTheOrderAskedFor) {
  put({assessed(1, 11), assessed(2, 12)});
  for (const std::uint64_t host : {kHigh + 3, std::uint64_t{4}}) put_host(host);
  apply(4, {{ChangeKind::Open, {}, known(2, 12)}, {ChangeKind::Open, {}, known(1, 11)}});
  apply(kHigh + 3, {{ChangeKind::Open, {}, known(1, 11)}});
  read([](Connection& from) -> Result<void> {
    const std::vector<std::uint64_t> asked = {4, 9, kHigh + 3, 4};
    VIGIL_TRY(const auto all, findings_of(from, kAccount, asked));
    std::vector<std::vector<std::uint64_t>> seen;
    for (const auto& each : all) {
      seen.emplace_back();
      for (const Known& one : each) seen.back().push_back(one.vulnerability);
    }
    EXPECT_THAT(seen, ElementsAre(ElementsAre(1, 2), IsEmpty(), ElementsAre(1), ElementsAre(1, 2)));
    return ok();
  });
}

TEST_P(Findings, EachChangePeopleHearOfIsOneEvent) {
  put_host(5);
  put_rule(77);
  put({assessed(1, 11, model::Severity::Critical), assessed(1, 12, model::Severity::Low)});
  const Known open = known(1, 11);
  const Known moved = known(1, 12);
  const Known hidden = known(1, 12, Status::Suppressed, 77);
  const Known gone = closed(moved, 1000);
  const auto number_of = [&](const char* sql) { return number(sql); };
  apply(5, {{ChangeKind::Open, {}, open}}, 1);
  EXPECT_EQ(number_of("SELECT critical FROM resource"), 1);
  apply(5, {{ChangeKind::Update, open, moved}}, 2);
  EXPECT_EQ(number_of("SELECT critical FROM resource"), 0);
  EXPECT_EQ(number_of("SELECT low FROM resource"), 1);
  apply(5, {{ChangeKind::Suppress, moved, hidden}}, 3);
  EXPECT_EQ(number_of("SELECT low FROM resource"), 0);
  EXPECT_EQ(number_of("SELECT hidden FROM filter"), 1);
  apply(5, {{ChangeKind::Unsuppress, hidden, moved}}, 4);
  EXPECT_EQ(number_of("SELECT hidden FROM filter"), 0);
  apply(5, {{ChangeKind::Close, moved, gone}}, 5);
  EXPECT_EQ(number_of("SELECT closed FROM assessment WHERE id = 12"), 1);
  apply(5, {{ChangeKind::Reopen, gone, moved}}, 6);
  apply(5, {{ChangeKind::Delete, moved, known(1, 0)}}, 7);
  EXPECT_THAT(events(), ElementsAre("1 5 1 0 5 1", "2 5 1 0 2 2", "3 5 1 1 2 3", "4 5 1 0 2 4",
                                    "5 5 1 2 2 5", "6 5 1 0 2 6"));
  EXPECT_THAT(findings_on(5), IsEmpty());
  EXPECT_EQ(number("SELECT count(*) FROM assessment WHERE active + suppressed + closed <> 0"), 0);
  expect_true_counters();
}

TEST_P(Findings, AFailedApplyLeavesNoEvent) {
  put_host(5);
  put({assessed(1, 11)});
  const auto done = store().write([](Connection& to) -> Result<void> {
    const std::vector<Change> changes = {{ChangeKind::Open, {}, known(1, 11)}};
    VIGIL_CHECK(apply_changes(to, kAccount, 5, changes, 1));
    return fail("changed my mind");
  });
  EXPECT_FALSE(done);
  EXPECT_THAT(events(), IsEmpty());
  EXPECT_THAT(findings_on(5), IsEmpty());
  expect_true_counters();
}

TEST_P(Findings, NeedTheirAssessment) {
  put_host(5);
  const auto done = store().write([](Connection& to) {
    const std::vector<Change> changes = {{ChangeKind::Open, {}, known(1, 11)}};
    return apply_changes(to, kAccount, 5, changes, 1);
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::NotFound);
  EXPECT_THAT(findings_on(5), IsEmpty());
}

TEST_P(Findings, AreDeletedWhenTheirTimeHasCome) {
  put({assessed(1, 11), assessed(2, 12), assessed(3, 13)});
  for (const std::uint64_t host : {5, 6}) {
    put_host(host);
    apply(host, {{ChangeKind::Open, {}, known(1, 11)},
                 {ChangeKind::Open, {}, known(2, 12)},
                 {ChangeKind::Open, {}, known(3, 13)}});
    apply(host, {{ChangeKind::Close, known(1, 11), closed(known(1, 11), 0)},
                 {ChangeKind::Close, known(2, 12), closed(known(2, 12), 86400)}});
  }
  const std::size_t heard = events().size();
  const auto expire = [&](std::int64_t now, std::size_t limit) {
    std::int64_t deleted = 0;
    write([&](Connection& to) -> Result<void> {
      VIGIL_TRY(deleted, delete_expired(to, now, limit));
      return ok();
    });
    expect_true_counters();
    return deleted;
  };
  EXPECT_EQ(expire(30 * 86400 - 1, 100), 0);
  EXPECT_EQ(expire(30 * 86400, 100), 2);
  EXPECT_EQ(expire(31 * 86400, 1), 1);
  EXPECT_EQ(expire(31 * 86400, 1), 1);
  EXPECT_EQ(expire(1LL << 40, 100), 0) << "open findings have no time";
  EXPECT_EQ(events().size(), heard);
  EXPECT_THAT(findings_on(5), ElementsAre(text_of(known(3, 13))));
}

TEST_P(Findings, AssessmentsNobodyHasAreGarbage) {
  put_host(5);
  std::vector<Assessed> all = {assessed(1, 11), assessed(1, 12), assessed(2, 13), assessed(3, 14)};
  all[0].assessment.packages = {{.name = "zlib"}};
  all[0].assessment.attributes = {{.field = 4, .text = "x"}};
  put(all);
  apply(5, {{ChangeKind::Open, {}, known(1, 12)}, {ChangeKind::Open, {}, known(3, 14)}});
  apply(5, {{ChangeKind::Close, known(3, 14), closed(known(3, 14), 1)}});
  const auto collect = [&] {
    std::int64_t deleted = 0;
    write([&](Connection& to) -> Result<void> {
      VIGIL_TRY(deleted, collect_finding_garbage(to, kAccount, 1));
      return ok();
    });
    return deleted;
  };
  EXPECT_EQ(collect() + collect(), 3) << "assessments 11 and 13, vulnerability 2";
  EXPECT_EQ(collect(), 0);
  EXPECT_EQ(number("SELECT sum(id) FROM assessment"), 12 + 14);
  EXPECT_EQ(number("SELECT sum(id) FROM assessment_body"), 12 + 14);
  EXPECT_EQ(number("SELECT sum(id) FROM vulnerability"), 1 + 3);
  EXPECT_EQ(number("SELECT sum(id) FROM vulnerability_body"), 1 + 3);
  EXPECT_EQ(number("SELECT count(*) FROM assessment_package"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM assessment_attribute"), 0);
}

TEST_P(Findings, AssessmentsAreStoredWithEverything) {
  Assessed one = assessed(kHigh + 1, kHigh + 2, model::Severity::Critical);
  one.assessment.resource_type = "AWS_EC2_INSTANCE";
  one.assessment.score = 9.5;
  one.assessment.fix = findings::FixAvailable::Partial;
  one.assessment.exploit = true;
  one.assessment.title = "title";
  one.assessment.source = "DEBIAN_CVE";
  one.assessment.vendor_severity = "high";
  one.assessment.body = "assessment";
  one.assessment.packages = {{.name = "a",
                              .version = "1",
                              .release = "2",
                              .architecture = "arm64",
                              .layer = "l",
                              .lambda_layer = "m",
                              .path = "/p",
                              .epoch = 3},
                             {.name = "b"}};
  one.assessment.attributes = {
      {.field = 4, .key = "k", .text = "22-23", .number = 22, .number_end = 23},
      {.field = 5, .text = "plain"}};
  put({one, one});
  std::vector<std::string> rows;
  const auto all = [&](std::string_view sql, int columns) {
    read([&](Connection& from) {
      return from.query(sql, {}, [&](const Row& row) {
        std::string line;
        for (int i = 0; i < columns; ++i) line += std::string(row.text(i)) + "|";
        rows.push_back(line);
        return true;
      });
    });
  };
  all("SELECT resource_type, type, severity, fix, exploit, title, source, vendor_severity, active"
      " FROM assessment WHERE score = 9.5",
      9);
  all("SELECT position, name, version, release, epoch, architecture, layer, lambda_layer, path"
      " FROM assessment_package ORDER BY position",
      9);
  all("SELECT field, key, text FROM assessment_attribute WHERE number = 22 AND number_end = 23", 3);
  all("SELECT field, key, text FROM assessment_attribute WHERE number IS NULL", 3);
  all("SELECT b.body FROM assessment_body b JOIN assessment a ON a.id = b.id", 1);
  all("SELECT type, name FROM vulnerability WHERE epss = 0.25", 2);
  EXPECT_THAT(rows,
              ElementsAre("AWS_EC2_INSTANCE|PACKAGE_VULNERABILITY|5|1|1|title|DEBIAN_CVE|high|0|",
                          "0|a|1|2|3|arm64|l|m|/p|", "1|b|||0|||||", "4|k|22-23|", "5||plain|",
                          "assessment|", "PACKAGE_VULNERABILITY|CVE-2026-9223372036854775809|"));
}

TEST_P(Findings, AVulnerabilityFollowsItsTextsAndItsEpss) {
  Assessed one = assessed(1, 11);
  put({one});
  const auto stored = [&] {
    std::string out;
    read([&](Connection& from) {
      return from.query(
          "SELECT v.epss, b.body FROM vulnerability v"
          " JOIN vulnerability_body b ON b.id = v.id",
          {}, [&](const Row& row) {
            out = (row.is_null(0) ? "none" : std::string(row.text(0))) + " " +
                  std::string(row.text(1));
            return false;
          });
    });
    return out;
  };
  EXPECT_EQ(stored(), "0.25 {}");
  one.vulnerability.body = "not read: the digest is the same";
  put({one});
  EXPECT_EQ(stored(), "0.25 {}");
  one.vulnerability.body = "new";
  one.vulnerability.digest = "second";
  put({one});
  EXPECT_EQ(stored(), "0.25 new");
  one.vulnerability.epss = 0.5;
  put({one});
  EXPECT_EQ(stored(), "0.5 new");
  one.vulnerability.epss.reset();
  put({one});
  EXPECT_EQ(stored(), "none new");
}

/// Findings as they should be, changed at random in every way that a finding can change.
class Model {
 public:
  explicit Model(std::uint64_t seed) : random_(seed) {}

  static std::vector<Assessed> all_assessed() {
    std::vector<Assessed> all;
    for (std::uint64_t vulnerability = 1; vulnerability <= kVulnerabilities; ++vulnerability) {
      for (std::uint64_t variant = 0; variant < kVariants; ++variant) {
        const std::uint64_t key = assessment(vulnerability, variant);
        Assessed one = assessed(key_of(vulnerability), key, model::Severity(key % 6));
        one.assessment.fix = findings::FixAvailable(key % 3);
        one.assessment.exploit = key % 5 == 0;
        if (vulnerability % 7 == 0) one.assessment.type = "NETWORK_REACHABILITY";
        all.push_back(one);
      }
    }
    return all;
  }
  static std::vector<std::uint64_t> hosts() {
    std::vector<std::uint64_t> all;
    for (std::uint64_t i = 1; i <= 8; ++i) all.push_back(key_of(i) + 1000);
    return all;
  }
  static std::vector<std::uint64_t> rules() { return {901, kHigh + 902}; }

  std::vector<ResourceChanges> next(std::int64_t now) {
    std::vector<ResourceChanges> out;
    for (const std::uint64_t host : hosts()) {
      if (below(3) == 0) continue;
      ResourceChanges resource{host, {}};
      for (std::uint64_t i = 1; i <= kVulnerabilities; ++i) {
        if (below(3) == 0) change(findings_[host], key_of(i), i, now, resource.changes);
      }
      out.push_back(std::move(resource));
    }
    return out;
  }
  std::vector<std::string> on(std::uint64_t host) {
    std::vector<std::string> out;
    for (const auto& [key, each] : findings_[host]) out.push_back(text_of(each));
    return out;
  }
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

 private:
  using OfHost = std::map<std::uint64_t, Known>;
  static constexpr std::uint64_t kVulnerabilities = 20;
  static constexpr std::uint64_t kVariants = 3;

  static std::uint64_t key_of(std::uint64_t number) { return number % 2 == 0 ? number : ~number; }
  static std::uint64_t assessment(std::uint64_t vulnerability, std::uint64_t variant) {
    return key_of(vulnerability * 10 + variant);
  }
  Known fresh(std::uint64_t key, std::uint64_t number, std::int64_t now) {
    Known out = known(key, assessment(number, below(kVariants)));
    hide_or_show(out);
    out.first_observed = out.updated = now;
    return out;
  }
  void hide_or_show(Known& each) {
    const bool hide = below(3) == 0;
    each.status = hide ? Status::Suppressed : Status::Active;
    each.rule = hide ? rules()[below(2)] : 0;
  }
  void change(OfHost& of_host, std::uint64_t key, std::uint64_t number, std::int64_t now,
              std::vector<Change>& out) {
    const auto found = of_host.find(key);
    if (found == of_host.end()) {
      out.push_back({ChangeKind::Open, {}, of_host[key] = fresh(key, number, now)});
      return;
    }
    const Known before = found->second;
    Known after = before;
    after.updated = now;
    switch (below(6)) {
      case 0:
        out.push_back({ChangeKind::Delete, before, known(key, 0)});
        of_host.erase(found);
        return;
      case 1:  // as after the time in which a finding reopens
        out.push_back({ChangeKind::Open, before, found->second = fresh(key, number, now)});
        return;
      case 2:
        out.push_back({ChangeKind::Delete, before, known(key, 0)});
        out.push_back({ChangeKind::Open, {}, found->second = fresh(key, number, now)});
        return;
      case 3:
        if (before.status == Status::Closed) {
          after.closed = after.delete_after = after.last_observed = 0;
          after.assessment = assessment(number, below(kVariants));
          hide_or_show(after);
          out.push_back({ChangeKind::Reopen, before, found->second = after});
          return;
        }
        out.push_back({ChangeKind::Close, before, found->second = closed(before, now)});
        return;
      case 4:
        after.assessment = assessment(number, below(kVariants));
        out.push_back({ChangeKind::Update, before, found->second = after});
        return;
      default:
        if (before.status == Status::Closed) return;
        hide_or_show(after);
        out.push_back({after.rule == 0 ? ChangeKind::Unsuppress : ChangeKind::Suppress, before,
                       found->second = after});
    }
  }

  std::mt19937_64 random_;
  std::map<std::uint64_t, OfHost> findings_;
};

TEST_P(Findings, CountersAndEventsStayTrueWhateverHappens) {
  const char* given = std::getenv("VIGIL_TEST_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device{}();
  SCOPED_TRACE("VIGIL_TEST_SEED=" + std::to_string(seed));
  Model model(seed);
  put(Model::all_assessed());
  for (const std::uint64_t host : Model::hosts()) put_host(host);
  for (const std::uint64_t rule : Model::rules()) put_rule(rule);
  for (int round = 0; round < 40 && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    const std::int64_t now = 10'000 + round;
    const auto changes = model.next(now);
    if (round % 2 == 0) {
      write([&](Connection& to) { return apply_changes(to, kAccount, changes, now); });
    } else {
      for (const ResourceChanges& each : changes) apply(each.resource, each.changes, now);
    }
    expect_true_counters();
    std::size_t heard = 0;
    for (const ResourceChanges& each : changes) {
      for (const Change& change : each.changes) {
        const bool other_rule =
            change.kind == ChangeKind::Suppress && change.before.status == Status::Suppressed;
        heard += change.kind != ChangeKind::Delete && !other_rule;
      }
    }
    EXPECT_EQ(events(last_event_).size(), heard);
    for (const std::uint64_t host : Model::hosts()) {
      EXPECT_EQ(findings_on(host), model.on(host)) << host;
    }
  }
  EXPECT_GT(number("SELECT count(*) FROM finding WHERE status = 0"), 0);
  EXPECT_GT(number("SELECT count(*) FROM finding WHERE status = 1"), 0);
  EXPECT_GT(number("SELECT count(*) FROM finding WHERE status = 2"), 0);
}

VIGIL_ON_BOTH_ENGINES(Findings);

}  // namespace
}  // namespace vigil::store
