#include "findings/reconcile.h"

#include <map>

#include "base/testing/seed.h"

namespace vigil::findings {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kNow = 1'795'392'000;
constexpr std::int64_t kLastScan = kNow - 3600;
constexpr std::int64_t kFirst = kNow - 100 * kDay;
constexpr std::uint64_t kRule = 77;

std::uint64_t no_rule(const Seen& /*seen*/, const FindingState& /*state*/) {
  return 0;
}
std::uint64_t one_rule(const Seen& /*seen*/, const FindingState& /*state*/) {
  return kRule;
}

Situation scan(std::int64_t now = kNow) {
  Situation situation;
  situation.now = now;
  situation.observed = kLastScan;
  return situation;
}
Situation after_rules_changed() {
  Situation situation = scan();
  situation.rules_changed = true;
  return situation;
}
Situation gone() {
  Situation situation = scan();
  situation.presence = Presence::Gone;
  return situation;
}

Known active(std::uint64_t vulnerability, std::uint64_t assessment) {
  Known known;
  known.vulnerability = vulnerability;
  known.assessment = assessment;
  known.first_observed = kFirst;
  known.updated = kFirst + kDay;
  return known;
}
Known suppressed(std::uint64_t vulnerability, std::uint64_t assessment,
                 std::uint64_t rule = kRule) {
  Known known = active(vulnerability, assessment);
  known.status = Status::Suppressed;
  known.rule = rule;
  return known;
}
Known closed(std::uint64_t vulnerability, std::uint64_t assessment, std::int64_t at,
             std::int64_t kept = 30 * kDay) {
  Known known = active(vulnerability, assessment);
  known.status = Status::Closed;
  known.last_observed = at - 60;
  known.updated = known.closed = at;
  known.delete_after = at + kept;
  return known;
}

std::vector<Change> run(const std::vector<Known>& known, const std::vector<Seen>& seen,
                        const RuleOf& rule_of = no_rule, const Situation& situation = scan()) {
  return reconcile(known, seen, rule_of, situation);
}

/// As a line, so that a difference is readable.
std::string text(const Known& known) {
  std::string line = "v" + std::to_string(known.vulnerability) + " a" +
                     std::to_string(known.assessment) + " " +
                     std::string(status_name(known.status));
  for (const auto& [name, value] : {std::pair<const char*, std::uint64_t>{"rule", known.rule},
                                    {"first", static_cast<std::uint64_t>(known.first_observed)},
                                    {"last", static_cast<std::uint64_t>(known.last_observed)},
                                    {"updated", static_cast<std::uint64_t>(known.updated)},
                                    {"closed", static_cast<std::uint64_t>(known.closed)},
                                    {"delete", static_cast<std::uint64_t>(known.delete_after)}}) {
    if (value != 0) line += std::string(" ") + name + "=" + std::to_string(value);
  }
  return line;
}

void expect_change(const std::vector<Change>& changes, ChangeKind kind, const Known& before,
                   const Known& after) {
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(static_cast<int>(changes[0].kind), static_cast<int>(kind));
  EXPECT_EQ(text(changes[0].before), text(before));
  EXPECT_EQ(text(changes[0].after), text(after));
}

TEST(Reconcile, NothingKnownAndNothingSeenIsNothing) {
  EXPECT_TRUE(run({}, {}).empty());
}

TEST(Reconcile, WhatIsSeenFirstIsOpened) {
  Known after;
  after.vulnerability = 1;
  after.assessment = 10;
  after.first_observed = after.updated = kNow;
  expect_change(run({}, {{1, 10}}), ChangeKind::Open, {}, after);
}

TEST(Reconcile, WhatARuleHidesOpensSuppressed) {
  Known after;
  after.vulnerability = 1;
  after.assessment = 10;
  after.status = Status::Suppressed;
  after.rule = kRule;
  after.first_observed = after.updated = kNow;
  expect_change(run({}, {{1, 10}}, one_rule), ChangeKind::Open, {}, after);
}

TEST(Reconcile, AnUnchangedRescanChangesNothing) {
  EXPECT_TRUE(
      run({active(1, 10), suppressed(2, 20), closed(3, 30, kNow - kDay)}, {{1, 10}, {2, 20}})
          .empty());
}

TEST(Reconcile, AnUnchangedRescanAsksNoRule) {
  int asked = 0;
  const RuleOf counting = [&](const Seen& /*seen*/, const FindingState& /*state*/) {
    ++asked;
    return kRule;
  };
  EXPECT_TRUE(run({active(1, 10), suppressed(2, 20)}, {{1, 10}, {2, 20}}, counting).empty());
  EXPECT_EQ(asked, 0);
}

TEST(Reconcile, AnotherAssessmentIsAnUpdate) {
  Known after = active(1, 11);
  after.updated = kNow;
  expect_change(run({active(1, 10)}, {{1, 11}}), ChangeKind::Update, active(1, 10), after);
}

TEST(Reconcile, AnotherAssessmentOfASuppressedFindingIsAnUpdate) {
  Known after = suppressed(1, 11);
  after.updated = kNow;
  expect_change(run({suppressed(1, 10)}, {{1, 11}}, one_rule), ChangeKind::Update,
                suppressed(1, 10), after);
}

TEST(Reconcile, AnotherAssessmentMayComeUnderARule) {
  Known after = suppressed(1, 11);
  after.updated = kNow;
  expect_change(run({active(1, 10)}, {{1, 11}}, one_rule), ChangeKind::Suppress, active(1, 10),
                after);
}

TEST(Reconcile, AnotherAssessmentMayComeOutFromUnderARule) {
  Known after = active(1, 11);
  after.updated = kNow;
  expect_change(run({suppressed(1, 10)}, {{1, 11}}), ChangeKind::Unsuppress, suppressed(1, 10),
                after);
}

TEST(Reconcile, ANewRuleSuppresses) {
  Known after = suppressed(1, 10);
  after.updated = kNow;
  expect_change(run({active(1, 10)}, {{1, 10}}, one_rule, after_rules_changed()),
                ChangeKind::Suppress, active(1, 10), after);
}

TEST(Reconcile, WithoutTheLastRuleItIsActiveAgain) {
  Known after = active(1, 10);
  after.updated = kNow;
  expect_change(run({suppressed(1, 10)}, {{1, 10}}, no_rule, after_rules_changed()),
                ChangeKind::Unsuppress, suppressed(1, 10), after);
}

TEST(Reconcile, AnotherRuleTakesOverWithoutAnUpdate) {
  expect_change(run({suppressed(1, 10, 5)}, {{1, 10}}, one_rule, after_rules_changed()),
                ChangeKind::Suppress, suppressed(1, 10, 5), suppressed(1, 10, kRule));
}

TEST(Reconcile, ChangedRulesThatDecideTheSameChangeNothing) {
  EXPECT_TRUE(run({suppressed(1, 10), suppressed(2, 20)}, {{1, 10}, {2, 20}}, one_rule,
                  after_rules_changed())
                  .empty());
  EXPECT_TRUE(run({active(1, 10)}, {{1, 10}}, no_rule, after_rules_changed()).empty());
}

TEST(Reconcile, RulesAreAskedOfTheStateWithoutThem) {
  std::vector<FindingState> asked;
  const RuleOf asking = [&](const Seen& /*seen*/, const FindingState& state) {
    asked.push_back(state);
    return std::uint64_t{0};
  };
  run({suppressed(1, 10), closed(2, 20, kNow - kDay)}, {{1, 10}, {2, 20}, {3, 30}}, asking,
      after_rules_changed());
  ASSERT_EQ(asked.size(), 3U);
  for (const FindingState& state : asked) {
    EXPECT_EQ(state.status, Status::Active);
    EXPECT_EQ(state.last_observed, kNow);
  }
  EXPECT_EQ(asked[0].first_observed, kFirst);
  EXPECT_EQ(asked[0].updated, kFirst + kDay);
  EXPECT_EQ(asked[1].first_observed, kFirst);
  EXPECT_EQ(asked[1].updated, kNow);
  EXPECT_EQ(asked[2].first_observed, kNow);
}

TEST(Reconcile, WithoutRulesNothingIsHidden) {
  const auto changes = run({}, {{1, 10}}, RuleOf{});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].after.status, Status::Active);
}

