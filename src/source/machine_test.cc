#include <gtest/gtest.h>

#include "source/target.h"
#include "tree/memory.h"

namespace vigil::source {
namespace {

TEST(Machine, IsKnownByItsIdAndName) {
  tree::Memory view;
  view.file("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
      .file("/etc/hostname", "web-1\n");
  const auto machine = read_machine(view);
  ASSERT_TRUE(machine);
  EXPECT_EQ(machine->machine_id, "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(machine->host_name, "web-1");
}

TEST(Machine, WhatIsNoIdIsNone) {
  for (const char* text : {"", "uninitialized\n", "0123", "0123456789ABCDEF0123456789ABCDEF"}) {
    tree::Memory view;
    view.file("/etc/machine-id", text);
    EXPECT_FALSE(read_machine(view)) << text;
  }
}

}  // namespace
}  // namespace vigil::source
