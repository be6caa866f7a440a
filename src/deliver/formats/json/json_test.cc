#include "base/json_tree.h"
#include "deliver/format.h"
#include "deliver/testing.h"

namespace vigil::deliver {
namespace {

class InspectorJson : public ::testing::Test {
 protected:
  InspectorJson() {
    const auto root = parser_.parse(find_format("json")->write(testing::report()));
    if (root) {
      for (const base::Json finding : root->items()) findings_.push_back(finding);
    }
  }
  base::JsonParser parser_;
  std::vector<base::Json> findings_;
};

TEST_F(InspectorJson, IsAnArrayOfFindings) {
  ASSERT_EQ(findings_.size(), 2U);
  EXPECT_EQ(findings_[0]["type"].text(), "PACKAGE_VULNERABILITY");
  EXPECT_EQ(findings_[0]["packageVulnerabilityDetails"]["vulnerabilityId"].text(), "CVE-2026-1");
}

TEST_F(InspectorJson, TextsComeBackAsTheyWere) {
  ASSERT_EQ(findings_.size(), 2U);
  EXPECT_EQ(findings_[0]["description"].text(), testing::hostile_finding().description);
  EXPECT_EQ(findings_[0]["title"].text(), testing::hostile_finding().title);
}

TEST_F(InspectorJson, ScoreIsExplained) {
  ASSERT_EQ(findings_.size(), 2U);
  const base::Json adjusted = findings_[0]["inspectorScoreDetails"]["adjustedCvss"];
  EXPECT_EQ(findings_[0]["inspectorScore"].number(), 7.5);
  EXPECT_EQ(adjusted["scoreSource"].text(), "NVD");
  for (const base::Json change : adjusted["adjustments"].items()) {
    EXPECT_EQ(change["metric"].text(), "MAC");
    EXPECT_EQ(change["reason"].text(), "nothing runs it");
  }
}

TEST_F(InspectorJson, WithoutCvssThereIsNoScore) {
  ASSERT_EQ(findings_.size(), 2U);
  EXPECT_FALSE(findings_[1]["inspectorScore"].exists());
  EXPECT_FALSE(findings_[1]["inspectorScoreDetails"].exists());
  EXPECT_EQ(findings_[1]["severity"].text(), "UNTRIAGED");
}

TEST_F(InspectorJson, WhatIsUnknownIsAbsent) {
  ASSERT_EQ(findings_.size(), 2U);
  EXPECT_FALSE(findings_[1]["epss"].exists());
  EXPECT_FALSE(findings_[1]["exploitabilityDetails"].exists());
  EXPECT_FALSE(findings_[1]["packageVulnerabilityDetails"]["sourceUrl"].exists());
}

TEST_F(InspectorJson, PackageOfTheSystemHasEpochAndReleaseApart) {
  ASSERT_EQ(findings_.size(), 2U);
  const auto packages = findings_[0]["packageVulnerabilityDetails"]["vulnerablePackages"];
  const base::Json first = *packages.items().begin();
  EXPECT_EQ(first["epoch"].integer(), 1);
  EXPECT_EQ(first["version"].text(), "1.0");
  EXPECT_EQ(first["release"].text(), "1");
  EXPECT_EQ(first["arch"].text(), "AMD64");
  EXPECT_EQ(first["fixedInVersion"].text(), "1:1.0-2");
  EXPECT_FALSE(first["filePath"].exists());
}

TEST_F(InspectorJson, OtherPackagesSayWhereTheyLie) {
  ASSERT_EQ(findings_.size(), 2U);
  const auto packages = findings_[1]["packageVulnerabilityDetails"]["vulnerablePackages"];
  const base::Json first = *packages.items().begin();
  EXPECT_EQ(first["filePath"].text(), "/srv/my app/50%/package-lock.json");
  EXPECT_EQ(first["fixedInVersion"].text(), "NotAvailable");
  EXPECT_FALSE(first["epoch"].exists());
}

TEST_F(InspectorJson, LastExploitIsTheDayOfCisasCatalogue) {
  ASSERT_EQ(findings_.size(), 2U);
  EXPECT_EQ(findings_[0]["exploitabilityDetails"]["lastKnownExploitAt"].integer(), 1'793'577'600);
  EXPECT_EQ(findings_[0]["exploitAvailable"].text(), "YES");
}

TEST(InspectorJsonEmpty, NoFindingsAreAnEmptyArray) {
  findings::Report report = testing::report();
  report.findings.clear();
  EXPECT_EQ(find_format("json")->write(report), "[]\n");
}

}  // namespace
}  // namespace vigil::deliver
