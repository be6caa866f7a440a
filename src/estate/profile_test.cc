#include "estate/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/file.h"
#include "base/source_directory_test.h"
#include "estate/assessor.h"
#include "findings/document.h"
#include "inventory/document.h"
#include "source/host/host.h"

namespace vigil::estate {
namespace {

using inventory::Inventory;

model::Package package(const std::string& name, const std::string& version = "1") {
  model::Package out;
  out.ecosystem = "Debian:12";
  out.name = out.source_name = name;
  out.version = out.source_version = version;
  out.package_url = "pkg:deb/debian/" + name;
  return out;
}

Inventory running(std::vector<std::string> names, std::vector<std::size_t> used) {
  Inventory inventory;
  for (const std::string& name : names) inventory.packages.push_back(package(name));
  inventory.runtime.emplace();
  inventory.runtime->complete = true;
  inventory.runtime->kernel_release = "6.1.0-28-amd64";
  inventory.runtime->processes.push_back({1, "init", "/sbin/init", std::move(used), {}});
  return inventory;
}

std::uint64_t id_of(const Inventory& inventory, const findings::ResourceFacts& facts = {}) {
  return profile_of(inventory, facts, "AWS_EC2_INSTANCE").profile.id;
}

TEST(Profile, OrderAndNamesOfProcessesAreNoPartOfIt) {
  const Inventory inventory = running({"a", "b", "c"}, {0, 2});
  EXPECT_EQ(id_of(inventory), id_of(running({"c", "b", "a"}, {0, 2})));
  Inventory other = inventory;
  other.runtime->processes = {{7, "one", "/one", {0}, {}}, {9, "two", "/two", {0, 2}, {}}};
  other.runtime->host_name = "elsewhere";
  other.files = 17;
  other.problems.push_back({"/x", "unreadable"});
  EXPECT_EQ(id_of(inventory), id_of(other));
}

TEST(Profile, WhatDecidesFindingsIsPartOfIt) {
  const Inventory inventory = running({"a", "b"}, {0});
  EXPECT_NE(id_of(inventory), id_of(running({"a"}, {0})));
  EXPECT_NE(id_of(inventory), id_of(running({"a", "b"}, {1})));
  Inventory changed = inventory;
  changed.runtime->complete = false;
  EXPECT_NE(id_of(inventory), id_of(changed));
  changed = inventory;
  changed.packages[0].version = "2";
  EXPECT_NE(id_of(inventory), id_of(changed));
  changed = inventory;
  changed.os.extended_support.insert("esm-infra");
  EXPECT_NE(id_of(inventory), id_of(changed));
  EXPECT_NE(id_of(inventory), id_of(inventory, {.exposure = score::Exposure::None}));
  EXPECT_NE(id_of(inventory), id_of(inventory, {.can_write = score::Fact::Yes}));
  EXPECT_NE(id_of(inventory), profile_of(inventory, {}, "AWS_LAMBDA_FUNCTION").profile.id);
}

TEST(Profile, AKernelCountsWhereOneIsInstalled) {
  Inventory without = running({"a"}, {0});
  Inventory with = running({"a", "linux-image-6.1.0-28-amd64"}, {0});
  const std::uint64_t before_without = id_of(without);
  const std::uint64_t before_with = id_of(with);
  without.runtime->kernel_release = with.runtime->kernel_release = "6.1.0-29-amd64";
  EXPECT_EQ(id_of(without), before_without);
  EXPECT_NE(id_of(with), before_with);
  with.runtime->machine = inventory::Machine::Container;
  const std::uint64_t in_container = id_of(with);
  with.runtime->kernel_release = "6.1.0-28-amd64";
  EXPECT_EQ(id_of(with), in_container) << "a container's kernel is its host's";
}

TEST(Profile, PackagesThatAreEqualInEverythingAreOne) {
  const Profiled one = profile_of(running({"a", "b", "a"}, {2}), {}, "AWS_EC2_INSTANCE");
  EXPECT_EQ(one.profile.packages.size(), 2U);
  EXPECT_EQ(one.profile.id, id_of(running({"a", "b"}, {0})));
}

TEST(Profile, ADamagedOneIsAnError) {
  const Profiled whole = profile_of(running({"a"}, {0}), {}, "AWS_EC2_INSTANCE");
  EXPECT_FALSE(circumstances_of("", whole.profile.packages));
  EXPECT_FALSE(circumstances_of("{}", whole.profile.packages));
  EXPECT_FALSE(circumstances_of(whole.profile.body, {})) << "uses a package that is not there";
  auto broken = whole.profile.packages;
  broken[0].body = "{";
  EXPECT_FALSE(circumstances_of(whole.profile.body, broken));
}

/// What both kinds of circumstances give, as it is stored.
std::vector<std::string> assessed(const Circumstances& of, const intel::Snapshot& intelligence) {
  Assessor assessor;
  const auto found = assessor.of_profile(1, of, intelligence, score::default_policy());
  EXPECT_TRUE(found);
  std::vector<std::string> out;
  for (const auto& one : **found)
    out.push_back(one->vulnerability.name + one->assessment.title + one->assessment.body);
  return out;
}

std::string real_intelligence() {
  const char* given = std::getenv("VIGIL_INTEL");
  return given != nullptr ? given : "/var/lib/vigil/intelligence";
}

TEST(Profile, OfThisHostGivesTheFindingsOfItsInventory) {
  const auto intelligence = intel::Snapshot::open(real_intelligence());
  if (!intelligence) GTEST_SKIP() << "no intelligence at " << real_intelligence();
  inventory::ScanOptions options;
  options.walk = false;
  const auto found = source::scan_host("/", options);
  ASSERT_TRUE(found);
  const Profiled made = profile_of(*found, {}, "AWS_EC2_INSTANCE");
  auto shuffled = made.profile.packages;
  std::reverse(shuffled.begin(), shuffled.end());
  const auto again = circumstances_of(made.profile.body, shuffled);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->package_ids, made.circumstances.package_ids);

  const auto expected = assessed(made.circumstances, *intelligence);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(assessed(*again, *intelligence), expected);

  // And what scanning without any profile gives.
  const Inventory canonical = inventory::canonical(*found);
  const auto matches = match::match(canonical, *intelligence, {});
  findings::Resource resource;
  const auto composed = findings::compose(resource, canonical, matches, *intelligence,
                                          score::default_policy(), {}, 0);
  ASSERT_TRUE(composed);
  std::vector<std::string> direct;
  for (const findings::Finding& finding : *composed)
    direct.push_back(finding.vulnerability.id + finding.title +
                     findings::assessment_document(finding));
  std::vector<std::string> sorted = expected;
  std::sort(sorted.begin(), sorted.end());
  std::sort(direct.begin(), direct.end());
  EXPECT_EQ(sorted, direct);
}

}  // namespace
}  // namespace vigil::estate
