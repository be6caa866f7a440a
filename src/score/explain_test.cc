#include "score/explain.h"

#include <gtest/gtest.h>

#include "score/score.h"

namespace vigil::score {
namespace {

constexpr std::string_view kWorst = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

/// What is stored of a score.
std::vector<Told> told(const Score& score) {
  std::vector<Told> changes;
  for (const Adjustment& one : score.adjustments) changes.push_back({one.metric, one.reason});
  if (score.floor) changes.push_back({std::string(kFloorMetric), score.floor->reason});
  return changes;
}

TEST(Explain, SaysTheScoreAfterEachChange) {
  Facts facts;
  facts.context.exposure = Exposure::None;
  const auto score = score_vector(default_policy(), kWorst, facts);
  ASSERT_TRUE(score);
  const auto explained = explain(score->adjusted_vector, told(*score), *score->score);
  ASSERT_TRUE(explained) << explained.error().text();
  EXPECT_DOUBLE_EQ(explained->base_score, 9.8);
  EXPECT_EQ(explained->base.text(), kWorst);
  ASSERT_EQ(explained->steps.size(), 2U);
  EXPECT_EQ(explained->steps[0].metric, "MAV");
  EXPECT_EQ(explained->steps[0].from, "N");
  EXPECT_EQ(explained->steps[0].to, "P");
  EXPECT_DOUBLE_EQ(explained->steps[0].after, 6.8);
  EXPECT_EQ(explained->steps[1].metric, "E");
  EXPECT_EQ(explained->steps[1].from, "X");
  EXPECT_EQ(explained->steps[1].to, "U");
  EXPECT_DOUBLE_EQ(explained->steps[1].after, 6.2);
}

TEST(Explain, RepeatsWhatTheScoreSaidOfItself) {
  Facts facts;
  facts.context.exposure = Exposure::InsideOnly;
  facts.context.in_use = Fact::No;
  facts.context.reaches_secrets = Fact::Yes;
  facts.exploit = ExploitMaturity::ProofOfConcept;
  for (const std::string& vector :
       {std::string(kWorst), std::string("CVSS:3.0/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N"),
        std::string("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
        std::string("AV:N/AC:L/Au:N/C:P/I:P/A:P")}) {
    const auto score = score_vector(default_policy(), vector, facts);
    ASSERT_TRUE(score) << vector;
    const auto explained = explain(score->adjusted_vector, told(*score), *score->score);
    ASSERT_TRUE(explained) << explained.error().text();
    EXPECT_DOUBLE_EQ(explained->base_score, *score->base_score) << vector;
    ASSERT_EQ(explained->steps.size(), score->adjustments.size()) << vector;
    for (std::size_t i = 0; i < explained->steps.size(); ++i) {
      EXPECT_EQ(explained->steps[i].from, score->adjustments[i].from) << vector;
      EXPECT_EQ(explained->steps[i].to, score->adjustments[i].to) << vector;
    }
    const double last =
        explained->steps.empty() ? explained->base_score : explained->steps.back().after;
    EXPECT_DOUBLE_EQ(last, *score->score) << vector;
  }
}

TEST(Explain, AFloorIsAStepOfItsOwn) {
  Facts facts;
  facts.context.exposure = Exposure::Internet;
  facts.context.in_use = Fact::Yes;
  facts.exploit = ExploitMaturity::KnownExploited;
  const auto score =
      score_vector(default_policy(), "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N", facts);
  ASSERT_TRUE(score && score->floor);
  const auto explained = explain(score->adjusted_vector, told(*score), *score->score);
  ASSERT_TRUE(explained);
  const Step& last = explained->steps.back();
  EXPECT_EQ(last.metric, "Floor");
  EXPECT_EQ(last.from + last.to, "");
  EXPECT_DOUBLE_EQ(last.after, 9.0);
  EXPECT_EQ(last.reason, score->floor->reason);
}

TEST(Explain, WhatIsNoVectorIsAnError) {
  EXPECT_FALSE(explain("CVSS:3.1/AV:N", {}, 5));
  EXPECT_FALSE(explain("", {}, 5));
}

}  // namespace
}  // namespace vigil::score
