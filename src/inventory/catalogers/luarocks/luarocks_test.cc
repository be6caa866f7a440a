#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::scan_file;

constexpr const char* kRockspec = R"(package = "LuaSocket"
version = "3.1.0-1"
source = { url = "git+https://github.com/lunarmodules/luasocket.git", tag = "v3.1.0" }
description = {
  summary = "Network support for the Lua language",
  license = "MIT"
}
dependencies = { "lua >= 5.1" }
)";

TEST(LuaRocks, ThePathSaysNameAndVersion) {
  const Inventory inventory = scan_file(
      "luarocks", "/usr/local/lib/luarocks/rocks-5.1/luasocket/3.1.0-1/luasocket-3.1.0-1.rockspec",
      kRockspec);
  EXPECT_EQ(lines(inventory), "luasocket 3.1.0-1 {MIT}\n");
  EXPECT_EQ(inventory.packages.at(0).package_url, "pkg:luarocks/luasocket@3.1.0-1");
  EXPECT_EQ(inventory.packages.at(0).evidence, model::Evidence::Installed);
}

TEST(LuaRocks, OnlyInATreeOfRocks) {
  for (const char* path : {"/srv/luasocket/luasocket-3.1.0-1.rockspec",
                           "/srv/rocks-5.1/a/1-1/b-1-1x.rockspec", "/x.rockspec"}) {
    EXPECT_EQ(lines(scan_file("luarocks", path, kRockspec)), "") << path;
  }
  EXPECT_EQ(lines(scan_file("luarocks", "/opt/rocks/a/scm-1/a-scm-1.rockspec", "broken (")),
            "a scm-1\n");
}

}  // namespace
}  // namespace vigil::inventory
