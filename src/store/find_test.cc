#include "store/find.h"

#include <gmock/gmock.h>

#include <random>

#include "store/find_lead.h"
#include "store/find_order.h"
#include "store/find_plan.h"
#include "store/find_token.h"
#include "store/testing/random_findings_test.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using testing::KnownFinding;
using testing::RandomFindings;

using Place = std::tuple<std::int64_t, std::uint64_t, std::uint64_t>;
Place place_of(const KnownFinding& finding) {
  return {finding.account, finding.id.resource, finding.id.vulnerability};
}
Place place_of(const FoundFinding& finding) {
  return {finding.account, finding.id.resource, finding.id.vulnerability};
}

/// The fields behind Inspector's sort fields, in their order.
constexpr std::string_view kSortFields[] = {"awsAccountId",
                                            "findingType",
                                            "severity",
                                            "firstObservedAt",
                                            "lastObservedAt",
                                            "findingStatus",
                                            "resourceType",
                                            "ecrImagePushedAt",
                                            "ecrImageRepositoryName",
                                            "ecrImageRegistry",
                                            "networkProtocol",
                                            "componentType",
                                            "vulnerabilityId",
                                            "vulnerabilitySource",
                                            "inspectorScore",
                                            "vendorSeverity",
                                            "epssScore"};

/// What a finding sorts by: its least value; nothing if there is none.
SortValue value_of(const KnownFinding& finding, SortField sort) {
  if (sort == SortField::None) return {};
  const auto name = kSortFields[static_cast<std::size_t>(sort)];
  const std::uint16_t field = *findings::filter_field(name);
  SortValue least;
  for (const findings::Attribute& attribute : finding.subject.attributes) {
    if (attribute.field != field) continue;
    SortValue value;
    if (sort == SortField::Severity) {
      value = static_cast<std::int64_t>(*model::parse_severity(attribute.text));
    } else if (sort == SortField::FindingStatus) {
      value = std::int64_t{attribute.text == "ACTIVE" ? 0 : attribute.text == "SUPPRESSED" ? 1 : 2};
    } else if (attribute.number) {
      value = *attribute.number;
    } else {
      value = attribute.text;
    }
    if (least.index() == 0 || value < least) least = value;
  }
  return least;
}

class Find : public testing::StoreTest {
 protected:
  void fill(std::uint64_t seed, std::size_t resources = 14, std::size_t assessments = 24) {
    world_.emplace(seed);
    write([&](Connection& to) { return world_->store(to, resources, assessments); });
  }
  FindQuery query() {
    FindQuery out;
    out.accounts.assign(std::begin(RandomFindings::kAccounts), std::end(RandomFindings::kAccounts));
    return out;
  }
  FindPage page(const FindQuery& query) {
    FindPage out;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(out, find(from, query));
      return ok();
    });
    return out;
  }
  std::vector<Place> expected(const FindQuery& query) {
    std::vector<Place> out;
    for (const KnownFinding& finding : world_->all()) {
      if (std::ranges::find(query.accounts, finding.account) == query.accounts.end()) continue;
      if (findings::matches(query.filter, finding.subject)) out.push_back(place_of(finding));
    }
    std::ranges::sort(out);
    return out;
  }
  /// All pages in their order, the first by this plan.
  std::vector<Place> walk(FindQuery query, const std::optional<Choice>& choice = {}) {
    std::vector<Place> out;
    for (std::size_t pages = 0; pages < 10'000; ++pages) {
      FindPage got;
      if (pages == 0 && choice) {
        read([&](Connection& from) -> Result<void> {
          VIGIL_TRY(got, find_by_plan(from, query, search_of(query), *choice, nullptr));
          return ok();
        });
      } else {
        got = page(query);
      }
      EXPECT_LE(got.findings.size(), query.limit);
      for (const FoundFinding& finding : got.findings) out.push_back(place_of(finding));
      if (got.next.empty()) return out;
      query.after = got.next;
    }
    ADD_FAILURE() << "no end";
    return out;
  }
  void expect_sorted(const FindQuery& query, const std::vector<Place>& places) {
    std::map<Place, SortValue> values;
    for (const KnownFinding& finding : world_->all()) {
      values[place_of(finding)] = value_of(finding, query.sort);
    }
    for (std::size_t i = 1; i < places.size(); ++i) {
      const SortValue& a = values[places[i - 1]];
      const SortValue& b = values[places[i]];
      if (b.index() == 0) continue;  // absent ones are last
      ASSERT_NE(a.index(), 0U) << "an absent value before a value";
      ASSERT_FALSE(query.descending ? a < b : b < a) << "at " << i;
    }
  }

  std::optional<RandomFindings> world_;
};

