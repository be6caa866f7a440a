#include <set>

#include "base/json_tree.h"
#include "deliver/format.h"
#include "deliver/testing.h"

namespace vigil::deliver {
namespace {

class CycloneDx : public ::testing::Test {
 protected:
  CycloneDx() {
    if (const auto root = parser_.parse(find_format("cyclonedx")->write(testing::report()))) {
      bom_ = *root;
      for (const base::Json one : bom_["vulnerabilities"].items()) vulnerabilities_.push_back(one);
    }
  }
  base::JsonParser parser_;
  base::Json bom_;
  std::vector<base::Json> vulnerabilities_;
};

std::size_t count(base::Json array) {
  std::size_t items = 0;
  for (const base::Json item : array.items()) items += item.exists() ? 1 : 0;
  return items;
}

TEST_F(CycloneDx, SaysWhatItIs) {
  EXPECT_EQ(bom_["bomFormat"].text(), "CycloneDX");
  EXPECT_EQ(bom_["specVersion"].text(), "1.5");
  EXPECT_EQ(bom_["metadata"]["timestamp"].text(), "2026-11-23T00:00:00Z");
}

TEST_F(CycloneDx, SystemAndEveryPackageAreComponents) {
  EXPECT_EQ(count(bom_["components"]), 4U);
  EXPECT_EQ((*bom_["components"].items().begin())["type"].text(), "operating-system");
}

TEST_F(CycloneDx, EverythingAffectedIsAComponent) {
  std::set<std::string> references;
  for (const base::Json component : bom_["components"].items())
    EXPECT_TRUE(references.insert(std::string(component["bom-ref"].text())).second);
  ASSERT_EQ(vulnerabilities_.size(), 2U);
  for (const base::Json vulnerability : vulnerabilities_) {
    EXPECT_GT(count(vulnerability["affects"]), 0U);
    for (const base::Json affected : vulnerability["affects"].items())
      EXPECT_TRUE(references.contains(std::string(affected["ref"].text())));
  }
}

TEST_F(CycloneDx, OwnRatingStandsBeforeTheSources) {
  ASSERT_EQ(vulnerabilities_.size(), 2U);
  ASSERT_EQ(count(vulnerabilities_[0]["ratings"]), 2U);
  const base::Json first = *vulnerabilities_[0]["ratings"].items().begin();
  EXPECT_EQ(first["source"]["name"].text(), "Vigil");
  EXPECT_EQ(first["method"].text(), "CVSSv31");
  EXPECT_EQ(first["severity"].text(), "high");
  EXPECT_EQ(count(vulnerabilities_[1]["ratings"]), 0U);
}

TEST_F(CycloneDx, WeaknessesAreNumbers) {
  ASSERT_EQ(vulnerabilities_.size(), 2U);
  EXPECT_EQ((*vulnerabilities_[0]["cwes"].items().begin()).integer(), 79);
}

TEST_F(CycloneDx, ProseIsNoAdvisory) {
  ASSERT_EQ(vulnerabilities_.size(), 2U);
  ASSERT_EQ(count(vulnerabilities_[0]["advisories"]), 1U);
  EXPECT_EQ((*vulnerabilities_[0]["advisories"].items().begin())["url"].text(),
            "https://example.org/a");
}

TEST_F(CycloneDx, SameReportSameSerialNumber) {
  findings::Report other = testing::report();
  EXPECT_EQ(find_format("cyclonedx")->write(other),
            find_format("cyclonedx")->write(testing::report()));
  ++other.time;
  EXPECT_NE(find_format("cyclonedx")->write(other),
            find_format("cyclonedx")->write(testing::report()));
}

TEST_F(CycloneDx, APackageInstalledTwiceIsTwoComponents) {
  findings::Report report = testing::report();
  model::Package again = report.inventory.packages.back();
  again.locations = {{"/srv/other/package-lock.json", 7}};
  report.inventory.packages.push_back(again);
  base::JsonParser parser;
  const auto root = parser.parse(find_format("cyclonedx")->write(report));
  ASSERT_TRUE(root);
  EXPECT_EQ(count((*root)["components"]), 5U);
}

}  // namespace
}  // namespace vigil::deliver
