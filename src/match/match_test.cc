// The rules of matching, each by name. The intelligence is written here, statement by statement, and
// compiled like any other.
#include "match/match.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include "base/file.h"
#include "intel/compile.h"
#include "model/package_url.h"
#include "model/symbol_set.h"

namespace vigil::match {
namespace {

using inventory::Inventory;
using model::FixState;
using model::Package;

const intel::Feed kTracker{"debian-tracker", "", "", {}, 1, nullptr, nullptr, 30};
const intel::Feed kOsv{"osv", "", "", {}, 1, nullptr, nullptr, 20};

class MatchRules : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "vigil-match-" + std::to_string(::getpid());
    writer_.begin_document(kTracker);
  }
  void TearDown() override {
    std::filesystem::remove(path_ + ".segment");
    std::filesystem::remove(path_ + ".intel");
  }

  void say(std::string ecosystem, std::string package, std::string id, FixState state,
           std::string fixed_version = "", std::string word = "") {
    intel::Statement statement;
    statement.ecosystem = std::move(ecosystem);
    statement.package = std::move(package);
    statement.vulnerability = std::move(id);
    statement.state = state;
    if (!fixed_version.empty()) statement.ranges = {{"", std::move(fixed_version), ""}};
    statement.vendor_severity = std::move(word);
    writer_.statement(std::move(statement));
  }

  void compile() {
    ASSERT_TRUE(base::write_file_atomically(path_ + ".segment", writer_.take()));
    auto segment = intel::Segment::open(path_ + ".segment");
    ASSERT_TRUE(segment);
    auto bytes = intel::compile({{&*segment, {"a", "a", "directory", 0, false, "", {}}}}, 0);
    ASSERT_TRUE(bytes);
    ASSERT_TRUE(base::write_file_atomically(path_ + ".intel", *bytes));
    auto snapshot = intel::Snapshot::open(path_ + ".intel");
    ASSERT_TRUE(snapshot) << snapshot.error().text();
    snapshot_.emplace(std::move(*snapshot));
  }

  Package& install(std::string ecosystem, std::string name, std::string version) {
    Package package;
    package.ecosystem = std::move(ecosystem);
    package.name = std::move(name);
    package.version = std::move(version);
    package.package_url =
        package.ecosystem.starts_with("Debian") || package.ecosystem.starts_with("Ubuntu")
            ? "pkg:deb/debian/" + package.name
            : "pkg:generic/" + package.name;
    inventory_.packages.push_back(std::move(package));
    return inventory_.packages.back();
  }

  /// "CVE-... package fixed-version", one a pair.
  std::vector<std::string> found(const Options& options = {}) {
    if (!snapshot_) compile();
    matches_ = match(inventory_, *snapshot_, options);
    std::vector<std::string> lines;
    for (const Match& match : matches_.matches) {
      for (const AffectedPackage& affected : match.packages) {
        lines.push_back(std::string(snapshot_->vulnerability_id(match.vulnerability)) + " " +
                        inventory_.packages[affected.package].name + " " + affected.fixed_version);
      }
    }
    return lines;
  }

  using Lines = std::vector<std::string>;
  std::string path_;
  intel::SegmentWriter writer_{"test"};
  std::optional<intel::Snapshot> snapshot_;
  Inventory inventory_;
  Matches matches_;
};

TEST_F(MatchRules, DebianAdvisoriesSpeakOfTheSourcePackageAndItsVersion) {
  // libldb2's own version carries samba's behind it; only the source version compares.
  say("Debian:12", "samba", "CVE-2024-0001", FixState::Fixed, "2:4.17.12+dfsg-0+deb12u1");
  Package& ldb = install("Debian:12", "libldb2", "2:2.6.2+samba4.17.12+dfsg-0+deb12u1");
  ldb.source_name = "samba";
  ldb.source_version = "2:4.17.12+dfsg-0+deb12u1";
  Package& old = install("Debian:12", "samba-libs", "2:4.17.9+dfsg-0+deb12u3");
  old.source_name = "samba";
  old.source_version = "2:4.17.9+dfsg-0+deb12u3";
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 samba-libs 2:4.17.12+dfsg-0+deb12u1"});
}

