#include "findings/clean_version.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file.h"
#include "intel/compile.h"

namespace vigil::findings {
namespace {

struct Flaw {
  std::string id;
  std::string from;  ///< "0": from the beginning
  std::string fixed;
};

/// What is known of npm's "p".
Result<intel::Snapshot> knowing(const std::vector<Flaw>& flaws, const std::string& directory) {
  const intel::Feed feed{"osv", "", "", {}, 1, nullptr, nullptr, 20};
  intel::SegmentWriter writer("test");
  writer.begin_document(feed);
  for (const Flaw& flaw : flaws) {
    intel::Statement statement;
    statement.ecosystem = "npm";
    statement.package = "p";
    statement.vulnerability = flaw.id;
    statement.state = flaw.fixed.empty() ? model::FixState::Affected : model::FixState::Fixed;
    intel::Range range;
    range.introduced = flaw.from;
    range.fixed = flaw.fixed;
    statement.ranges = {range};
    writer.statement(std::move(statement));
  }
  VIGIL_CHECK(base::write_file_atomically(directory + "/segment", writer.take()));
  VIGIL_TRY(const intel::Segment segment, intel::Segment::open(directory + "/segment"));
  VIGIL_CHECK(intel::compile_to_file({{&segment, {"a", "a", "directory", 0, false, "", {}}}}, 0,
                                     directory + "/snapshot"));
  return intel::Snapshot::open(directory + "/snapshot");
}

class CleanVersionOf : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "vigil-clean-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string clean(const std::vector<Flaw>& flaws, const std::string& from) {
    const auto snapshot = knowing(flaws, directory_);
    if (!snapshot) return snapshot.error().text();
    return clean_version(*snapshot, "npm", "p", from);
  }
  std::string directory_;
};

TEST_F(CleanVersionOf, AFixInAnotherLineGoesOnToWhereThatLineIsMended) {
  const std::vector<Flaw> flaws = {{"CVE-2026-0001", "", "0.31.1"},
                                   {"CVE-2026-0001", "1.0.0", "1.15.1"},
                                   {"CVE-2026-0002", "", "1.6.8"}};
  EXPECT_EQ(clean(flaws, "1.6.8"), "1.15.1");
  EXPECT_EQ(clean(flaws, "0.31.1"), "1.15.1") << "the second flaw is there as well";
}

TEST_F(CleanVersionOf, AVersionWithoutAFlawIsItself) {
  EXPECT_EQ(clean({{"CVE-2026-0001", "", "2.0.0"}}, "2.0.0"), "2.0.0");
  EXPECT_EQ(clean({}, "1.0.0"), "1.0.0");
}

TEST_F(CleanVersionOf, AFlawThatNobodyMendsLeadsNowhere) {
  EXPECT_EQ(clean({{"CVE-2026-0001", "", ""}}, "2.0.0"), "2.0.0");
}

TEST_F(CleanVersionOf, WhatCannotBeOrderedStays) {
  EXPECT_EQ(clean({{"CVE-2026-0001", "", "2.0.0"}}, "newest"), "newest");
}

}  // namespace
}  // namespace vigil::findings