TEST(Reconcile, WhatIsNoLongerSeenCloses) {
  Known after = active(1, 10);
  after.status = Status::Closed;
  after.last_observed = kLastScan;
  after.updated = after.closed = kNow;
  after.delete_after = kNow + 30 * kDay;
  expect_change(run({active(1, 10)}, {}), ChangeKind::Close, active(1, 10), after);
}

TEST(Reconcile, ASuppressedFindingClosesToo) {
  Known after = active(1, 10);
  after.status = Status::Closed;
  after.last_observed = kLastScan;
  after.updated = after.closed = kNow;
  after.delete_after = kNow + 30 * kDay;
  expect_change(run({suppressed(1, 10)}, {}, one_rule, after_rules_changed()), ChangeKind::Close,
                suppressed(1, 10), after);
}

TEST(Reconcile, OfAResourceThatIsGoneAllFindingsCloseForThreeDays) {
  Known after = active(1, 10);
  after.status = Status::Closed;
  after.last_observed = kLastScan;
  after.updated = after.closed = kNow;
  after.delete_after = kNow + 3 * kDay;
  expect_change(run({active(1, 10)}, {{1, 10}, {2, 20}}, no_rule, gone()), ChangeKind::Close,
                active(1, 10), after);
}

TEST(Reconcile, AResourceThatIsGoneLeavesWhatWasClosedBeforeAlone) {
  EXPECT_TRUE(run({closed(1, 10, kNow - kDay)}, {}, no_rule, gone()).empty());
}