TEST_P(Find, FiltersMeanInSqlWhatTheyMeanInMemory) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  fill(seed);
  for (int round = 0; round < 150; ++round) {
    FindQuery asked = query();
    asked.filter = world_->filter();
    asked.limit = 1000;
    SCOPED_TRACE(findings::filter_json(asked.filter));
    std::vector<Place> found = walk(asked);
    std::ranges::sort(found);
    ASSERT_EQ(found, expected(asked));
    FindCount counted;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(counted, count(from, asked));
      return ok();
    });
    ASSERT_EQ(counted.active + counted.suppressed + counted.closed,
              static_cast<std::int64_t>(found.size()));
  }
}

TEST_P(Find, EveryFieldIsTestedBySqlAsInMemory) {
  fill(4);
  for (std::uint16_t field = 0; field < findings::filter_fields().size(); ++field) {
    for (int round = 0; round < 6; ++round) {
      FindQuery asked = query();
      asked.filter.criteria.push_back(world_->criterion(field));
      asked.limit = 1000;
      SCOPED_TRACE(findings::filter_json(asked.filter));
      std::vector<Place> found = walk(asked);
      std::ranges::sort(found);
      ASSERT_EQ(found, expected(asked));
    }
  }
}

TEST_P(Find, EveryPlanGivesTheSameFindingsInTheOrderOfTheSort) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  fill(seed, 10, 16);
  for (int sort = 0; sort <= static_cast<int>(SortField::None); ++sort) {
    for (int round = 0; round < 4; ++round) {
      FindQuery asked = query();
      asked.sort = static_cast<SortField>(sort);
      asked.descending = round % 2 == 0;
      if (round > 1) asked.filter = world_->filter();
      if (round == 2) asked.accounts.resize(1);
      asked.limit = 1 + world_->below(30);
      const std::vector<Place> wanted = expected(asked);
      for (int drive = 0; drive < static_cast<int>(kDrives); ++drive) {
        for (std::size_t lead = 0; lead <= asked.filter.criteria.size(); ++lead) {
          const Plan plan{static_cast<Drive>(drive), lead == asked.filter.criteria.size()
                                                         ? kNoLead
                                                         : static_cast<std::uint16_t>(lead)};
          if (!is_possible(plan, asked)) continue;
          SCOPED_TRACE(findings::filter_json(asked.filter) + " drive " + std::to_string(drive) +
                       " sort " + std::to_string(sort) + " limit " + std::to_string(asked.limit));
          std::vector<Place> found = walk(asked, Choice{plan});
          expect_sorted(asked, found);
          std::ranges::sort(found);
          ASSERT_EQ(found, wanted);
        }
      }
      SCOPED_TRACE(findings::filter_json(asked.filter) + " of its own choice");
      std::vector<Place> found = walk(asked);
      expect_sorted(asked, found);
      std::ranges::sort(found);
      ASSERT_EQ(found, wanted);
    }
  }
}

