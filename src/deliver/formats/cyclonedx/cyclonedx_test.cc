#include <set>

#include "base/json_tree.h"
#include "deliver/format.h"
#include "deliver/testing.h"
#include "inventory/package_link.h"
#include "inventory/sbom/sbom.h"

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

model::Package packaged(std::string_view type, const inventory::OperatingSystem& os,
                        model::Package package) {
  package.ecosystem = os.ecosystem;
  package.architecture = "amd64";
  package.manager = "OS";
  package.locations = {{"/var/lib/database", 0}};
  package.package_url = inventory::package_link(
      type, os, package.name, package.version,
      {{"arch", package.architecture}, {"upstream", inventory::upstream_of(package)}});
  return package;
}

TEST_F(CycloneDx, ReadAgainItIsTheSameInventory) {
  inventory::OperatingSystem mint;
  mint.id = "linuxmint";
  mint.version = "21.3";
  mint.name = "Linux Mint 21.3";
  mint.ecosystem = "Ubuntu:22.04";
  inventory::OperatingSystem alpine;
  alpine.id = "alpine";
  alpine.version = "3.21.2";
  alpine.ecosystem = "Alpine:v3.21";
  model::Package plain;
  plain.name = plain.source_name = "bash";
  plain.version = plain.source_version = "1:5.1-6";
  plain.vendor = "Acme";
  model::Package binary;
  binary.name = "libgcc1";
  binary.version = "1:12.2-1";
  binary.source_name = "gcc-12";
  binary.source_version = "12.2-1";
  binary.license = "GPL-3.0";
  for (const auto& [type, os] : {std::pair("deb", mint), std::pair("apk", alpine)}) {
    findings::Report report = testing::report();
    report.inventory = {};
    report.inventory.os = os;
    report.inventory.packages = {packaged(type, os, plain), packaged(type, os, binary)};
    report.inventory.runtime.emplace().kernel_release = "6.1.0";
    const auto sbom = inventory::read_sbom(find_format("cyclonedx")->write(report));
    ASSERT_TRUE(sbom) << sbom.error().text();
    EXPECT_EQ(sbom->inventory.os.id, os.id);
    EXPECT_EQ(sbom->inventory.os.version, os.version);
    EXPECT_EQ(sbom->inventory.os.ecosystem, os.ecosystem);
    EXPECT_EQ(sbom->inventory.runtime->kernel_release, "6.1.0");
    ASSERT_EQ(sbom->inventory.packages.size(), 2U) << type;
    for (std::size_t i = 0; i < 2; ++i) {
      const model::Package& was = report.inventory.packages[i];
      const model::Package& is = sbom->inventory.packages[i];
      EXPECT_EQ(is.ecosystem, was.ecosystem);
      EXPECT_EQ(is.name, was.name);
      EXPECT_EQ(is.version, was.version);
      EXPECT_EQ(is.architecture, was.architecture);
      EXPECT_EQ(is.source_name, was.source_name);
      EXPECT_EQ(is.source_version, was.source_version);
      EXPECT_EQ(is.manager, was.manager);
      EXPECT_EQ(is.package_url, was.package_url);
      EXPECT_EQ(is.vendor, was.vendor);
      EXPECT_EQ(is.license, was.license);
      ASSERT_EQ(is.locations.size(), 1U);
      EXPECT_EQ(is.locations[0].path, "/var/lib/database");
    }
  }
}

}  // namespace
}  // namespace vigil::deliver