TEST(Reconcile, WithoutAnEarlierScanTheLastObservationIsTheFirst) {
  Situation situation = scan();
  situation.observed = 0;
  const auto changes = run({active(1, 10)}, {}, no_rule, situation);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].after.last_observed, kFirst);
}

TEST(Reconcile, WithinSevenDaysItIsTheSameFindingAgain) {
  for (const std::int64_t ago : {std::int64_t{0}, std::int64_t{1}, kDay, 7 * kDay}) {
    Known after = active(1, 10);
    after.updated = kNow;
    expect_change(run({closed(1, 10, kNow - ago)}, {{1, 10}}), ChangeKind::Reopen,
                  closed(1, 10, kNow - ago), after);
  }
}

TEST(Reconcile, ReopenedWithAnotherAssessmentAndUnderARule) {
  Known after = suppressed(1, 11);
  after.updated = kNow;
  expect_change(run({closed(1, 10, kNow - kDay)}, {{1, 11}}, one_rule), ChangeKind::Reopen,
                closed(1, 10, kNow - kDay), after);
}

TEST(Reconcile, LaterItIsANewFindingInTheOldOnesRow) {
  for (const std::int64_t ago : {7 * kDay + 1, 8 * kDay, 30 * kDay, 90 * kDay}) {
    Known after = active(1, 11);
    after.first_observed = after.updated = kNow;
    expect_change(run({closed(1, 10, kNow - ago)}, {{1, 11}}), ChangeKind::Open,
                  closed(1, 10, kNow - ago), after);
  }
}

// Whether the row is still there depends on when the cleaning ran, and nobody should see that.
TEST(Reconcile, WhatShouldBeDeletedIsNotReopened) {
  const Known expired = closed(1, 10, kNow - 3 * kDay, 3 * kDay);
  const auto changes = run({expired}, {{1, 10}});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, ChangeKind::Open);
  EXPECT_EQ(changes[0].after.first_observed, kNow);

  const Known almost = closed(1, 10, kNow - 3 * kDay + 1, 3 * kDay);
  const auto reopened = run({almost}, {{1, 10}});
  ASSERT_EQ(reopened.size(), 1U);
  EXPECT_EQ(reopened[0].kind, ChangeKind::Reopen);
}

TEST(Reconcile, AClosedFindingIsDeletedWhenItsTimeHasCome) {
  Known after;
  after.vulnerability = 1;
  for (const std::int64_t kept : {3 * kDay, 30 * kDay}) {
    EXPECT_TRUE(run({closed(1, 10, kNow - kept + 1, kept)}, {}).empty());
    expect_change(run({closed(1, 10, kNow - kept, kept)}, {}), ChangeKind::Delete,
                  closed(1, 10, kNow - kept, kept), after);
    EXPECT_EQ(run({closed(1, 10, kNow - kept, kept)}, {}, no_rule, gone()).size(), 1U);
  }
}

TEST(Reconcile, TheRetentionIsGiven) {
  Situation situation = scan();
  situation.retention = {.reopen = 10, .closed = 20, .resource_gone = 5};
  EXPECT_EQ(run({closed(1, 10, kNow - 10)}, {{1, 10}}, no_rule, situation)[0].kind,
            ChangeKind::Reopen);
  EXPECT_EQ(run({closed(1, 10, kNow - 11)}, {{1, 10}}, no_rule, situation)[0].kind,
            ChangeKind::Open);
  EXPECT_EQ(run({active(1, 10)}, {}, no_rule, situation)[0].after.delete_after, kNow + 20);
  situation.presence = Presence::Gone;
  EXPECT_EQ(run({active(1, 10)}, {}, no_rule, situation)[0].after.delete_after, kNow + 5);
}

TEST(Reconcile, ChangesComeInTheOrderOfVulnerabilities) {
  const auto changes = run({active(2, 20), active(4, 40), closed(6, 60, kNow - 60 * kDay)},
                           {{1, 10}, {2, 21}, {3, 30}, {7, 70}});
  std::vector<std::pair<std::uint64_t, ChangeKind>> order;
  for (const Change& change : changes) order.emplace_back(change.after.vulnerability, change.kind);
  EXPECT_EQ(order, (std::vector<std::pair<std::uint64_t, ChangeKind>>{{1, ChangeKind::Open},
                                                                      {2, ChangeKind::Update},
                                                                      {3, ChangeKind::Open},
                                                                      {4, ChangeKind::Close},
                                                                      {6, ChangeKind::Delete},
                                                                      {7, ChangeKind::Open}}));
}