TEST_F(MatchRules, OneFindingPerVulnerabilityWithAllItsPackages) {
  say("Debian:12", "openssl", "CVE-2024-0001", FixState::Fixed, "3.0.15-1~deb12u1");
  for (const char* name : {"openssl", "libssl3"}) {
    Package& package = install("Debian:12", name, "3.0.11-1~deb12u2");
    package.source_name = "openssl";
    package.source_version = package.version;
  }
  EXPECT_EQ(found().size(), 2U);
  ASSERT_EQ(matches_.matches.size(), 1U);
  EXPECT_EQ(matches_.matches[0].packages.size(), 2U);
}

TEST_F(MatchRules, NotAffectedSuppressesAndCanBeShown) {
  say("Debian:12", "openssl", "CVE-2024-0001", FixState::NotAffected);
  writer_.begin_document(kOsv);
  say("Debian:12", "openssl", "CVE-2024-0001", FixState::Fixed, "9");
  install("Debian:12", "openssl", "3.0.11-1");
  EXPECT_TRUE(found().empty());
  ASSERT_EQ(matches_.suppressed.size(), 1U);
  EXPECT_EQ(matches_.suppressed[0].why, "not affected");
}

TEST_F(MatchRules, DebianStatesOfTheFixAreKept) {
  say("Debian:12", "a", "CVE-2024-0001", FixState::Deferred);
  say("Debian:12", "a", "CVE-2024-0002", FixState::EndOfLife);
  say("Debian:12", "a", "CVE-2024-0003", FixState::WillNotFix);
  say("Debian:12", "a", "CVE-2024-0004", FixState::UnderInvestigation);
  say("Debian:12", "a", "CVE-2024-0005", FixState::Affected);
  install("Debian:12", "a", "1");
  EXPECT_EQ(found().size(), 4U) << "under investigation is not reported";
  EXPECT_EQ(matches_.matches[0].packages[0].state, FixState::Deferred);
  EXPECT_EQ(matches_.matches[1].packages[0].state, FixState::EndOfLife);
  EXPECT_EQ(matches_.matches[2].packages[0].state, FixState::WillNotFix);
}

TEST_F(MatchRules, DebianUnimportantIsLeftOutUnlessAskedFor) {
  say("Debian:12", "a", "CVE-2024-0001", FixState::Affected, "", "unimportant");
  install("Debian:12", "a", "1");
  EXPECT_TRUE(found().empty());
  ASSERT_EQ(matches_.suppressed.size(), 1U);
  EXPECT_EQ(matches_.suppressed[0].why, "unimportant");
  EXPECT_EQ(found({.unimportant = true}).size(), 1U);
}

TEST_F(MatchRules, StableUpdateSortsBelowTheSameVersionOfUnstable) {
  say("Debian:12", "openjdk-17", "CVE-2024-0001", FixState::Fixed, "17.0.15+6-1~deb12u1");
  install("Debian:12", "openjdk-17", "17.0.15+6-1~deb12u1");
  install("Debian:12", "openjdk-17", "17.0.14+7-1~deb12u1");
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 openjdk-17 17.0.15+6-1~deb12u1"});
}

TEST_F(MatchRules, OnlyTheRunningKernelCounts) {
  say("Debian:12", "linux", "CVE-2024-0001", FixState::Fixed, "6.1.192-1");
  for (const char* name : {"linux-image-6.1.0-40-amd64", "linux-image-6.1.0-39-amd64",
                           "linux-libc-dev", "linux-headers-6.1.0-40-amd64"}) {
    Package& package = install("Debian:12", name, "6.1.187-1");
    package.source_name = "linux";
    package.source_version = "6.1.187-1";
  }
  inventory_.runtime.emplace();
  inventory_.runtime->kernel_release = "6.1.0-40-amd64";
  inventory_.runtime->machine = inventory::Machine::VirtualMachine;
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 linux-image-6.1.0-40-amd64 6.1.192-1"});
  EXPECT_EQ(matches_.suppressed.size(), 3U);
  EXPECT_EQ(found({.all_kernels = true}).size(), 4U);
}

TEST_F(MatchRules, NoKernelRunsFromATreeOrInAContainer) {
  say("Debian:12", "linux", "CVE-2024-0001", FixState::Fixed, "6.1.192-1");
  Package& image = install("Debian:12", "linux-image-6.1.0-40-amd64", "6.1.187-1");
  image.source_name = "linux";
  image.source_version = "6.1.187-1";
  EXPECT_TRUE(found().empty());
  inventory_.runtime.emplace();
  inventory_.runtime->kernel_release = "6.1.0-40-amd64";
  inventory_.runtime->machine = inventory::Machine::Container;
  EXPECT_TRUE(found().empty());
}

