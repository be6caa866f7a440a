#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;
using testing::Workshop;

constexpr const char* kDescription = R"(Package: readxl
Title: Read Excel Files
Version: 1.4.1
License: MIT + file LICENSE
Depends: R (>= 3.4)
Imports: cellranger, tibble (>= 2.0.1),
        utils
NeedsCompilation: yes
Repository: CRAN
Built: R 4.2.2; x86_64-pc-linux-gnu; 2022-11-21 01:02:03 UTC; unix
)";

constexpr const char* kRenv = R"json({
  "R": {"Version": "4.2.2", "Repositories": [{"Name": "CRAN", "URL": "https://cloud.r-project.org"}]},
  "Packages": {
    "BiocGenerics": {
      "Package": "BiocGenerics",
      "Version": "0.44.0",
      "Source": "Bioconductor"
    },
    "R6": {
      "Package": "R6",
      "Version": "2.5.1",
      "Source": "Repository",
      "Repository": "CRAN",
      "Requirements": ["R"]
    },
    "cli": {
      "Package": "cli",
      "Version": "3.6.0",
      "Source": "Repository",
      "Imports": ["utils", "R6 (>= 2.0)"],
      "License": "MIT + file LICENSE"
    }
  }
}
)json";

constexpr const char* kPackrat = R"(PackratFormat: 1.4
PackratVersion: 0.8.1
RVersion: 4.2.2
Repos: CRAN=https://cloud.r-project.org

Package: BH
Source: CRAN
Version: 1.66.0-1
Hash: 4cc8883584b955ed01f38f68bc03af6d

Package: later
Source: CRAN
Version: 1.3.0
Hash: 7e7b457d7766bc47f2a5f21cc2984f8e
Requires: BH, Rcpp,
    rlang
)";

TEST(R, ReadsAnInstalledPackage) {
  const Inventory inventory =
      scan_file("r", "/usr/local/lib/R/site-library/readxl/DESCRIPTION", kDescription);
  EXPECT_EQ(lines(inventory), "readxl 1.4.1 {MIT + file LICENSE}\n");
  EXPECT_EQ(inventory.packages.at(0).ecosystem, "CRAN");
  EXPECT_EQ(inventory.packages.at(0).package_url, "pkg:cran/readxl@1.4.1");
}

TEST(R, SourcesAndWhatComesWithRAreLeftAlone) {
  EXPECT_EQ(lines(scan_file("r", "/src/x/DESCRIPTION", "Package: x\nVersion: 1.0\n")), "");
  EXPECT_EQ(lines(scan_file("r", "/usr/lib/R/library/stats/DESCRIPTION",
                            "Package: stats\nVersion: 4.2.2\nPriority: base\nBuilt: R 4.2.2\n")),
            "");
  EXPECT_EQ(problems(scan_file("r", "/l/x/DESCRIPTION", "Package: x\nBuilt: R 4.2.2\n")),
            "/l/x/DESCRIPTION: '' is no version of x\n");
}

TEST(R, ReadsRenvLock) {
  const Inventory inventory = scan_file("r", "/srv/renv.lock", kRenv);
  EXPECT_EQ(lines(inventory),
            "BiocGenerics 0.44.0 :5\nR6 2.5.1 :10 <- cli@3.6.0\n"
            "cli 3.6.0 {MIT + file LICENSE} :17\n");
  EXPECT_EQ(inventory.packages[0].ecosystem, "Bioconductor");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:bioconductor/BiocGenerics@0.44.0");
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Locked);
  EXPECT_NE(problems(scan_file("r", "/renv.lock", "{\"Packages\": ")), "");
}

TEST(R, ReadsPackratLock) {
  EXPECT_EQ(lines(scan_file("r", "/srv/packrat/packrat.lock", kPackrat)),
            "BH 1.66.0-1 :6 <- later@1.3.0\nlater 1.3.0 :11\n");
}

TEST(R, ReadsWhatRItselfInstalls) {
  if (!Workshop::has("R")) GTEST_SKIP() << "R is not installed";
  const Workshop shop;
  ASSERT_TRUE(shop.run(R"(set -e; export HOME=$PWD
mkdir -p made/R library
printf 'Package: made\nVersion: 1.2-3\nTitle: Made\nDescription: Made in a test.\nLicense: GPL-3\nAuthor: x\nMaintainer: x <x@example.org>\n' >made/DESCRIPTION
echo 'export(f)' >made/NAMESPACE
echo 'f <- function() 1' >made/R/f.R
R CMD INSTALL --no-docs --no-byte-compile --no-test-load -l library made
)")) << "R failed";
  const auto view = tree::Directory::open(shop.path());
  ASSERT_TRUE(view);
  const Inventory inventory = scan_with("r", **view);
  EXPECT_EQ(lines(inventory), "made 1.2-3 {GPL-3}\n");
  EXPECT_EQ(inventory.packages.at(0).locations[0].path, "/library/made/DESCRIPTION");
}

}  // namespace
}  // namespace vigil::inventory
