#include "findings/compose.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "intel/compile.h"

namespace vigil::findings {
namespace {

using inventory::Inventory;
using inventory::Runtime;

Inventory listening_on(std::vector<std::string> addresses, bool complete) {
  Inventory inventory;
  inventory.runtime = Runtime{};
  inventory.runtime->complete = complete;
  for (std::string& address : addresses)
    inventory.runtime->ports.push_back({"tcp", std::move(address), 22, 0});
  return inventory;
}

TEST(ObservedExposure, NothingListensButOnLoopback) {
  EXPECT_EQ(observed_exposure(listening_on({}, true)), score::Exposure::None);
  EXPECT_EQ(observed_exposure(listening_on({"127.0.0.1", "127.0.0.53", "::1"}, true)),
            score::Exposure::None);
}

TEST(ObservedExposure, AnOpenPortIsDecidedByTheNetworkAroundIt) {
  EXPECT_EQ(observed_exposure(listening_on({"0.0.0.0"}, true)), score::Exposure::Unknown);
  EXPECT_EQ(observed_exposure(listening_on({"::1", "::"}, true)), score::Exposure::Unknown);
  EXPECT_EQ(observed_exposure(listening_on({"10.0.0.5"}, true)), score::Exposure::Unknown);
}

TEST(ObservedExposure, WhatWasNotSeenWholeIsUnknown) {
  EXPECT_EQ(observed_exposure(listening_on({}, false)), score::Exposure::Unknown);
  EXPECT_EQ(observed_exposure(Inventory{}), score::Exposure::Unknown);
}

TEST(FixAvailableName, AsInspectorWritesIt) {
  EXPECT_EQ(fix_available_name(FixAvailable::Yes), "YES");
  EXPECT_EQ(fix_available_name(FixAvailable::No), "NO");
  EXPECT_EQ(fix_available_name(FixAvailable::Partial), "PARTIAL");
}

/// What a package that MAL-2024-0001 is about becomes.
Result<std::vector<Finding>> findings_of_a_malicious(model::Package package,
                                                     const std::string& directory) {
  const intel::Feed feed{"osv", "", "", {}, 1, nullptr, nullptr, 20};
  intel::SegmentWriter writer("test");
  writer.begin_document(feed);
  intel::Facts facts;
  facts.details.id = "MAL-2024-0001";
  facts.details.malicious = true;
  facts.details.description = "It sends tokens away.";
  facts.details.source_url = "https://osv.dev/vulnerability/MAL-2024-0001";
  writer.facts(std::move(facts));
  intel::Statement statement;
  statement.ecosystem = package.ecosystem;
  statement.package = package.name;
  statement.vulnerability = "MAL-2024-0001";
  statement.versions = {package.version};
  writer.statement(std::move(statement));
  VIGIL_CHECK(base::write_file_atomically(directory + "/segment", writer.take()));
  VIGIL_TRY(const intel::Segment segment, intel::Segment::open(directory + "/segment"));
  VIGIL_CHECK(intel::compile_to_file({{&segment, {"a", "a", "directory", 0, false, "", {}}}}, 0,
                                     directory + "/snapshot"));
  VIGIL_TRY(const intel::Snapshot snapshot, intel::Snapshot::open(directory + "/snapshot"));
  Inventory inventory;
  inventory.packages.push_back(std::move(package));
  return compose({}, inventory, match::match(inventory, snapshot, {}), snapshot,
                 score::default_policy(), {}, 0);
}

TEST(Compose, AMaliciousPackageIsCriticalAndSaysWhatToDo) {
  const std::string directory = testing::TempDir() + "vigil-compose-" + std::to_string(::getpid());
  std::filesystem::create_directory(directory);
  model::Package package;
  package.ecosystem = "npm";
  package.name = "left-pat";
  package.version = "1.0.0";
  package.locations = {{"/app/package-lock.json", 7, 0, "sha256:abc"}};
  const auto findings = findings_of_a_malicious(package, directory);
  std::filesystem::remove_all(directory);
  ASSERT_TRUE(findings) << findings.error().text();
  ASSERT_EQ(findings->size(), 1U);
  const Finding& finding = findings->front();
  EXPECT_EQ(finding.severity, model::Severity::Critical);
  EXPECT_FALSE(finding.score.score) << "there is no flaw to rate";
  EXPECT_EQ(finding.title, "MAL-2024-0001 - left-pat");
  EXPECT_THAT(finding.recommendation, testing::HasSubstr("Remove it"));
  EXPECT_EQ(finding.recommendation_url, "https://osv.dev/vulnerability/MAL-2024-0001");
  EXPECT_EQ(finding.fix, FixAvailable::No);
  EXPECT_EQ(finding.packages.at(0).layer, "sha256:abc");
}

}  // namespace
}  // namespace vigil::findings