TEST_F(MatchRules, SignedKernelIsItsPlainSource) {
  say("Debian:12", "linux", "CVE-2024-0001", FixState::Fixed, "6.1.187-1");
  say("Debian:12", "linux", "CVE-2024-0002", FixState::Fixed, "6.1.192-1");
  Package& image = install("Debian:12", "linux-image-6.1.0-40-amd64", "6.1.187-1");
  image.source_name = "linux-signed-amd64";
  image.source_version = "6.1.187+1";
  inventory_.runtime.emplace();
  inventory_.runtime->kernel_release = "6.1.0-40-amd64";
  inventory_.runtime->machine = inventory::Machine::Metal;
  EXPECT_EQ(found(), Lines{"CVE-2024-0002 linux-image-6.1.0-40-amd64 6.1.192-1"});
}

TEST_F(MatchRules, UbuntuFixOfProNeedsPro) {
  say("Ubuntu:20.04", "zlib", "CVE-2024-0001", FixState::Affected);
  say("Ubuntu:Pro:20.04", "zlib", "CVE-2024-0001", FixState::Fixed, "1:1.2.11-2ubuntu1.5+esm1");
  install("Ubuntu:20.04", "zlib", "1:1.2.11-2ubuntu1.5");
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 zlib "});
  EXPECT_THAT(matches_.matches[0].packages[0].note, testing::HasSubstr("Ubuntu Pro"));
  EXPECT_EQ(matches_.matches[0].packages[0].state, FixState::Affected);
  inventory_.os.extended_support = {"esm-infra"};
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 zlib 1:1.2.11-2ubuntu1.5+esm1"});
  EXPECT_EQ(matches_.matches[0].packages[0].state, FixState::Fixed);
}

TEST_F(MatchRules, UbuntuPackageFromProIsFixed) {
  say("Ubuntu:20.04", "zlib", "CVE-2024-0001", FixState::Affected);
  say("Ubuntu:Pro:20.04", "zlib", "CVE-2024-0001", FixState::Fixed, "1:1.2.11-2ubuntu1.5+esm1");
  install("Ubuntu:20.04", "zlib", "1:1.2.11-2ubuntu1.5+esm1");
  EXPECT_TRUE(found().empty());
}

TEST_F(MatchRules, AlpineAdvisoriesSpeakOfTheOrigin) {
  say("Alpine:v3.21", "openssl", "CVE-2024-0001", FixState::Fixed, "3.3.2-r1");
  Package& library = install("Alpine:v3.21", "libcrypto3", "3.3.2-r0");
  library.source_name = "openssl";
  library.source_version = "3.3.2-r0";
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 libcrypto3 3.3.2-r1"});
}

TEST_F(MatchRules, NamesAreFoldedAsTheEcosystemDoes) {
  say("PyPI", "Foo.Bar", "CVE-2024-0001", FixState::Fixed, "2.0");
  install("PyPI", "foo_bar", "1.0");
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 foo_bar 2.0"});
}

TEST_F(MatchRules, EcosystemsAreNeverMixed) {
  say("Debian:12", "openssl", "CVE-2023-5363", FixState::Fixed, "9");
  install("RubyGems", "openssl", "3.2.0");
  install("Debian:11", "openssl", "1.1.1");
  EXPECT_TRUE(found().empty());
  EXPECT_EQ(matches_.unassessed.size(), 2U);
}

TEST_F(MatchRules, SeveralRangesEachNeedTheirOwnFix) {
  intel::Statement statement;
  statement.ecosystem = "PyPI";
  statement.package = "django";
  statement.vulnerability = "CVE-2024-0001";
  statement.state = FixState::Fixed;
  statement.ranges = {{"3.2", "3.2.25", ""}, {"4.2", "4.2.11", ""}};
  writer_.statement(statement);
  install("PyPI", "django", "3.2.1");
  install("PyPI", "django", "4.2.11");
  install("PyPI", "django", "4.2.10");
  install("PyPI", "django", "2.2");
  EXPECT_EQ(found(), (Lines{"CVE-2024-0001 django 3.2.25", "CVE-2024-0001 django 4.2.11"}));
}

