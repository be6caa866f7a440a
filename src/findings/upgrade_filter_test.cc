#include "findings/upgrade_filter.h"

#include <gtest/gtest.h>

namespace vigil::findings {
namespace {

Upgrade upgrade_of(std::set<FixedPackage> packages) {
  Upgrade upgrade;
  upgrade.packages = std::move(packages);
  return upgrade;
}
std::string text(const Upgrade& upgrade, const std::vector<std::string>& vulnerabilities = {},
                 std::string_view resource = {}) {
  const Filter filter = upgrade_filter(upgrade, vulnerabilities, resource);
  const std::string json = filter_json(filter);
  const auto read = parse_filter(json);  // what ListFindings does with it
  EXPECT_TRUE(read) << read.error().text();
  return json;
}

TEST(UpgradeFilter, NamesPackagesInTheirVersions) {
  const std::string json = text(upgrade_of({{"libssl3", "3.0.14"}, {"openssl", "3.0.14"}}),
                                {"CVE-2024-1", "CVE-2024-2"}, "i-1");
  EXPECT_EQ(json, R"({"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}],)"
                  R"("resourceId":[{"comparison":"EQUALS","value":"i-1"}],)"
                  R"("vulnerabilityId":[{"comparison":"EQUALS","value":"CVE-2024-1"},)"
                  R"({"comparison":"EQUALS","value":"CVE-2024-2"}],)"
                  R"("fixAvailable":[{"comparison":"EQUALS","value":"YES"},)"
                  R"({"comparison":"EQUALS","value":"PARTIAL"}],)"
                  R"("vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"libssl3"},)"
                  R"("version":{"comparison":"EQUALS","value":"3.0.14"}},)"
                  R"({"name":{"comparison":"EQUALS","value":"openssl"},)"
                  R"("version":{"comparison":"EQUALS","value":"3.0.14"}}]})");
}

TEST(UpgradeFilter, LeavesOutWhatAFieldCannotHold) {
  std::vector<std::string> eleven;
  std::set<FixedPackage> packages;
  for (int i = 10; i < 21; ++i) {
    eleven.push_back("CVE-2024-" + std::to_string(i));
    packages.insert({"openssl", "3.0." + std::to_string(i)});
  }
  const std::string json = text(upgrade_of(packages), eleven);
  EXPECT_EQ(json.find("vulnerabilityId"), std::string::npos);
  EXPECT_EQ(json.find("version"), std::string::npos) << "the name alone covers all";
  EXPECT_NE(json.find(R"("name":{"comparison":"EQUALS","value":"openssl"})"), std::string::npos);
}

TEST(UpgradeFilter, OfManyPackagesTakesTheBeginningsOfTheirNames) {
  std::set<FixedPackage> packages = {{"bpftool", "1"}};
  for (int i = 10; i < 40; ++i) packages.insert({"linux-image-6.1." + std::to_string(i), "1"});
  const std::string json = text(upgrade_of(packages));
  EXPECT_NE(json.find(R"({"comparison":"PREFIX","value":"linux-image-6.1.3"})"), std::string::npos)
      << json;
  EXPECT_NE(json.find(R"({"comparison":"PREFIX","value":"bpftool"})"), std::string::npos) << json;
}

TEST(UpgradeFilter, WithoutACommonBeginningSaysNothingOfPackages) {
  std::set<FixedPackage> packages;
  for (char c = 'a'; c <= 'z'; ++c) packages.insert({std::string(1, c), "1"});
  EXPECT_EQ(text(upgrade_of(packages)).find("vulnerablePackages"), std::string::npos);
}

}  // namespace
}  // namespace vigil::findings