TEST(Reconcile, WhatIsSeenTwiceIsOneFinding) {
  EXPECT_EQ(run({}, {{1, 10}, {1, 11}}).size(), 1U);
  EXPECT_TRUE(run({active(1, 10)}, {{1, 10}, {1, 11}}).empty());
}

// Properties ----------------------------------------------------------------------------------

using Table = std::map<std::uint64_t, Known>;

/// Applies changes as the store does, and holds each against the row it speaks of.
void store(Table& table, const std::vector<Change>& changes) {
  std::uint64_t last = 0;
  for (const Change& change : changes) {
    const std::uint64_t vulnerability = change.after.vulnerability;
    EXPECT_GT(vulnerability, last) << "out of order or doubled";
    last = vulnerability;
    const auto row = table.find(vulnerability);
    EXPECT_EQ(text(change.before), text(row == table.end() ? Known{} : row->second));
    if (change.kind == ChangeKind::Delete) {
      table.erase(vulnerability);
    } else {
      table[vulnerability] = change.after;
    }
  }
}

std::vector<Known> rows(const Table& table) {
  std::vector<Known> list;
  for (const auto& [vulnerability, known] : table) list.push_back(known);
  return list;
}

/// A year of one resource's life: scans, changed rules, disappearances and returns.
TEST(Reconcile, ALifeAtRandomLosesAndDoublesNothing) {
  const std::uint64_t seed = base::testing::seed();
  SCOPED_TRACE(base::testing::repeat_with(seed));
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t limit) { return random() % limit; };
  for (int life = 0; life < 200; ++life) {
    Table table;
    Situation situation;
    situation.now = kNow;
    std::uint64_t rules = below(4);
    const RuleOf rule_of = [&](const Seen& seen, const FindingState& state) -> std::uint64_t {
      EXPECT_EQ(state.status, Status::Active);
      return (seen.assessment + rules) % 3 == 0 ? 1 + rules % 2 : 0;
    };
    for (int step = 0; step < 60; ++step) {
      situation.now +=
          static_cast<std::int64_t>(below(10) < 8 ? below(4 * kDay) : below(40 * kDay));
      situation.presence = below(10) == 0 ? Presence::Gone : Presence::Present;
      situation.rules_changed = below(4) == 0;
      if (situation.rules_changed) rules = below(4);
      std::vector<Seen> seen;
      for (std::uint64_t vulnerability = 1; vulnerability <= 12; ++vulnerability) {
        if (below(3) != 0) seen.push_back({vulnerability, vulnerability * 10 + below(2)});
      }
      const Table before = table;
      store(table, reconcile(rows(table), seen, rule_of, situation));

      // What was seen is open and nothing else is.
      std::map<std::uint64_t, std::uint64_t> open;
      for (const auto& [vulnerability, known] : table) {
        EXPECT_EQ(known.vulnerability, vulnerability);
        if (known.status == Status::Closed) {
          EXPECT_GT(known.delete_after, situation.now);
          EXPECT_GT(known.closed, 0);
          EXPECT_LE(known.last_observed, known.closed);
          EXPECT_EQ(known.rule, 0U);
        } else {
          open[vulnerability] = known.assessment;
          EXPECT_EQ(known.closed + known.delete_after + known.last_observed, 0);
          EXPECT_EQ(known.status == Status::Suppressed, known.rule != 0);
        }
        EXPECT_LE(known.first_observed, known.updated);
      }
      std::map<std::uint64_t, std::uint64_t> expected;
      if (situation.presence == Presence::Present) {
        for (const Seen& one : seen) expected[one.vulnerability] = one.assessment;
      }
      EXPECT_EQ(open, expected);

      // Nothing vanishes before its time.
      for (const auto& [vulnerability, known] : before) {
        if (!table.contains(vulnerability)) {
          EXPECT_EQ(known.status, Status::Closed);
          EXPECT_LE(known.delete_after, situation.now);
        }
      }
      // After a change of rules every open finding is as the rules say.
      if (situation.rules_changed) {
        for (const auto& [vulnerability, assessment] : open) {
          const Seen one = {vulnerability, assessment};
          EXPECT_EQ(table[vulnerability].rule, rule_of(one, {}));
        }
      }
      // Applied changes leave nothing to change, whether or not rules are asked again.
      if (situation.presence == Presence::Present) situation.observed = situation.now;
      EXPECT_TRUE(reconcile(rows(table), seen, rule_of, situation).empty());
    }
  }
}

}  // namespace
}  // namespace vigil::findings
