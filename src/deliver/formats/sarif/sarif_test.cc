#include "base/json_tree.h"
#include "deliver/format.h"
#include "deliver/testing.h"

namespace vigil::deliver {
namespace {

class Sarif : public ::testing::Test {
 protected:
  Sarif() {
    if (const auto root = parser_.parse(find_format("sarif")->write(testing::report()))) {
      run_ = *(*root)["runs"].items().begin();
      for (const base::Json rule : run_["tool"]["driver"]["rules"].items()) rules_.push_back(rule);
      for (const base::Json result : run_["results"].items()) results_.push_back(result);
    }
  }
  base::JsonParser parser_;
  base::Json run_;
  std::vector<base::Json> rules_;
  std::vector<base::Json> results_;
};

base::Json place_of(base::Json result) {
  return (*result["locations"].items().begin())["physicalLocation"];
}

TEST_F(Sarif, ARulePerVulnerabilityAResultPerPackage) {
  ASSERT_EQ(rules_.size(), 2U);
  ASSERT_EQ(results_.size(), 3U);
  EXPECT_EQ(results_[1]["ruleId"].text(), "CVE-2026-1");
  EXPECT_EQ(results_[1]["ruleIndex"].integer(), 0);
  EXPECT_EQ(results_[2]["ruleId"].text(), "GHSA-x");
  EXPECT_EQ(results_[2]["ruleIndex"].integer(), 1);
}

TEST_F(Sarif, SecuritySeverityIsAText) {
  ASSERT_EQ(rules_.size(), 2U);
  EXPECT_EQ(rules_[0]["properties"]["security-severity"].text(), "7.5");
  EXPECT_FALSE(rules_[1]["properties"]["security-severity"].exists());
}

TEST_F(Sarif, LevelFollowsSeverity) {
  ASSERT_EQ(results_.size(), 3U);
  EXPECT_EQ(results_[0]["level"].text(), "error");
  EXPECT_EQ(results_[2]["level"].text(), "note");
}

TEST_F(Sarif, PathIsARelativeUriWithoutBlanks) {
  ASSERT_EQ(results_.size(), 3U);
  EXPECT_EQ(place_of(results_[2])["artifactLocation"]["uri"].text(),
            "srv/my%20app/50%25/package-lock.json");
  EXPECT_EQ(place_of(results_[2])["region"]["startLine"].integer(), 7);
}

TEST_F(Sarif, MessageSaysWhatFixesIt) {
  ASSERT_EQ(results_.size(), 3U);
  EXPECT_EQ(results_[0]["message"]["text"].text(),
            "libfoo1 1:1.0-1 is affected by CVE-2026-1. Fixed in 1:1.0-2.");
  EXPECT_EQ(results_[1]["message"]["text"].text(),
            "foo tools 1:1.0-1 is affected by CVE-2026-1. No fixed version is known.");
}

TEST_F(Sarif, FingerprintsTellPackagesOfOneFindingApart) {
  ASSERT_EQ(results_.size(), 3U);
  EXPECT_NE(results_[0]["partialFingerprints"]["vigilFinding/v1"].text(),
            results_[1]["partialFingerprints"]["vigilFinding/v1"].text());
}

}  // namespace
}  // namespace vigil::deliver
