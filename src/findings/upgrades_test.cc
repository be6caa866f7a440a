#include "findings/upgrades.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings/testing.h"
#include "findings/weight.h"

namespace vigil::findings {
namespace {

using model::Severity;
using ::testing::ElementsAre;

Fix fix(std::string name, std::string installed, std::string target,
        std::string ecosystem = "Debian:12") {
  return {.ecosystem = std::move(ecosystem),
          .name = name,
          .manager = "OS",
          .installed = installed,
          .target = std::move(target),
          .packages = {{name + "-bin", installed}},
          .command = "upgrade " + name};
}
Fixable fixable(Severity severity, std::int64_t findings, std::vector<Fix> fixes) {
  return {.findings = findings, .severity = severity, .fixes = std::move(fixes)};
}

TEST(Weight, SaysWhatToFixFirst) {
  EXPECT_EQ(weight_of(Severity::Critical, false, false), 100);
  EXPECT_EQ(weight_of(Severity::High, false, false), 20);
  EXPECT_EQ(weight_of(Severity::Medium, false, false), 4);
  EXPECT_EQ(weight_of(Severity::Low, false, false), 1);
  EXPECT_EQ(weight_of(Severity::Untriaged, false, true), 2);
  EXPECT_EQ(weight_of(Severity::Low, true, false), 1000) << "whatever its severity";
  EXPECT_EQ(weight_of(Severity::Critical, true, true), 2000);
}

TEST(Fixes, OfAFindingAreItsSourcePackages) {
  Finding finding = testing::vulnerable_package();  // libssl3 has a fix, openssl has none
  for (AffectedPackage& package : finding.packages) {
    package.package.source_name = "openssl";
    package.package.source_version = "3.0.14-1~deb12u1";
  }
  finding.packages.push_back(testing::affected("libssl-dev", "3.0.14-1~deb12u1", "3.0.15-1"));
  finding.packages.back().package.source_name = "openssl";
  finding.packages.back().package.source_version = "3.0.14-1~deb12u1";
  const auto fixes = fixes_of(finding);
  ASSERT_EQ(fixes.size(), 1U);
  EXPECT_EQ(fixes[0].ecosystem, "Debian:12");
  EXPECT_EQ(fixes[0].name, "openssl");
  EXPECT_EQ(fixes[0].manager, "OS");
  EXPECT_EQ(fixes[0].installed, "3.0.14-1~deb12u1");
  EXPECT_EQ(fixes[0].target, "3.0.15-1") << "the later of the two";
  EXPECT_THAT(fixes[0].packages,
              ElementsAre(FixedPackage{"libssl-dev", "3.0.14"}, FixedPackage{"libssl3", "3.0.14"}));
  EXPECT_EQ(fixes[0].command, finding.packages[0].remediation);
  EXPECT_TRUE(fixes_of(testing::open_port()).empty());
}

TEST(Upgrades, GoToTheVersionThatMendsAll) {
  const std::vector<Fixable> fixables = {
      fixable(Severity::High, 3, {fix("openssl", "1.0-1", "1.0-2")}),
      fixable(Severity::Critical, 2, {fix("openssl", "1.0-1", "1.0-10")}),
      fixable(Severity::Medium, 1, {fix("openssl", "1.0-9", "1.0-10")}),
  };
  const auto by_target = upgrades_of(fixables, GroupBy::Target, {});
  ASSERT_EQ(by_target.size(), 1U);
  EXPECT_EQ(by_target[0].name, "openssl");
  EXPECT_EQ(by_target[0].target, "1.0-10") << "as dpkg orders them";
  EXPECT_THAT(by_target[0].installed, ElementsAre("1.0-1", "1.0-9"));
  EXPECT_EQ(by_target[0].findings, 6);
  EXPECT_THAT(by_target[0].by_severity, ElementsAre(0, 0, 0, 1, 3, 2));
  EXPECT_EQ(by_target[0].worst, Severity::Critical);
  EXPECT_EQ(by_target[0].risk, 3 * 20 + 2 * 100 + 4);
  EXPECT_EQ(by_target[0].command, "upgrade openssl");
  EXPECT_THAT(by_target[0].members, ElementsAre(0, 1, 2));
  const auto by_installed = upgrades_of(fixables, GroupBy::Installed, {});
  ASSERT_EQ(by_installed.size(), 2U);
  EXPECT_THAT(by_installed[0].installed, ElementsAre("1.0-1"));
  EXPECT_EQ(by_installed[0].risk, 260);
}

TEST(Upgrades, GoOnToAVersionThatHasNoFlawOfItsOwn) {
  const std::vector<Fixable> fixables = {
      fixable(Severity::High, 3, {fix("axios", "0.21.0", "0.33.0", "npm")}),
      fixable(Severity::Medium, 1, {fix("axios", "0.21.0", "1.6.8", "npm")}),
      fixable(Severity::Low, 1, {fix("axios", "1.7.0", "1.15.1", "npm")}),
  };
  const CleanVersion clean = [](const std::string& ecosystem, const std::string& name,
                                const std::string& from) {
    return ecosystem == "npm" && name == "axios" && from == "1.6.8" ? "1.15.1" : from;
  };
  const auto by_target = upgrades_of(fixables, GroupBy::Target, clean);
  ASSERT_EQ(by_target.size(), 1U);
  EXPECT_EQ(by_target[0].target, "1.15.1");
  EXPECT_EQ(by_target[0].findings, 5);
}

TEST(Upgrades, OfOneNameInTwoEcosystemsAreTwo) {
  const std::vector<Fixable> fixables = {
      fixable(Severity::High, 1, {fix("zlib", "1", "2", "Debian:12")}),
      fixable(Severity::High, 1, {fix("zlib", "1", "2", "Debian:11")}),
  };
  EXPECT_EQ(upgrades_of(fixables, GroupBy::Target, {}).size(), 2U);
}

TEST(Upgrades, CountAFindingOnceForEachThingToUpgrade) {
  const std::vector<Fixable> fixables = {
      fixable(Severity::High, 1,
              {fix("lodash", "4.17.19", "4.17.21", "npm"),
               fix("lodash", "4.17.20", "4.17.21", "npm"), fix("async", "2.0.0", "2.6.4", "npm")})};
  const auto upgrades = upgrades_of(fixables, GroupBy::Target, {});
  ASSERT_EQ(upgrades.size(), 2U);
  EXPECT_EQ(upgrades[0].name, "async");
  EXPECT_EQ(upgrades[0].findings, 1);
  EXPECT_EQ(upgrades[1].findings, 1) << "two copies of one package, one finding";
  EXPECT_THAT(upgrades[1].installed, ElementsAre("4.17.19", "4.17.20"));
}

TEST(Upgrades, WhatIsExploitedAndInUseComesFirst) {
  std::vector<Fixable> fixables = {fixable(Severity::Critical, 5, {fix("a", "1", "2")}),
                                   fixable(Severity::Low, 1, {fix("b", "1", "2")}),
                                   fixable(Severity::High, 20, {fix("c", "1", "2")}),
                                   fixable(Severity::Critical, 9, {})};
  fixables[1].known_exploited = true;
  fixables[2].in_use = true;
  const auto upgrades = upgrades_of(fixables, GroupBy::Target, {});
  ASSERT_EQ(upgrades.size(), 3U);
  EXPECT_EQ(upgrades[0].name, "b");
  EXPECT_EQ(upgrades[0].known_exploited, 1);
  EXPECT_EQ(upgrades[1].name, "c");
  EXPECT_TRUE(upgrades[1].in_use);
  EXPECT_EQ(upgrades[2].name, "a");
}

}  // namespace
}  // namespace vigil::findings
