#include "inventory/program.h"

#include <gtest/gtest.h>

namespace vigil::inventory {
namespace {

TEST(Program, NamesThatMayBePrograms) {
  for (const std::string_view path :
       {"/usr/bin/openssl", "/usr/bin/python3.11", "/opt/node-20.1", "/usr/lib/libssl.so.1.1",
        "/x/y.exe", "/x/addon.node", "/x/.hidden", "/x/a.dll", "/opt/go1.21.4"}) {
    EXPECT_TRUE(may_be_program(path)) << path;
  }
  for (const std::string_view path : {"/x/a.py", "/x/a.so.debug", "/x/readme.1.md", "/x/a.js"}) {
    EXPECT_FALSE(may_be_program(path)) << path;
  }
}

TEST(Program, SomebodyMayExecuteIt) {
  EXPECT_TRUE(may_be_executed("/usr/bin/ls", 0755));
  EXPECT_TRUE(may_be_executed("/usr/bin/ls", 0001));
  EXPECT_FALSE(may_be_executed("/usr/share/doc/x", 0644));
  EXPECT_TRUE(may_be_executed("/app/x.dll", 0644)) << "Windows has no such bit";
}

TEST(Program, FirstBytes) {
  using std::string_view_literals::operator""sv;
  EXPECT_TRUE(
      is_program("\x7f"
                 "ELF\x02\x01"sv));
  EXPECT_TRUE(is_program("MZ\x90\x00"sv));
  EXPECT_TRUE(is_program("\xcf\xfa\xed\xfe\x07"sv));
  EXPECT_TRUE(is_program("\xca\xfe\xba\xbe\x00\x00\x00\x02"sv)) << "for two processors";
  EXPECT_FALSE(is_program("\xca\xfe\xba\xbe\x00\x00\x00\x37"sv)) << "a Java class";
  EXPECT_FALSE(is_program("#!/bin/sh"sv));
  EXPECT_FALSE(is_program(""sv));
}

}  // namespace
}  // namespace vigil::inventory
