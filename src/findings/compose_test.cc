#include "findings/compose.h"

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

}  // namespace
}  // namespace vigil::findings
