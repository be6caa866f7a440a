#include "deliver/bill.h"

#include <gtest/gtest.h>

#include "base/json_tree.h"
#include "deliver/bills/spdx/license.h"
#include "inventory/document.h"
#include "inventory/sbom/sbom.h"

namespace vigil::deliver {
namespace {

/// Packages that use every field.
inventory::Inventory rich_inventory() {
  inventory::Inventory out;
  out.os = {.id = "debian",
            .id_like = {},
            .version = "12",
            .codename = {},
            .name = "Debian GNU/Linux 12 (bookworm)",
            .ecosystem = "Debian:12",
            .rolling = false,
            .extended_support = {"elts"}};
  model::Package ssl;
  ssl.ecosystem = "Debian:12";
  ssl.name = "libssl3";
  ssl.version = "3.0.15-1~deb12u1";
  ssl.architecture = "amd64";
  ssl.source_name = "openssl";
  ssl.source_version = "3.0.15-1~deb12u1";
  ssl.manager = "OS";
  ssl.package_url = "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12";
  ssl.vendor = "Debian";
  ssl.license = "a licence of \"its\" own";
  ssl.module = "m:1";
  ssl.locations = {{"/var/lib/dpkg/status", 12, 0, "sha256:aa"}, {"/usr/lib/libssl.so.3", 0, 99}};
  model::Package parent;
  parent.ecosystem = "npm";
  parent.name = parent.source_name = "@scope/a";
  parent.version = parent.source_version = "1.0.0";
  parent.manager = "NPM";
  parent.package_url = "pkg:npm/%40scope/a@1.0.0";
  parent.license = "MIT";
  parent.locations = {{"/app/package-lock.json", 5}};
  parent.evidence = model::Evidence::Locked;
  parent.relation = model::Relation::Direct;
  model::Package child = parent;
  child.name = child.source_name = "b";
  child.package_url = "pkg:npm/b@1.0.0";
  child.relation = model::Relation::Transitive;
  child.scope = "dev";
  child.parents = {"@scope/a@1.0.0"};
  model::Package unknown = parent;
  unknown.ecosystem = "conda";
  unknown.package_url = "pkg:conda/numpy@1.0.0";
  unknown.name = unknown.source_name = "numpy";
  unknown.evidence = model::Evidence::Binary;
  unknown.relation = model::Relation::Unknown;
  unknown.cpe = "cpe:2.3:a:numpy:numpy:1.0.0:*:*:*:*:*:*:*";
  unknown.symbols = "AQ==";
  out.packages = {ssl, parent, child, unknown};
  return out;
}

std::string write(std::string_view format, const inventory::Inventory& inventory) {
  findings::Resource resource;
  resource.id = "i-0123456789abcdef0";
  resource.name = "web-1";
  return find_bill(format)->write({resource, inventory, 1'795'392'000});
}

std::string packages_of(const inventory::Inventory& inventory) {
  inventory::Inventory only;
  only.os = inventory.os;
  only.packages = inventory.packages;
  return inventory::inventory_document(only);
}

class RoundTrip : public testing::TestWithParam<std::string> {};

TEST_P(RoundTrip, LosesNothingOfSystemAndPackages) {
  const inventory::Inventory inventory = rich_inventory();
  const auto read = inventory::read_sbom(write(GetParam(), inventory));
  ASSERT_TRUE(read) << read.error().text();
  inventory::Inventory back = read->inventory;
  back.os.codename.clear();
  back.os.id_like.clear();
  EXPECT_EQ(packages_of(back), packages_of(inventory));
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip, testing::Values("cyclonedx", "spdx"),
                         [](const auto& each) { return each.param; });

TEST(CycloneDxBill, SaysWhoRequiresWhom) {
  base::JsonParser parser;
  const std::string text = write("cyclonedx", rich_inventory());
  const auto root = parser.parse(text);
  ASSERT_TRUE(root);
  std::string of_subject;
  std::size_t count = 0;
  for (const base::Json& one : (*root)["dependencies"].items()) {
    ++count;
    if (one["ref"].text() == "i-0123456789abcdef0") {
      for (const base::Json& to : one["dependsOn"].items()) of_subject = to.text();
    }
  }
  EXPECT_EQ(count, 2U);
  for (const base::Json& component : (*root)["components"].items()) {
    if (component["name"].text() == "@scope/a") {
      EXPECT_EQ(component["bom-ref"].text(), of_subject);
    }
    if (component["name"].text() == "b") {
      EXPECT_EQ(component["scope"].text(), "excluded");
    }
  }
}

TEST(SpdxBill, HasWhatTheSpecificationDemands) {
  base::JsonParser parser;
  const std::string text = write("spdx", rich_inventory());
  const auto root = parser.parse(text);
  ASSERT_TRUE(root);
  EXPECT_EQ((*root)["spdxVersion"].text(), "SPDX-2.3");
  EXPECT_EQ((*root)["dataLicense"].text(), "CC0-1.0");
  std::size_t packages = 0;
  for (const base::Json& package : (*root)["packages"].items()) {
    ++packages;
    EXPECT_EQ(package["downloadLocation"].text(), "NOASSERTION");
    EXPECT_TRUE(package["SPDXID"].text().starts_with("SPDXRef-"));
  }
  EXPECT_EQ(packages, 6U) << "the subject, its system, four packages";
  std::size_t depends = 0;
  for (const base::Json& one : (*root)["relationships"].items()) {
    depends += one["relationshipType"].text() == "DEPENDS_ON" ? 1 : 0;
  }
  EXPECT_EQ(depends, 2U) << "the direct one and its child";
}

TEST(SpdxLicense, OnlyExpressionsOfKnownLicencesAreOne) {
  for (const std::string_view text :
       {"MIT", "MIT OR Apache-2.0", "(MIT AND BSD-3-Clause) OR GPL-2.0-only"}) {
    EXPECT_TRUE(spdx::is_license_expression(text)) << text;
  }
  for (const std::string_view text :
       {"", "mit", "MIT OR", "MIT Apache-2.0", "(MIT", "MIT)", "GPL", "AND", "()"}) {
    EXPECT_FALSE(spdx::is_license_expression(text)) << text;
  }
}

}  // namespace
}  // namespace vigil::deliver
