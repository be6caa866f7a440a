#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;

constexpr const char* kStatus = R"(Package: zlib
Version: 1.2.12
Architecture: x64-linux
Multi-Arch: same
Abi: 0d0f
Status: purge ok not-installed

Package: zlib
Version: 1.2.13
Port-Version: 1
Depends: vcpkg-cmake:x64-linux
Architecture: x64-linux
Multi-Arch: same
Status: install ok installed

Package: libpng
Version: 1.6.37
Port-Version: 0
Depends: zlib
Architecture: x64-linux
Status: install ok installed

Package: libpng
Feature: apng
Architecture: x64-linux
Status: install ok installed

Package: gone
Version: 1
Architecture: x64-linux
Status: purge ok not-installed
)";

constexpr const char* kSpdx = R"({
  "spdxVersion": "SPDX-2.2",
  "packages": [
    {"name": "zlib", "SPDXID": "SPDXRef-port", "versionInfo": "1.2.13#1",
     "licenseConcluded": "Zlib", "licenseDeclared": "NOASSERTION"},
    {"name": "zlib:x64-linux", "SPDXID": "SPDXRef-binary", "versionInfo": "0d0f"}
  ]
})";

TEST(Vcpkg, TheLastParagraphOfAPackageCounts) {
  tree::Memory view;
  view.file("/opt/vcpkg/installed/vcpkg/status", kStatus);
  view.file("/opt/vcpkg/installed/x64-linux/share/zlib/vcpkg.spdx.json", kSpdx);
  const Inventory inventory = scan_with("vcpkg", view);
  EXPECT_EQ(lines(inventory),
            "libpng 1.6.37 (x64-linux) :16\n"
            "zlib 1.2.13#1 {Zlib} (x64-linux) :8 <- libpng@1.6.37\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[1].package_url, "pkg:vcpkg/zlib@1.2.13%231?triplet=x64-linux");
}

TEST(Vcpkg, WithoutTheDatabaseTheDocumentsCount) {
  EXPECT_EQ(lines(scan_file("vcpkg", "/app/x64-linux/share/zlib/vcpkg.spdx.json", kSpdx)),
            "zlib 1.2.13#1 {Zlib}\n");
}

TEST(Vcpkg, OfAManifestOnlyOverridesAreExact) {
  const Inventory inventory = scan_file("vcpkg", "/src/vcpkg.json", R"({
  "name": "shop", "version": "1.0",
  "dependencies": ["boost-asio", {"name": "fmt", "version>=": "7.0.0"}],
  "overrides": [
    {"name": "fmt", "version": "7.1.3", "port-version": 2},
    {"name": "zlib", "version-string": "1.2.8"}
  ]})");
  EXPECT_EQ(lines(inventory), "fmt 7.1.3#2 direct :5\nzlib 1.2.8 transitive :6\n");
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Declared);
}

TEST(Vcpkg, WhatIsWrongIsNamed) {
  EXPECT_EQ(
      problems(scan_file("vcpkg", "/i/vcpkg/status", "Package: a\nStatus: install ok installed\n")),
      "/i/vcpkg/status: line 1: '' is no version of a\n");
  EXPECT_NE(problems(scan_file("vcpkg", "/vcpkg.json", "{")), "");
}

}  // namespace
}  // namespace vigil::inventory
