#include "intel/snapshot.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "intel/compile.h"
#include "version/scheme.h"

namespace vigil::intel {
namespace {

const Feed kTracker{"debian-tracker", "", "", {}, 1, nullptr, nullptr, 30};
const Feed kOval{"debian-oval", "", "", {}, 1, nullptr, nullptr, 10};
const Feed kOsv{"osv", "", "", {}, 1, nullptr, nullptr, 20};
const Feed kCve{"cve5", "", "", {}, 1, nullptr, nullptr, 0};

/// A directory of its own for a test, removed with it.
class Snapshots : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = testing::TempDir() + "vigil-snapshot-" + std::to_string(::getpid());
    std::filesystem::create_directories(directory_);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  /// Writes, maps, compiles and opens.
  Snapshot build(SegmentWriter& writer, const std::string& name = "a") {
    const std::string segment_path = directory_ + "/" + name + ".segment";
    EXPECT_TRUE(base::write_file_atomically(segment_path, writer.take()));
    auto segment = Segment::open(segment_path);
    EXPECT_TRUE(segment) << segment.error().text();
    std::vector<CompileInput> inputs;
    inputs.push_back({&*segment, Source{name, std::string(segment->identity()), "directory", 5,
                                        false, "", segment->counts()}});
    auto bytes = compile(inputs, 1700000000);
    EXPECT_TRUE(bytes) << bytes.error().text();
    path_ = directory_ + "/" + name + ".intel";
    EXPECT_TRUE(base::write_file_atomically(path_, *bytes));
    auto snapshot = Snapshot::open(path_);
    EXPECT_TRUE(snapshot) << snapshot.error().text();
    return std::move(*snapshot);
  }

  static Statement fixed(std::string package, std::string id, std::string version) {
    Statement statement;
    statement.ecosystem = "Debian:12";
    statement.package = std::move(package);
    statement.vulnerability = std::move(id);
    statement.state = model::FixState::Fixed;
    statement.ranges = {{"", std::move(version), ""}};
    return statement;
  }

  static Facts facts(std::string id, std::string description) {
    Facts facts;
    facts.details.id = std::move(id);
    facts.details.description = std::move(description);
    return facts;
  }

  static std::vector<std::string> affecting(const Snapshot& snapshot, std::string_view package,
                                            std::string_view version) {
    const auto key = version::find_scheme("deb")->key(version);
    std::vector<std::string> ids;
    const Advisories advisories = snapshot.advisories("Debian:12", package);
    advisories.for_each_affecting(*key, [&](const Advisory& advisory) {
      ids.emplace_back(snapshot.vulnerability_id(advisory.vulnerability()));
    });
    std::vector<std::string> asked_one_by_one;
    for (const Advisory advisory : advisories) {
      if (!advisory.affects(*key)) continue;
      asked_one_by_one.emplace_back(snapshot.vulnerability_id(advisory.vulnerability()));
    }
    EXPECT_EQ(ids, asked_one_by_one);
    return ids;
  }