TEST_F(MatchRules, LastAffectedIsInclusive) {
  intel::Statement statement;
  statement.ecosystem = "PyPI";
  statement.package = "a";
  statement.vulnerability = "CVE-2024-0001";
  statement.ranges = {{"1", "", "2"}};
  statement.versions = {"5"};
  writer_.statement(statement);
  for (const char* version : {"0.9", "1", "2", "2.0.1", "5", "5.1"}) install("PyPI", "a", version);
  EXPECT_EQ(found().size(), 3U);
}

TEST_F(MatchRules, VersionsThatCannotBeOrderedAreNotAssessed) {
  say("PyPI", "a", "CVE-2024-0001", FixState::Fixed, "2");
  install("PyPI", "a", "not a version");
  EXPECT_TRUE(found().empty());
  ASSERT_EQ(matches_.unassessed.size(), 1U);
  EXPECT_THAT(matches_.unassessed[0].why, testing::HasSubstr("cannot be ordered"));
}

TEST_F(MatchRules, ThirdPartyPackagesAreNotTheDistributions) {
  say("Debian:12", "postgresql-15", "CVE-2024-0001", FixState::Fixed, "15.9-0+deb12u1");
  install("Debian:12", "postgresql-15", "15.8-1.pgdg120+1");
  install("Debian:12", "postgresql-15", "15.8-0+deb12u1").vendor = "Docker";
  install("Debian:12", "postgresql-15", "15.8-0+deb12u1").vendor =
      "Debian PostgreSQL <pg@tracker.debian.org>";
  EXPECT_EQ(found().size(), 1U);
  ASSERT_EQ(matches_.unassessed.size(), 1U);
  EXPECT_EQ(matches_.unassessed[0].packages.size(), 2U);
}

TEST_F(MatchRules, ArchitectureRestrictsAStatement) {
  intel::Statement statement;
  statement.ecosystem = "Debian:12";
  statement.package = "a";
  statement.vulnerability = "CVE-2024-0001";
  statement.state = FixState::Affected;
  statement.architectures = {"i386"};
  writer_.statement(statement);
  install("Debian:12", "a", "1").architecture = "amd64";
  install("Debian:12", "a", "1").architecture = "i386";
  EXPECT_EQ(found().size(), 1U);
}

/// Why a package was not assessed; empty if it was.
class NotAssessed : public MatchRules {
 protected:
  std::string why(std::string ecosystem, std::string name, std::string version) {
    if (!snapshot_) {
      for (const char* known : {"PyPI", "npm", "Maven", "Go", "Packagist", "GitHub Actions"}) {
        say(known, "a", "CVE-2024-0001", FixState::Fixed, "2.0.0");
      }
      compile();
    }
    inventory_.packages.clear();
    install(std::move(ecosystem), std::move(name), std::move(version));
    const Matches matches = match(inventory_, *snapshot_, {});
    EXPECT_TRUE(matches.unassessed.empty() || matches.matches.empty());
    return matches.unassessed.empty() ? "" : matches.unassessed[0].why;
  }
};

TEST_F(NotAssessed, WhatNobodyPublishesAdvisoriesFor) {
  EXPECT_EQ(why("", "a", "1"), "no advisories are known for this kind of package");
  EXPECT_EQ(why("conda", "numpy", "1"), "nobody publishes advisories for packages of conda");
  EXPECT_EQ(why("cpan", "Moose", "1"), "nobody publishes advisories for packages of cpan");
  EXPECT_EQ(why("Hex", "a", "1.0.0"), "the intelligence holds nothing about Hex");
  EXPECT_EQ(why("npm", "a", "1.0.0"), "");
}

TEST_F(NotAssessed, VersionsThatAreNone) {
  EXPECT_EQ(why("npm", "a", ""), "its version is not known");
  EXPECT_EQ(why("npm", "a", " "), "its version is not known");
  EXPECT_EQ(why("Maven", "g:a", "${project.version}"),
            "its version is a placeholder that is not filled in");
  for (const char* range : {"*", "^1.0.0", "~1.0", ">=1.0.0 <2", "1.x", "latest", "1 || 2"}) {
    EXPECT_EQ(why("npm", "a", range), "only a range of versions is known, not the one that is used")
        << range;
  }
  EXPECT_EQ(why("PyPI", "a", "~=1.0"),
            "only a range of versions is known, not the one that is used");
  EXPECT_EQ(why("Go", "a", "(devel)"), "it was built from a working tree without a version");
  EXPECT_EQ(why("Packagist", "a/a", "dev-main"),
            "it follows a branch, which has no place among the versions");
}

