#include "inventory/delta.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "inventory/testing/inventories_test.h"

namespace vigil::inventory {
namespace {

TEST(InventoryDelta, TurnsOneInventoryIntoTheOther) {
  RandomInventories random(9);
  for (int round = 0; round < 300; ++round) {
    const Inventory base = random.inventory();
    const Inventory now = random.changed(base);
    const std::string document = delta_document(base, now);
    const auto delta = parse_delta(document);
    ASSERT_TRUE(delta) << delta.error().text() << "\n" << document;
    const auto applied = apply_delta(base, *delta);
    ASSERT_TRUE(applied) << applied.error().text() << "\n" << document;
    expect_same(*applied, canonical(now));
  }
}

TEST(InventoryDelta, IsAsSmallAsTheChange) {
  Inventory base;
  for (int i = 0; i < 500; ++i) {
    model::Package package = full_inventory().packages[0];
    package.name += std::to_string(i);
    base.packages.push_back(package);
  }
  Inventory now = base;
  std::reverse(now.packages.begin(), now.packages.end());
  now.packages[7].version = "3.0.2-0ubuntu1.19";
  const auto delta = parse_delta(delta_document(base, now));
  ASSERT_TRUE(delta);
  EXPECT_EQ(delta->removed.size(), 1U);
  ASSERT_EQ(delta->added.size(), 1U);
  EXPECT_EQ(delta->added[0].version, "3.0.2-0ubuntu1.19");
  EXPECT_LT(delta_document(base, now).size(), 1000U);
}

TEST(InventoryDelta, AnotherBaseIsNotFound) {
  const Inventory base = full_inventory();
  Inventory now = base;
  now.packages.pop_back();
  const auto delta = parse_delta(delta_document(base, now));
  ASSERT_TRUE(delta);
  const auto applied = apply_delta(now, *delta);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().code, ErrorCode::NotFound);
  EXPECT_EQ(
      applied.error().text(),
      "base: the delta is not based on the inventory that is held (send the whole inventory)");
}

TEST(InventoryDelta, WhatDoesNotGiveTheSendersInventoryIsRefused) {
  const Inventory base = full_inventory();
  Inventory now = base;
  now.packages[0].version = "4";
  auto delta = parse_delta(delta_document(base, now));
  ASSERT_TRUE(delta);
  const Delta good = *delta;
  delta->added[0].version = "5";
  EXPECT_EQ(apply_delta(base, *delta).error().text(),
            "result: the inventory that comes out is not the sender's (send the whole inventory)");
  *delta = good;
  delta->removed = {3};
  EXPECT_EQ(apply_delta(base, *delta).error().text(), "removed: there are only 3 packages");
  *delta = good;
  delta->rest.runtime->processes[0].packages = {3};
  EXPECT_EQ(apply_delta(base, *delta).error().text(),
            "runtime.processes[0].packages: there are only 3 packages");
  EXPECT_TRUE(apply_delta(base, good));
}

TEST(InventoryDelta, AnErrorNamesTheMember) {
  const std::string digest(64, 'a');
  const std::string head = R"({"vigilInventoryDelta":1,"base":")" + digest + "\"";
  const struct {
    std::string document;
    const char* error;
  } kCases[] = {
      {"{}", "vigilInventoryDelta: missing (is this a document of another kind?)"},
      {R"({"vigilInventoryDelta":1})", "base: missing"},
      {head + "}", "result: missing"},
      {R"({"vigilInventoryDelta":1,"base":"AA"})", "base: not 64 lower-case hexadecimal digits"},
      {head + R"(,"removed":[3,3]})", "removed[1]: not ascending"},
      {head + R"(,"removed":[-1]})", "removed[0]: not a whole number of 0 or more"},
      {head + R"(,"added":[{}]})", "added[0].name: missing"},
  };
  for (const auto& [document, error] : kCases) {
    const auto delta = parse_delta(document);
    ASSERT_FALSE(delta) << document;
    EXPECT_EQ(delta.error().text(), error) << document;
  }
  EXPECT_EQ(
      parse_delta(head + R"(,"added":[{"name":"a"},{"name":"b"}]})", {.packages = 1}).error().code,
      ErrorCode::TooLarge);
}

}  // namespace
}  // namespace vigil::inventory
