#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

// Shortened from what cabal-install 3.8 writes.
constexpr const char* kFreeze = R"(active-repositories: hackage.haskell.org:merge
constraints: any.aeson ==2.1.0.0,
             aeson -cffi +ordered-keymap,
             any.base ==4.16.4.0,
             any.ghc-prim installed,
             any.text ==1.2.5.0 || ==2.0.1
index-state: hackage.haskell.org 2023-01-01T00:00:00Z
)";

// Shortened from a package of GHC 9.0.
constexpr const char* kInstalled = R"(name:                 aeson
version:              2.1.0.0
visibility:           public
id:                   aeson-2.1.0.0-3f2e
license:              BSD-3-Clause
description:
    A JSON parsing library.
    version: not this one
depends:
    base-4.16.4.0
    text-1.2.5.0
)";

TEST(Cabal, ReadsWhatIsFrozenToOneVersion) {
  const Inventory inventory = scan_file("cabal", "/srv/cabal.project.freeze", kFreeze);
  EXPECT_EQ(lines(inventory), "aeson 2.1.0.0 :2\nbase 4.16.4.0 :4\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:hackage/aeson@2.1.0.0");
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Locked);
}

TEST(Cabal, ReadsPackageDatabases) {
  for (const char* directory :
       {"/root/.cabal/store/ghc-9.0.2/package.db", "/var/lib/ghc/package.conf.d"}) {
    const Inventory inventory =
        scan_file("cabal", std::string(directory) + "/aeson-2.1.0.0-3f2e.conf", kInstalled);
    EXPECT_EQ(lines(inventory), "aeson 2.1.0.0 {BSD-3-Clause} :2\n");
    EXPECT_EQ(inventory.packages.at(0).evidence, model::Evidence::Installed);
  }
  EXPECT_EQ(lines(scan_file("cabal", "/var/lib/ghc/package.conf.d/x.conf",
                            "name:\n    x\nversion:\n    1.2\n")),
            "x 1.2 :3\n");
}

TEST(Cabal, OtherFilesOfThatNameAreLeftAloneAndBrokenOnesNamed) {
  EXPECT_EQ(lines(scan_file("cabal", "/etc/fonts/x.conf", kInstalled)), "");
  EXPECT_EQ(problems(scan_file("cabal", "/var/lib/ghc/package.conf.d/x.conf", "name: x\n")),
            "/var/lib/ghc/package.conf.d/x.conf: '' is no version of x\n");
  EXPECT_EQ(problems(scan_file("cabal", "/cabal.project.freeze", "constraints: ==1,\n any.a ==\n")),
            "/cabal.project.freeze: line 1: '' is no package's name\n"
            "/cabal.project.freeze: line 2: '' is no version of a\n");
}

}  // namespace
}  // namespace vigil::inventory
