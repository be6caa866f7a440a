// The rules of matching, each by name. The intelligence is written here, statement by statement, and
// compiled like any other.
#include "match/match.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include "base/file.h"
#include "intel/compile.h"

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

}  // namespace
}  // namespace vigil::match
