#include <gtest/gtest.h>

#include <set>

#include "inventory/catalogers/apk/installed.h"
#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

constexpr const char* kDatabase =
    "C:Q1abc=\nP:libcrypto3\nV:3.3.2-r4\nA:x86_64\nS:1\nI:2\nT:Crypto library from openssl\n"
    "U:https://www.openssl.org/\nL:Apache-2.0\no:openssl\nm:Maintainer "
    "<m@example.org>\nt:1\nc:abc\n"
    "D:so:libc.musl-x86_64.so.1\nF:usr\nF:usr/lib\nR:libcrypto.so.3\na:0:0:755\nZ:Q1x=\n\n"
    "P:musl\nV:1.2.5-r8\nA:x86_64\nF:lib\nR:ld-musl-x86_64.so.1\nF:\nR:top\n\n";

constexpr const char* kAlpine = "ID=alpine\nVERSION_ID=3.21.2\n";

TEST(Apk, ReadsPackagesWithTheirOrigin) {
  tree::Memory view;
  view.file("/etc/os-release", kAlpine).file("/lib/apk/db/installed", kDatabase);
  const Inventory inventory = scan_tree(view);
  ASSERT_EQ(inventory.packages.size(), 2U);
  EXPECT_TRUE(inventory.problems.empty());
  const model::Package& crypto = inventory.packages[0];
  EXPECT_EQ(crypto.ecosystem, "Alpine:v3.21");
  EXPECT_EQ(crypto.name, "libcrypto3");
  EXPECT_EQ(crypto.version, "3.3.2-r4");
  EXPECT_EQ(crypto.architecture, "x86_64");
  EXPECT_EQ(crypto.source_name, "openssl");
  EXPECT_EQ(crypto.source_version, "3.3.2-r4");
  EXPECT_EQ(crypto.license, "Apache-2.0");
  EXPECT_EQ(crypto.package_url,
            "pkg:apk/alpine/libcrypto3@3.3.2-r4?arch=x86_64&distro=alpine-3.21.2&upstream=openssl");
  EXPECT_EQ(inventory.packages[1].source_name, "musl") << "no origin: its own source";
  EXPECT_EQ(inventory.packages[1].locations[0].line, 21U);
}

TEST(Apk, OneDatabaseUnderTwoNamesIsReadOnce) {
  tree::Memory view;
  view.file("/etc/os-release", kAlpine)
      .file("/usr/lib/apk/db/installed", kDatabase)
      .link("/lib", "usr/lib");
  EXPECT_EQ(scan_tree(view).packages.size(), 2U);
}

TEST(Apk, NamesEveryFile) {
  tree::Memory view;
  view.file("/etc/os-release", kAlpine).file("/lib/apk/db/installed", kDatabase);
  const Inventory inventory = scan_tree(view);
  std::set<std::string> files;
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->files == nullptr) continue;
    cataloger->files(view, inventory.packages, [&](std::size_t index, std::string_view path) {
      files.insert(inventory.packages[index].name + " " + std::string(path));
    });
  }
  EXPECT_EQ(files, (std::set<std::string>{"libcrypto3 /usr/lib/libcrypto.so.3",
                                          "musl /lib/ld-musl-x86_64.so.1", "musl /top"}));
}

TEST(Apk, BadParagraphsAndACutFileAreNamed) {
  std::vector<Problem> problems;
  const auto records = apk::parse_installed(
      "P:one\nV:1-r0\n\nP:no version\n\nV:1-r0\n\nnonsense\n\nP:two\nV:2-r0\n\nP:three\nV:3", "db",
      problems);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].name, "two");
  EXPECT_EQ(problems.size(), 5U);
}

TEST(Apk, FilesOfABrokenParagraphBelongToNobody) {
  std::vector<std::string> files;
  apk::visit_files("P:one\nV:1-r0\nF:a\nR:b\n\nP:broken\nF:x\nR:y\n\nP:two\nV:1-r0\nF:a\nR:c\n\n",
                   [&](std::size_t index, std::string_view path) {
                     files.push_back(std::to_string(index) + " " + std::string(path));
                   });
  EXPECT_EQ(files, (std::vector<std::string>{"0 /a/b", "1 /a/c"}));
}

}  // namespace
}  // namespace vigil::inventory
