#include "inventory/document.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "inventory/scan.h"
#include "inventory/testing/inventories_test.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

std::string error_of(std::string_view document, const DocumentLimits& limits = {}) {
  const auto parsed = parse_inventory(document, limits);
  return parsed ? "" : parsed.error().text();
}

TEST(InventoryDocument, KeepsEveryMember) {
  const Inventory inventory = full_inventory();
  const auto parsed = parse_inventory(inventory_document(inventory));
  ASSERT_TRUE(parsed) << parsed.error().text();
  expect_same(*parsed, canonical(inventory));
  ASSERT_EQ(parsed->packages.size(), 3U);
  EXPECT_EQ(parsed->packages[0].name, "libssl3") << "sorted by ecosystem and name";
  EXPECT_EQ(parsed->packages[2].name, "a");
  EXPECT_EQ(parsed->packages[2].source_name, "") << "no source is not its own source";
  ASSERT_EQ(parsed->runtime->processes.size(), 2U);
  EXPECT_EQ(parsed->runtime->processes[1].packages, (std::vector<std::size_t>{0, 1}));
}

TEST(InventoryDocument, IsWrittenAsTheHeaderSays) {
  Inventory inventory;
  inventory.os.id = "debian";
  inventory.files = 3;
  model::Package package;
  package.name = package.source_name = "bash";
  package.version = package.source_version = "5.2";
  inventory.packages = {package};
  EXPECT_EQ(inventory_document(inventory),
            R"({"vigilInventory":1,"packages":[{"name":"bash","version":"5.2"}],)"
            R"("os":{"id":"debian"},"files":3})");
}

TEST(InventoryDocument, TheOrderOfWhatWasFoundChangesNothing) {
  RandomInventories random(7);
  for (int round = 0; round < 200; ++round) {
    Inventory inventory = random.inventory();
    const std::string document = inventory_document(inventory);
    std::vector<std::size_t> order(inventory.packages.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random.engine());
    Inventory shuffled = inventory;
    for (std::size_t i = 0; i < order.size(); ++i) {
      shuffled.packages[order[i]] = inventory.packages[i];
    }
    if (shuffled.runtime) {
      for (Process& process : shuffled.runtime->processes) {
        for (std::size_t& index : process.packages) index = order[index];
        std::sort(process.packages.begin(), process.packages.end());
      }
      std::shuffle(shuffled.runtime->processes.begin(), shuffled.runtime->processes.end(),
                   random.engine());
      std::reverse(shuffled.runtime->ports.begin(), shuffled.runtime->ports.end());
    }
    std::reverse(shuffled.problems.begin(), shuffled.problems.end());
    EXPECT_EQ(inventory_document(shuffled), document);
    EXPECT_EQ(digest_of(shuffled), digest_of(inventory));
  }
}

TEST(InventoryDocument, ReadingAndWritingAgainGivesTheSameBytes) {
  RandomInventories random(8);
  for (int round = 0; round < 200; ++round) {
    const Inventory inventory = random.inventory();
    const std::string document = inventory_document(inventory);
    const auto parsed = parse_inventory(document);
    ASSERT_TRUE(parsed) << parsed.error().text() << "\n" << document;
    expect_same(*parsed, canonical(inventory));
    EXPECT_EQ(inventory_document(*parsed), document);
  }
}

TEST(InventoryDocument, PackagesEqualInEverythingAreOne) {
  Inventory inventory = full_inventory();
  inventory.packages.push_back(inventory.packages[0]);
  inventory.runtime->processes[1].packages = {0, 3};
  const Inventory once = canonical(inventory);
  EXPECT_EQ(once.packages.size(), 3U);
  EXPECT_EQ(once.runtime->processes[1].packages, std::vector<std::size_t>{0});
}

TEST(InventoryDocument, BytesThatAreNoTextAreReplaced) {
  Inventory inventory;
  inventory.packages = {full_inventory().packages[0]};
  inventory.packages[0].locations = {{"/opt/\xFF", 0}};
  const std::string document = inventory_document(inventory);
  const auto parsed = parse_inventory(document);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->packages[0].locations[0].path, "/opt/\xEF\xBF\xBD");
  EXPECT_EQ(inventory_document(*parsed), document);
}

