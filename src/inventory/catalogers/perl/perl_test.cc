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

// As Carton 1.0 writes it.
constexpr const char* kSnapshot = R"(# carton snapshot format: version 1.0
DISTRIBUTIONS
  IO-Socket-IP-0.41
    pathname: P/PE/PEVANS/IO-Socket-IP-0.41.tar.gz
    provides:
      IO::Socket::IP 0.41
    requirements:
      ExtUtils::MakeMaker 0
      perl 5.006001
  Mojolicious-9.26
    pathname: S/SR/SRI/Mojolicious-9.26.tar.gz
    provides:
      Mojo undef
      Mojolicious 9.26
    requirements:
      IO::Socket::IP 0.37
  Readonly-v2.05-TRIAL
    pathname: S/SA/SANKO/Readonly-v2.05-TRIAL.tar.gz
    provides:
      Readonly 2.05
    requirements:
      Mojo 0
)";

TEST(Perl, ReadsTheSnapshotWithParentsByModule) {
  const Inventory inventory = scan_file("perl", "/srv/cpanfile.snapshot", kSnapshot);
  EXPECT_EQ(lines(inventory),
            "IO-Socket-IP 0.41 :3 <- Mojolicious@9.26\n"
            "Mojolicious 9.26 :10 <- Readonly@v2.05-TRIAL\n"
            "Readonly v2.05-TRIAL :17\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[1].package_url, "pkg:cpan/SRI/Mojolicious@9.26");
  EXPECT_EQ(inventory.packages[1].ecosystem, "cpan");
}

TEST(Perl, ReadsInstalledMetadata) {
  const char* path = "/app/local/lib/perl5/x86_64-linux/.meta/Mojolicious-9.26/MYMETA.json";
  const Inventory inventory = scan_file(
      "perl", path, R"({"name": "Mojolicious", "version": "9.26", "license": ["artistic_2"]})");
  EXPECT_EQ(lines(inventory), "Mojolicious 9.26 {artistic_2}\n");
  EXPECT_EQ(inventory.packages.at(0).evidence, model::Evidence::Installed);
  EXPECT_EQ(lines(scan_file("perl", "/src/build/MYMETA.json", "{\"name\": \"x\"}")), "");
}

TEST(Perl, ADistributionWithoutAVersionIsAProblem) {
  EXPECT_EQ(problems(scan_file("perl", "/cpanfile.snapshot",
                               "DISTRIBUTIONS\n  No-Version\n    provides:\n      No 0\n")),
            "/cpanfile.snapshot: line 2: '' is no version of No-Version\n");
}

TEST(Perl, ReadsWhatMakeMakerItselfWrites) {
  if (std::system("perl -MExtUtils::MakeMaker -MJSON::PP -e 1 >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "Perl's ExtUtils::MakeMaker is not installed";
  }
  const Workshop shop;
  ASSERT_TRUE(shop.run(R"(set -e; export HOME=$PWD
mkdir -p made .meta/Made-Up-1.23
cd made
echo 'use ExtUtils::MakeMaker; WriteMakefile(NAME => "Made::Up", VERSION => "1.23", LICENSE => "perl_5");' >Makefile.PL
perl Makefile.PL
cp MYMETA.json ../.meta/Made-Up-1.23/
)")) << "perl failed";
  const auto view = tree::Directory::open(shop.path());
  ASSERT_TRUE(view);
  EXPECT_EQ(lines(scan_with("perl", **view)), "Made-Up 1.23 {perl_5}\n");
}

}  // namespace
}  // namespace vigil::inventory