TEST_F(NotAssessed, AnArtifactWithoutItsGroup) {
  EXPECT_EQ(why("Maven", "log4j-core", "2.14.1"),
            "its group is not known, without which an artifact may be anybody's");
}

TEST_F(NotAssessed, ActionsPinnedToACommitOrFollowingABranch) {
  EXPECT_EQ(why("GitHub Actions", "a", "11bd71901bbe5b1630ceea73d27597364c9af683"),
            "it is pinned to a commit, which has no place among the versions");
  EXPECT_EQ(why("GitHub Actions", "a", "main"),
            "it follows a branch, which has no place among the versions");
  EXPECT_EQ(why("GitHub Actions", "a", "v1"), "");
}

/// Which of the versions are below the fix, each in its ecosystem's order and spelling.
struct LanguageCase {
  const char* title;
  const char* ecosystem;
  const char* said;  ///< the name in the advisory
  const char* fixed;
  const char* name;  ///< the name in the inventory
  std::vector<std::string> affected;
  std::vector<std::string> safe;
};

class Languages : public MatchRules, public testing::WithParamInterface<LanguageCase> {};

TEST_P(Languages, AreMatchedByTheirOwnRules) {
  const LanguageCase& one = GetParam();
  say(one.ecosystem, one.said, "CVE-2024-0001", FixState::Fixed, one.fixed);
  Lines expected;
  for (const std::string& version : one.affected) {
    install(one.ecosystem, one.name, version);
    expected.push_back("CVE-2024-0001 " + std::string(one.name) + " " + one.fixed);
  }
  for (const std::string& version : one.safe) install(one.ecosystem, one.name, version);
  EXPECT_EQ(found(), expected);
  for (const Unassessed& unassessed : matches_.unassessed) ADD_FAILURE() << unassessed.why;
}

