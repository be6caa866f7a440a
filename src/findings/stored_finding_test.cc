#include "findings/stored_finding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings/document.h"
#include "score/score.h"

namespace vigil::findings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Finding scored(std::string_view vector, const score::Facts& facts) {
  Finding finding;
  finding.vulnerability.id = "CVE-2026-0001";
  model::CvssRating rating;
  rating.source = "NVD";
  rating.version = "3.1";
  rating.vector = vector;
  finding.vulnerability.cvss = {rating};
  auto score = score::score_vector(score::default_policy(), vector, facts);
  EXPECT_TRUE(score);
  finding.score = std::move(*score);
  finding.score.base_source = "NVD";
  return finding;
}

AffectedPackage affected(const std::string& name, const std::string& command) {
  AffectedPackage out;
  out.package.name = name;
  out.package.manager = "OS";
  out.remediation = command;
  return out;
}

TEST(StoredScore, ComesBackWithTheVectorAsItWasPublished) {
  score::Facts facts;
  facts.context.exposure = score::Exposure::None;
  // With a metric of time, and in no canonical order.
  const Finding finding = scored("CVSS:3.1/AC:L/AV:N/PR:N/UI:N/S:U/C:H/I:H/A:H/E:F", facts);
  const auto stored = stored_score(vulnerability_document(finding), assessment_document(finding));
  ASSERT_TRUE(stored && *stored);
  EXPECT_EQ((*stored)->base_vector, "CVSS:3.1/AC:L/AV:N/PR:N/UI:N/S:U/C:H/I:H/A:H/E:F");
  EXPECT_EQ((*stored)->source, "NVD");
  EXPECT_EQ((*stored)->version, "3.1");
  EXPECT_DOUBLE_EQ((*stored)->score, 6.2);
  EXPECT_EQ((*stored)->vector, finding.score.adjusted_vector);
  EXPECT_DOUBLE_EQ((*stored)->explanation.base_score, 9.8);
  ASSERT_EQ((*stored)->explanation.steps.size(), 2U);
  EXPECT_DOUBLE_EQ((*stored)->explanation.steps.back().after, 6.2);
}

TEST(StoredScore, WhereNobodySaysTheSameAnyMoreTheBaseMetricsStand) {
  Finding finding = scored("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", {});
  finding.vulnerability.cvss.front().vector = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  const auto stored = stored_score(vulnerability_document(finding), assessment_document(finding));
  ASSERT_TRUE(stored && *stored);
  EXPECT_EQ((*stored)->base_vector, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
}

TEST(StoredScore, IsNothingWithoutCvss) {
  Finding finding;
  finding.vulnerability.id = "CVE-2026-0001";
  const auto stored = stored_score(vulnerability_document(finding), assessment_document(finding));
  ASSERT_TRUE(stored);
  EXPECT_FALSE(*stored);
}

TEST(StoredCommands, NamePackagesOfOneCommandTogether) {
  Finding finding;
  finding.vulnerability.id = "CVE-2026-0001";
  finding.packages = {affected("libssl3", "dnf upgrade libssl3"),
                      affected("openssl", "dnf upgrade openssl"), affected("left-pad", ""),
                      affected("openssl", "dnf upgrade openssl"),
                      affected("musl", "apk update && apk upgrade musl")};
  EXPECT_THAT(stored_commands(assessment_document(finding)),
              ElementsAre("dnf upgrade libssl3 openssl", "apk update && apk upgrade musl"));
}

TEST(StoredCommands, AreNoneWhereNobodyKnowsOne) {
  Finding finding;
  finding.vulnerability.id = "CVE-2026-0001";
  finding.packages = {affected("left-pad", "")};
  EXPECT_THAT(stored_commands(assessment_document(finding)), IsEmpty());
}

}  // namespace
}  // namespace vigil::findings