  std::string directory_;
  std::string path_;
};

TEST_F(Snapshots, LookupFindsTheRowsAboveAVersion) {
  SegmentWriter writer("one");
  writer.begin_document(kTracker);
  writer.statement(fixed("openssl", "CVE-2024-0001", "3.0.11-1~deb12u2"));
  writer.statement(fixed("openssl", "CVE-2024-0002", "3.0.15-1~deb12u1"));
  writer.statement(fixed("curl", "CVE-2024-0003", "7.88.1-10+deb12u6"));
  const Snapshot snapshot = build(writer);
  EXPECT_EQ(affecting(snapshot, "openssl", "3.0.11-1~deb12u1"),
            (std::vector<std::string>{"CVE-2024-0002", "CVE-2024-0001"}));
  EXPECT_EQ(affecting(snapshot, "openssl", "3.0.11-1~deb12u2"),
            std::vector<std::string>{"CVE-2024-0002"});
  EXPECT_TRUE(affecting(snapshot, "openssl", "3.0.15-1~deb12u1").empty());
  EXPECT_TRUE(affecting(snapshot, "openssh", "1").empty());
  EXPECT_TRUE(snapshot.advisories("Debian:11", "openssl").empty());
  EXPECT_TRUE(snapshot.covers("Debian:12"));
  EXPECT_FALSE(snapshot.covers("Debian:11"));
}

TEST_F(Snapshots, RowsThatShareABoundDifferInTheOther) {
  SegmentWriter writer("one");
  writer.begin_document(kTracker);
  const auto say = [&](const std::string& id, Range range) {
    Statement statement = fixed("openssl", id, "1");
    statement.ranges = {std::move(range)};
    writer.statement(statement);
  };
  say("CVE-2024-0001", {"1", "3", ""});
  say("CVE-2024-0002", {"2", "3", ""});
  say("CVE-2024-0003", {"2", "", "3"});
  say("CVE-2024-0004", {"", "3", ""});
  say("CVE-2024-0005", {"2", "", ""});
  const Snapshot snapshot = build(writer);
  using Ids = std::vector<std::string>;
  EXPECT_EQ(affecting(snapshot, "openssl", "0"), Ids{"CVE-2024-0004"});
  EXPECT_EQ(affecting(snapshot, "openssl", "1"), (Ids{"CVE-2024-0001", "CVE-2024-0004"}));
  EXPECT_EQ(affecting(snapshot, "openssl", "2").size(), 5U);
  EXPECT_EQ(affecting(snapshot, "openssl", "3"), (Ids{"CVE-2024-0005", "CVE-2024-0003"}));
  EXPECT_EQ(affecting(snapshot, "openssl", "4"), Ids{"CVE-2024-0005"});
}

TEST_F(Snapshots, AliasesAreOneVulnerabilityWithAllItsFacts) {
  SegmentWriter writer("one");
  writer.begin_document(kOsv);
  Facts ghsa = facts("GHSA-aaaa-bbbb-cccc", "of GitHub");
  ghsa.details.aliases = {"CVE-2024-0001"};
  ghsa.details.cwes = {"CWE-79"};
  writer.facts(ghsa);
  writer.begin_document(kCve);
  writer.facts(facts("CVE-2024-0001", "of the CVE record"));
  Facts score;
  score.details.id = "CVE-2024-0001";
  score.details.epss = model::Epss{0.12345, 0.9, ""};
  writer.facts(score);
  const Snapshot snapshot = build(writer);
  ASSERT_EQ(snapshot.vulnerability_count(), 1U);
  ASSERT_EQ(snapshot.find("ghsa-aaaa-bbbb-cccc"), std::vector<std::uint32_t>{0});
  const auto vulnerability = snapshot.vulnerability(0);
  ASSERT_TRUE(vulnerability);
  EXPECT_EQ(vulnerability->id, "CVE-2024-0001");
  EXPECT_EQ(vulnerability->description, "of the CVE record");
  EXPECT_EQ(vulnerability->aliases, std::vector<std::string>{"GHSA-aaaa-bbbb-cccc"});
  EXPECT_EQ(vulnerability->cwes, std::vector<std::string>{"CWE-79"});
  ASSERT_TRUE(vulnerability->epss);
  EXPECT_DOUBLE_EQ(vulnerability->epss->score, 0.12345);
}

TEST_F(Snapshots, RejectedCveIsGoneWhoeverStillListsIt) {
  SegmentWriter writer("one");
  writer.begin_document(kTracker);
  writer.statement(fixed("openssl", "CVE-2024-0001", "9"));
  writer.begin_document(kCve);
  Facts rejected = facts("CVE-2024-0001", "rejected");
  rejected.withdrawn = true;
  writer.facts(rejected);
  const Snapshot snapshot = build(writer);
  EXPECT_EQ(snapshot.vulnerability_count(), 0U);
  EXPECT_TRUE(snapshot.advisories("Debian:12", "openssl").empty());
}

TEST_F(Snapshots, DistributionsOwnWordCounts) {
  SegmentWriter writer("one");
  writer.begin_document(kOval);
  writer.statement(fixed("openssl", "CVE-2024-0001", "9"));
  writer.begin_document(kTracker);
  Statement not_affected = fixed("openssl", "CVE-2024-0001", "");
  not_affected.state = model::FixState::NotAffected;
  not_affected.ranges.clear();
  writer.statement(not_affected);
  const Snapshot snapshot = build(writer);
  const Advisories rows = snapshot.advisories("Debian:12", "openssl");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ((*rows.begin()).state(), model::FixState::NotAffected);
}

TEST_F(Snapshots, StatementWithoutAUsableVersionIsAProblemNotAMatchOfEverything) {
  SegmentWriter writer("one");
  writer.begin_document(kTracker);
  writer.statement(fixed("openssl", "CVE-2024-0001", "not a version!"));
  writer.statement(fixed("curl", "CVE-2024-0002", "1"));
  const Snapshot snapshot = build(writer);
  EXPECT_TRUE(snapshot.advisories("Debian:12", "openssl").empty());
  ASSERT_EQ(snapshot.sources().size(), 1U);
  EXPECT_EQ(snapshot.sources()[0].feeds[0].problems, 1U);
}

TEST_F(Snapshots, ChangedPackagesAreThoseWhoseMatchesOrScoresMayDiffer) {
  SegmentWriter before("one");
  before.begin_document(kTracker);
  before.statement(fixed("openssl", "CVE-2024-0001", "2"));
  before.statement(fixed("curl", "CVE-2024-0002", "2"));
  before.statement(fixed("gone", "CVE-2024-0003", "2"));
  before.facts(facts("CVE-2024-0002", "text"));
  const Snapshot old_snapshot = build(before, "old");
  SegmentWriter after("two");
  after.begin_document(kTracker);
  after.statement(fixed("openssl", "CVE-2024-0001", "2"));
  after.statement(fixed("curl", "CVE-2024-0002", "2"));
  after.statement(fixed("fresh", "CVE-2024-0003", "2"));
  Facts rated = facts("CVE-2024-0002", "text");
  rated.details.cvss = {{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "NVD", {}}};
  after.facts(rated);
  const Snapshot new_snapshot = build(after, "new");
  std::vector<std::string> names;
  for (const PackageKey& key : changed_packages(old_snapshot, new_snapshot))
    names.push_back(key.name);
  EXPECT_EQ(names, (std::vector<std::string>{"curl", "fresh", "gone"}));
  EXPECT_TRUE(changed_packages(new_snapshot, new_snapshot).empty());
}

TEST_F(Snapshots, SameInputGivesTheSameBytes) {
  std::string first;
  for (int i = 0; i < 2; ++i) {
    SegmentWriter writer("one");
    writer.begin_document(kTracker);
    for (int n = 1000; n < 1100; ++n) {
      writer.statement(
          fixed("p" + std::to_string(n % 7), "CVE-2024-" + std::to_string(n), std::to_string(n)));
    }
    build(writer);
    const auto bytes = base::read_file(path_, 1 << 20);
    if (i == 0) {
      first = *bytes;
    } else {
      EXPECT_EQ(first, *bytes);
    }
  }
}

TEST_F(Snapshots, DamageIsRefusedWithWhatToDo) {
  SegmentWriter writer("one");
  writer.begin_document(kTracker);
  writer.statement(fixed("openssl", "CVE-2024-0001", "2"));
  build(writer);
  const std::string good = *base::read_file(path_, 1 << 20);
  const auto error_of = [&](std::string bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    const auto opened = Snapshot::open(path_);
    return opened ? std::string("opened") : opened.error().text();
  };
  std::string flipped = good;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  EXPECT_THAT(error_of(flipped), testing::HasSubstr("damaged"));
  EXPECT_THAT(error_of(good.substr(0, good.size() - 1)), testing::HasSubstr("cut short"));
  EXPECT_THAT(error_of(good.substr(0, 40)), testing::HasSubstr("cut short"));
  EXPECT_THAT(error_of(""), testing::HasSubstr("not a snapshot"));
  EXPECT_THAT(error_of("{}"), testing::HasSubstr("not a snapshot"));
  std::string other_format = good;
  other_format[8] = 99;
  EXPECT_THAT(error_of(other_format), testing::HasSubstr("format 99"));
  EXPECT_THAT(error_of(other_format), testing::HasSubstr("vigil intel update"));
  EXPECT_EQ(error_of(good), "opened");
}

}  // namespace
}  // namespace vigil::intel