INSTANTIATE_TEST_SUITE_P(
    Match, Languages,
    testing::Values(
        LanguageCase{
            "Pep503Names", "PyPI", "Zope.Interface", "5.0", "zope_interface", {"4.9"}, {"5.0"}},
        LanguageCase{"Pep440",
                     "PyPI",
                     "a",
                     "1.0",
                     "a",
                     {"1.0rc1", "1.0.dev3", "0.9.post1"},
                     {"1!0.1", "1.0.post1"}},
        LanguageCase{"Pep440LocalVersions",
                     "PyPI",
                     "torch",
                     "1.13.1",
                     "torch",
                     {"1.13.0+cu117"},
                     {"1.13.1+cpu", "2.0+cu118"}},
        LanguageCase{"NpmScopes",
                     "npm",
                     "@babel/traverse",
                     "7.23.2",
                     "@babel/traverse",
                     {"7.23.2-beta.1", "7.0.0"},
                     {"7.23.2", "8.0.0-alpha.1"}},
        LanguageCase{"MavenQualifiers",
                     "Maven",
                     "org.a:b",
                     "2.0",
                     "org.a:b",
                     {"2.0-RC1", "2.0-SNAPSHOT", "1.9.Final"},
                     {"2.0.Final", "2.0-sp1", "2.0.0"}},
        LanguageCase{"NuGetCaseAndFourParts",
                     "NuGet",
                     "Newtonsoft.Json",
                     "13.0.1",
                     "newtonsoft.json",
                     {"13.0.0.9", "12.0.3", "13.0.1-BETA1"},
                     {"13.0.1.0", "13.0.1.1", "13.0.1"}},
        LanguageCase{"ComposerCaseAndBranches",
                     "Packagist",
                     "symfony/http-kernel",
                     "5.4.20",
                     "Symfony/Http-Kernel",
                     {"v5.4.19", "5.4.20-RC1"},
                     {"v5.4.20", "5.4.x-dev", "6.0.0"}},
        LanguageCase{"GemPlatforms",
                     "RubyGems",
                     "nokogiri",
                     "1.15.4",
                     "nokogiri",
                     {"1.15.3-x86_64-linux", "1.15.4.rc1"},
                     {"1.15.4-x86_64-linux", "1.15.4-java", "1.15.4"}},
        LanguageCase{"Crates",
                     "crates.io",
                     "time",
                     "0.2.23",
                     "time",
                     {"0.2.22", "0.1.45"},
                     {"0.2.23", "0.3.0"}},
        LanguageCase{"Hex", "Hex", "plug", "1.3.5", "Plug", {"1.3.4"}, {"1.3.5", "1.3.6-dev"}},
        LanguageCase{"Pub", "Pub", "http", "0.13.3", "http", {"0.13.2"}, {"0.13.3", "0.13.3+1"}},
        LanguageCase{"JuliaBuilds",
                     "Julia",
                     "OpenSSL_jll",
                     "3.0.15+2",
                     "OpenSSL_jll",
                     {"3.0.15+1", "3.0.15"},
                     {"3.0.15+2"}},
        LanguageCase{
            "Hackage", "Hackage", "aeson", "2.0.1.0", "aeson", {"2.0.0.9", "2.0.1"}, {"2.0.1.0"}},
        LanguageCase{
            "CranDashes", "CRAN", "commonmark", "1.8", "commonmark", {"1.7-1"}, {"1.8.0", "1.8-1"}},
        LanguageCase{"Swift",
                     "SwiftURL",
                     "https://github.com/apple/swift-nio.git",
                     "2.39.1",
                     "github.com/apple/swift-nio",
                     {"2.39.0"},
                     {"2.39.1"}},
        LanguageCase{"GoModules",
                     "Go",
                     "golang.org/x/text",
                     "0.3.8",
                     "golang.org/x/text",
                     {"v0.3.7", "v0.3.8-0.20220923162012-abcdefabcdef"},
                     {"v0.3.8", "v0.14.0"}},
        LanguageCase{"GoIncompatible",
                     "Go",
                     "github.com/docker/docker",
                     "20.10.9",
                     "github.com/docker/docker",
                     {"v20.10.8+incompatible"},
                     {"v20.10.9+incompatible"}},
        LanguageCase{"GoStandardLibrary",
                     "Go",
                     "stdlib",
                     "1.21.5",
                     "stdlib",
                     {"go1.21.4", "1.21.4", "go1.21rc2"},
                     {"go1.21.5", "go1.22rc1"}},
        LanguageCase{"ActionsTags",
                     "GitHub Actions",
                     "Actions/Download-Artifact",
                     "4.1.3",
                     "actions/download-artifact",
                     {"v4.1.2", "v3", "4.0"},
                     {"v4", "v4.1.3", "v4.1.8"}},
        LanguageCase{"Software",
                     "Bitnami",
                     "redis",
                     "7.0.11",
                     "redis",
                     {"7.0.10", "6.2.0-rc1"},
                     {"7.0.11"}}),
    [](const auto& one) { return std::string(one.param.title); });

TEST_F(MatchRules, DevelopmentDependenciesCount) {
  say("npm", "a", "CVE-2024-0001", FixState::Fixed, "2.0.0");
  install("npm", "a", "1.0.0").scope = "dev";
  install("npm", "a", "1.0.1").scope = "test";
  EXPECT_EQ(found().size(), 2U);
}

TEST_F(MatchRules, ANameAloneIsNoMatch) {
  say("npm", "@scope/lodash", "CVE-2024-0001", FixState::Affected);
  say("Maven", "org.a:lodash", "CVE-2024-0002", FixState::Affected);
  say("PyPI", "lodash", "CVE-2024-0003", FixState::Affected);
  install("npm", "lodash", "1.0.0");
  install("npm", "Lodash", "1.0.0");
  install("Maven", "org.b:lodash", "1.0.0");
  EXPECT_TRUE(found().empty());
}

TEST_F(MatchRules, ALanguagesPackageIsNoKernel) {
  say("npm", "linux", "CVE-2024-0001", FixState::Affected);
  install("npm", "linux", "1.0.0");
  EXPECT_EQ(found().size(), 1U);
}

TEST_F(MatchRules, WithdrawnRecordsSayNothing) {
  say("npm", "a", "GHSA-aaaa-bbbb-cccc", FixState::Affected);
  intel::Facts facts;
  facts.details.id = "GHSA-aaaa-bbbb-cccc";
  facts.withdrawn = true;
  writer_.facts(std::move(facts));
  say("npm", "a", "GHSA-dddd-eeee-ffff", FixState::Affected);
  install("npm", "a", "1.0.0");
  EXPECT_EQ(found(), Lines{"GHSA-dddd-eeee-ffff a "});
}

