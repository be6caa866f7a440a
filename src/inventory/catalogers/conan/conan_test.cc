#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

constexpr const char* kFirst = R"({
 "graph_lock": {
  "nodes": {
   "0": {
    "options": "openssl:shared=False",
    "requires": ["1"],
    "path": "../conanfile.py",
    "context": "host"
   },
   "1": {
    "ref": "openssl/1.1.1k#a1b2",
    "options": "shared=False",
    "package_id": "6af9cc7cb931c5ad942174fd7838eb655717c709",
    "prev": "0",
    "requires": ["2"],
    "build_requires": ["3"],
    "context": "host"
   },
   "2": {
    "ref": "zlib/1.2.11@mine/stable#c3d4",
    "context": "host"
   },
   "3": {
    "ref": "nasm/2.15.05",
    "requires": ["4"],
    "context": "build"
   },
   "4": {
    "ref": "zlib/1.2.11",
    "context": "build"
   }
  },
  "revisions_enabled": true
 },
 "version": "0.4"
}
)";

constexpr const char* kSecond = R"({
    "version": "0.5",
    "requires": [
        "zlib/1.2.13#97d5730b529b4224045fe7090592d4c1%1692672717.049",
        "own/0.1@me/testing#1%1"
    ],
    "build_requires": [
        "cmake/3.25.3#a1%1678444216.47"
    ],
    "python_requires": []
}
)";

constexpr const char* kConanfile = R"([requires]
zlib/1.2.13
# a comment
fmt/[>=8 <9]
openssl/3.0.8@_/_ # pinned

[tool_requires]
cmake/3.25.3

[options]
zlib/*:shared=True
)";

TEST(Conan, ReadsTheGraphOfConan1) {
  const Inventory inventory = scan_file("conan", "/src/conan.lock", kFirst);
  EXPECT_EQ(lines(inventory),
            "openssl 1.1.1k direct :11\n"
            "zlib 1.2.11 transitive :20 <- nasm@2.15.05,openssl@1.1.1k\n"
            "nasm 2.15.05 transitive [build] :24 <- openssl@1.1.1k\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:conan/openssl@1.1.1k");
  EXPECT_EQ(inventory.packages[1].package_url, "pkg:conan/zlib@1.2.11?channel=stable&user=mine");
  EXPECT_EQ(inventory.packages[0].ecosystem, "ConanCenter");
}

TEST(Conan, ReadsTheListsOfConan2) {
  EXPECT_EQ(lines(scan_file("conan", "/src/conan.lock", kSecond)),
            "zlib 1.2.13 :4\nown 0.1 :5\ncmake 3.25.3 [build] :8\n");
}

TEST(Conan, ReadsExactRequirementsOfAConanfile) {
  const Inventory inventory = scan_file("conan", "/src/conanfile.txt", kConanfile);
  EXPECT_EQ(lines(inventory),
            "zlib 1.2.13 direct :2\nopenssl 3.0.8 direct :5\ncmake 3.25.3 direct [build] :8\n");
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Declared);
  EXPECT_EQ(inventory.packages[1].package_url, "pkg:conan/openssl@3.0.8");
}

TEST(Conan, TheCacheOfConan1SaysNamesInItsPaths) {
  const Inventory inventory = scan_file(
      "conan", "/root/.conan/data/zlib/1.2.11/_/_/package/6af9/conaninfo.txt", "[settings]\n");
  EXPECT_EQ(lines(inventory), "zlib 1.2.11\n");
  EXPECT_EQ(inventory.packages.at(0).evidence, model::Evidence::Installed);
  EXPECT_EQ(lines(scan_file("conan", "/root/.conan2/p/b/zlib1/p/conaninfo.txt", "[settings]\n")),
            "");
}

TEST(Conan, WhatIsWrongIsNamed) {
  EXPECT_EQ(problems(scan_file("conan", "/conan.lock", R"({"requires": ["zlib", 7, "a/b"]})")),
            "/conan.lock: line 1: '' is no version of zlib\n/conan.lock: line 1: '' is no "
            "package's name\n");
  EXPECT_NE(problems(scan_file("conan", "/conan.lock", "[")), "");
}

}  // namespace
}  // namespace vigil::inventory