TEST_P(Find, AWalkThatIsGivenUpLeavesNoTrace) {
  fill(5);
  for (int sort = 0; sort <= static_cast<int>(SortField::None); ++sort) {
    for (std::size_t budget = 1; budget < 40; budget += 13) {
      FindQuery asked = query();
      asked.sort = static_cast<SortField>(sort);
      asked.filter = world_->filter();
      asked.limit = 20;
      SCOPED_TRACE(findings::filter_json(asked.filter));
      Choice choice;
      read([&](Connection& from) -> Result<void> {
        VIGIL_TRY(choice, choose_plan(from, search_of(asked)));
        return ok();
      });
      choice.budget = budget;
      std::vector<Place> found = walk(asked, choice);
      expect_sorted(asked, found);
      std::ranges::sort(found);
      ASSERT_EQ(found, expected(asked));
    }
  }
}

TEST_P(Find, APageHasWhatItsFindingIsWrittenFrom) {
  fill(6);
  FindQuery asked = query();
  asked.limit = 5;
  for (const FoundFinding& finding : page(asked).findings) {
    EXPECT_TRUE(finding.resource_body.starts_with("resource "));
    EXPECT_TRUE(finding.vulnerability_body.starts_with("vulnerability "));
    EXPECT_TRUE(finding.assessment_body.starts_with("assessment "));
    EXPECT_NE(finding.region, "");
    EXPECT_NE(finding.state.last_observed, 0);
    read([&](Connection& from) -> Result<void> {
      const findings::FindingId ids[] = {{1, 2}, finding.id};
      VIGIL_TRY(const auto again, find_by_id(from, finding.account, ids));
      EXPECT_EQ(again.size(), 1U);
      EXPECT_EQ(place_of(again.at(0)), place_of(finding));
      return ok();
    });
  }
}

TEST_P(Find, ATokenOfAnotherQueryIsRefused) {
  fill(7);
  FindQuery asked = query();
  asked.limit = 3;
  asked.sort = SortField::InspectorScore;
  const std::string token = page(asked).next;
  ASSERT_NE(token, "");
  const auto refused = [&](FindQuery other, std::string after) {
    other.after = std::move(after);
    bool failed = false;
    read([&](Connection& from) -> Result<void> {
      failed = !find(from, other);
      return ok();
    });
    return failed;
  };
  EXPECT_FALSE(refused(asked, token));
  FindQuery other = asked;
  other.limit = 7;
  EXPECT_FALSE(refused(other, token)) << "pages may differ in size";
  other.descending = true;
  EXPECT_TRUE(refused(other, token));
  other = asked;
  other.sort = SortField::EpssScore;
  EXPECT_TRUE(refused(other, token));
  other = asked;
  other.accounts.pop_back();
  EXPECT_TRUE(refused(other, token));
  other = asked;
  other.filter.criteria.push_back(world_->criterion(3));
  EXPECT_TRUE(refused(other, token));
  for (std::size_t size = 1; size < token.size(); ++size) {
    EXPECT_TRUE(refused(asked, token.substr(0, size)));
  }
  EXPECT_TRUE(refused(asked, token + "x"));
  // Whatever is in it, it is no crash.
  for (std::size_t i = 9; i < token.size(); ++i) {
    for (const char byte : {'\0', '\1', '\x07', '\xff'}) {
      std::string changed = token;
      changed[i] = byte;
      refused(asked, changed);
    }
  }
}

TEST_P(Find, AnEmptyPageIsNoPage) {
  FindQuery asked = query();
  asked.limit = 0;
  read([&](Connection& from) -> Result<void> {
    EXPECT_FALSE(find(from, asked));
    asked.limit = 1001;
    EXPECT_FALSE(find(from, asked));
    asked.limit = 1;
    asked.accounts.clear();
    VIGIL_TRY(const auto none, find(from, asked));
    EXPECT_TRUE(none.findings.empty());
    return ok();
  });
}

VIGIL_ON_BOTH_ENGINES(Find);

}  // namespace
}  // namespace vigil::store