TEST_F(MatchRules, OneVulnerabilityOfSeveralFeedsIsOneFinding) {
  const intel::Feed list{"retirejs", "", "", {}, 1, nullptr, nullptr, 10};
  intel::Facts facts;
  facts.details.id = "GHSA-aaaa-bbbb-cccc";
  facts.details.aliases = {"CVE-2024-0001"};
  writer_.facts(std::move(facts));
  writer_.begin_document(kOsv);
  say("npm", "a", "GHSA-aaaa-bbbb-cccc", FixState::Fixed, "1.5.0");
  writer_.begin_document(list);
  say("npm", "a", "CVE-2024-0001", FixState::Fixed, "1.9.0");
  say("npm", "b", "CVE-2024-0001", FixState::Fixed, "1.9.0");
  install("npm", "a", "1.4.0");
  install("npm", "a", "1.8.0");
  install("npm", "b", "1.8.0");
  // The lesser list counts only for what the database is silent about.
  EXPECT_EQ(found(), (Lines{"CVE-2024-0001 a 1.5.0", "CVE-2024-0001 b 1.9.0"}));
}

TEST_F(MatchRules, ModulesOfDrupalsRepository) {
  say("Packagist:https://packages.drupal.org/8", "drupal/token", "CVE-2024-0001", FixState::Fixed,
      "1.9.0");
  say("Packagist", "a/b", "CVE-2024-0002", FixState::Fixed, "1.9.0");
  install("Packagist", "drupal/token", "1.8.0");
  install("Packagist", "other/token", "1.8.0");
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 drupal/token 1.9.0"});
}

TEST_F(MatchRules, AFlawOfOnePlatformCountsThereOnly) {
  intel::Statement statement;
  statement.ecosystem = "Go";
  statement.package = "stdlib";
  statement.vulnerability = "CVE-2023-45283";
  statement.state = FixState::Affected;
  statement.platforms = {"windows", "js/wasm"};
  writer_.statement(statement);
  install("Go", "stdlib", "1.21.0").package_url =
      "pkg:golang/stdlib@1.21.0?goos=linux&goarch=amd64";
  install("Go", "stdlib", "1.21.1").package_url = "pkg:golang/stdlib@1.21.1?goos=windows";
  install("Go", "stdlib", "1.21.2").package_url = "pkg:golang/stdlib@1.21.2?goos=js&goarch=wasm";
  install("Go", "stdlib", "1.21.3");
  EXPECT_EQ(found().size(), 3U) << "where nothing is known it counts";
  ASSERT_EQ(matches_.suppressed.size(), 1U);
  EXPECT_EQ(matches_.suppressed[0].why, "only on windows, js/wasm");
  inventory_.os.id = "debian";
  EXPECT_EQ(found().size(), 2U);
}

/// A program that holds these functions.
std::string program_with(std::vector<std::string_view> functions) {
  return model::SymbolSet::of(functions).text();
}

TEST_F(MatchRules, AGoProgramWithoutTheFunctionsIsNotAffected) {
  intel::Statement statement;
  statement.ecosystem = "Go";
  statement.package = "golang.org/x/text";
  statement.vulnerability = "CVE-2022-32149";
  statement.state = FixState::Fixed;
  statement.ranges = {{"", "0.3.8", ""}};
  statement.symbols = {"golang.org/x/text/language.MatchStrings",
                       "golang.org/x/text/language.Matcher.Match"};
  writer_.statement(statement);
  install("Go", "golang.org/x/text", "v0.3.1").symbols =
      program_with({"main.main", "golang.org/x/text/language.Parse"});
  install("Go", "golang.org/x/text", "v0.3.2").symbols =
      program_with({"golang.org/x/text/language.(*Matcher).Match", "main.main"});
  install("Go", "golang.org/x/text", "v0.3.3");  // nobody has looked
  install("Go", "golang.org/x/text", "v0.3.4").symbols = "not a set";
  EXPECT_EQ(found().size(), 3U);
  ASSERT_EQ(matches_.suppressed.size(), 1U);
  EXPECT_EQ(matches_.suppressed[0].package, 0U);
  EXPECT_EQ(matches_.suppressed[0].why, "the binary does not contain the vulnerable functions");
}

TEST_F(MatchRules, OfAWholeGoPackageNobodyCanTell) {
  intel::Statement statement;
  statement.ecosystem = "Go";
  statement.package = "example.org/m";
  statement.vulnerability = "CVE-2024-0001";
  statement.symbols = {"example.org/m/a.Run", "example.org/m/b.*"};
  writer_.statement(statement);
  say("Go", "example.org/m", "CVE-2024-0002", FixState::Affected);  // and no symbols at all
  install("Go", "example.org/m", "v1.0.0").symbols = program_with({"main.main"});
  EXPECT_EQ(found().size(), 2U);
}