TEST(InventoryDocument, TheDigestIsOfWhatIsInstalledAndRuns) {
  const Inventory inventory = full_inventory();
  const std::string digest = digest_of(inventory);
  EXPECT_EQ(digest.size(), 64U);
  Inventory other = inventory;
  other.files += 1;
  EXPECT_EQ(digest_of(other), digest) << "how many files were looked at";
  other = inventory;
  other.packages[0].version += "1";
  EXPECT_NE(digest_of(other), digest);
  other = inventory;
  other.runtime->ports.clear();
  EXPECT_NE(digest_of(other), digest);
  other = inventory;
  other.problems.clear();
  EXPECT_NE(digest_of(other), digest);
}

TEST(InventoryDocument, AnErrorNamesTheMember) {
  const struct {
    const char* document;
    const char* error;
  } kCases[] = {
      {"[]", "not an object"},
      {"{}", "vigilInventory: missing (is this a document of another kind?)"},
      {R"({"vigilInventory":2})",
       "vigilInventory: a version that is not known here (this Vigil reads version 1)"},
      {R"({"vigilInventory":1,"packages":[{"name":"a"},{"version":"1"}]})",
       "packages[1].name: missing"},
      {R"({"vigilInventory":1,"packages":[{"name":"a","locations":[{"line":1}]}]})",
       "packages[0].locations[0].path: missing"},
      {R"({"vigilInventory":1,"os":{"rolling":1}})", "os.rolling: neither true nor false"},
      {R"({"vigilInventory":1,"runtime":null})", "runtime: not an object"},
      {R"({"vigilInventory":1,"runtime":{"machine":"ship"}})",
       "runtime.machine: not one of unknown, container, virtual-machine, metal"},
      {R"({"vigilInventory":1,"runtime":{"ports":[{"port":65536}]}})",
       "runtime.ports[0].port: above 65535"},
      {R"({"vigilInventory":1,"packages":[{"name":"a"}],"runtime":{"processes":[{"packages":[1]}]}})",
       "runtime.processes[0].packages: there are only 1 packages"},
      {R"({"vigilInventory":1,"packages":[{"name":"a"}],"runtime":{"processes":[{"packages":[0,0]}]}})",
       "runtime.processes[0].packages: not ascending"},
  };
  for (const auto& [document, error] : kCases) EXPECT_EQ(error_of(document), error) << document;
}

TEST(InventoryDocument, IsBounded) {
  const std::string two = R"({"vigilInventory":1,"packages":[{"name":"a"},{"name":"b"}]})";
  EXPECT_EQ(error_of(two, {.packages = 2}), "");
  EXPECT_EQ(error_of(two, {.packages = 1}), "packages: more than 1 elements");
  EXPECT_EQ(error_of(two, {.bytes = 40}), "longer than 40 bytes");
  const std::string deep =
      R"({"vigilInventory":1,"x":)" + std::string(2000, '[') + std::string(2000, ']') + "}";
  EXPECT_EQ(parse_inventory(deep).error().code, ErrorCode::TooLarge);
  const std::string long_text = R"({"vigilInventory":1,"os":{"id":")" + std::string(2 << 20, 'x');
  EXPECT_EQ(error_of(long_text + "\"}}"), "os.id: longer than 1048576 bytes");
}

TEST(InventoryDocument, ADocumentCutAnywhereIsRefused) {
  const std::string document = inventory_document(full_inventory());
  for (std::size_t size = 0; size < document.size(); ++size) {
    EXPECT_NE(error_of(document.substr(0, size)), "") << size;
  }
}

TEST(InventoryDocument, ASinglePackageIsWhatStandsInTheDocument) {
  const Inventory inventory = full_inventory();
  for (const model::Package& package : inventory.packages) {
    const std::string document = package_document(package);
    EXPECT_NE(inventory_document(inventory).find(document), std::string::npos);
    const auto parsed = parse_package(document);
    ASSERT_TRUE(parsed);
    expect_same(*parsed, package);
  }
  EXPECT_EQ(parse_package("{}").error().text(), "name: missing");
  EXPECT_EQ(parse_package("7").error().text(), "not an object");
}

TEST(InventoryDocument, ThisMachineGoesThereAndBack) {
  const auto view = tree::Directory::open("/");
  ASSERT_TRUE(view);
  const Inventory inventory = scan_tree(**view, {.walk = false});
  const std::string document = inventory_document(inventory);
  const auto parsed = parse_inventory(document);
  ASSERT_TRUE(parsed) << parsed.error().text();
  expect_same(*parsed, canonical(inventory));
  EXPECT_EQ(inventory_document(*parsed), document);
}

}  // namespace
}  // namespace vigil::inventory