TEST_F(MatchRules, WhatAVexDocumentSaysIsSuppressedWithItsReason) {
  say("npm", "a", "CVE-2024-0001", FixState::Affected);
  say("npm", "a", "CVE-2024-0002", FixState::Affected);
  say("npm", "a", "CVE-2024-0003", FixState::Affected);
  install("npm", "a", "1.0.0").package_url = "pkg:npm/a@1.0.0";
  install("npm", "a", "1.0.1").package_url = "pkg:npm/a@1.0.1";
  const vex::Product product{
      "pkg:npm/a@1.0.0", {*model::parse_package_url("pkg:npm/a@1.0.0")}, {}, {}};
  const auto state = [&](const char* id, vex::Status status) {
    return vex::Statement{id, {}, {product}, status, "code_not_reachable", "", "vex-1", 0};
  };
  const Options options{.statements = {state("CVE-2024-0001", vex::Status::NotAffected),
                                       state("CVE-2024-0002", vex::Status::UnderInvestigation),
                                       state("CVE-2024-0003", vex::Status::Fixed)}};
  EXPECT_EQ(found(options).size(), 4U);
  ASSERT_EQ(matches_.suppressed.size(), 2U);
  EXPECT_EQ(matches_.suppressed[0].why, "not affected: code_not_reachable");
  EXPECT_EQ(matches_.suppressed[0].feed, "vex-1");
  EXPECT_EQ(matches_.suppressed[1].why, "fixed: code_not_reachable");
}

TEST_F(MatchRules, SoftwareIsMatchedByItsCpeWhereNothingBetterIsKnown) {
  say("CPE", "haxx:curl", "CVE-2023-38545", FixState::Fixed, "8.4.0");
  say("CPE", "nodejs:node.js", "CVE-2024-0001", FixState::Fixed, "99");
  say("CPE", "openbsd:openssh", "CVE-2024-0002", FixState::Fixed, "9.2p2");
  say("CPE", "djangoproject:django", "CVE-2024-0003", FixState::Affected);
  say("Bitnami", "node", "CVE-2024-0004", FixState::Fixed, "20.1.0");
  say("PyPI", "other", "CVE-2024-0005", FixState::Affected);
  const auto known_by = [&](const char* ecosystem, const char* name, const char* cpe) {
    install(ecosystem, name, "1.0").cpe = cpe;
  };
  known_by("generic", "curl", "cpe:2.3:a:haxx:curl:8.3.0:*:*:*:*:*:*:*");
  known_by("", "curl-new", "cpe:2.3:a:haxx:curl:8.4.0:*:*:*:*:*:*:*");
  known_by("generic", "ssh", "cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*");
  // Bitnami speaks of Node.js itself, and PyPI of all that is in it.
  known_by("Bitnami", "node", "cpe:2.3:a:nodejs:node.js:20.2.0:*:*:*:*:*:*:*");
  inventory_.packages.back().version = "20.2.0";
  known_by("PyPI", "django", "cpe:2.3:a:djangoproject:django:3.0:*:*:*:*:*:*:*");
  known_by("generic", "any", "cpe:2.3:a:haxx:curl:*:*:*:*:*:*:*:*");
  known_by("generic", "broken", "cpe:/a:haxx:curl");
  EXPECT_EQ(found(), (Lines{"CVE-2023-38545 curl 8.4.0", "CVE-2024-0002 ssh 9.2p2"}));
  EXPECT_EQ(matches_.unassessed.size(), 2U);
}

TEST_F(MatchRules, BoundsThatAreNoFix) {
  intel::Statement statement;
  statement.ecosystem = "npm";
  statement.package = "a";
  statement.vulnerability = "CVE-2024-0001";
  intel::Range range;
  range.after = "1.0.0";
  range.below = "2.0.0";
  statement.ranges = {range};
  writer_.statement(statement);
  install("npm", "a", "1.0.0");
  install("npm", "a", "1.0.1");
  install("npm", "a", "2.0.0");
  EXPECT_EQ(found(), Lines{"CVE-2024-0001 a "});
}

}  // namespace
}  // namespace vigil::match
