#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

TEST(BunLock, PlacesScopesAndParents) {
  const Inventory inventory = testing::scan_file("bun-lock", "/app/bun.lock", R"({
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "app",
      "dependencies": { "@s/a": "^1.0.0", "old": "npm:lodash@^3.0.0", },
      "devDependencies": { "tool": "^2.0.0", },
    },
    "own": { "name": "own", "dependencies": { "lodash": "^4.0.0", }, },
  },
  "packages": {
    "@s/a": ["@s/a@1.0.0", "", { "dependencies": { "lodash": "^4" }, "optionalDependencies": { "f": "2" } }, "sha512-a=="],

    "@s/a/lodash": ["lodash@4.0.0", "", {}, "sha512-b=="],

    "f": ["f@2.0.0", "", { "os": "darwin" }, "sha512-c=="],

    "git": ["git@github:user/git#0123abc", {}, "user-git-0123abc"],

    "lodash": ["lodash@4.17.21", "", {}, "sha512-d=="],

    "old": ["lodash@3.10.1", "", {}, "sha512-e=="],

    "own": ["own@workspace:own"],

    "tool": ["tool@2.0.0", "", { "dependencies": { "@s/a": "1", "lodash": "3" } }, "sha512-f=="],

    "tool/lodash": ["lodash@3.0.0", "", {}, "sha512-g=="],
  }
})");
  EXPECT_EQ(testing::lines(inventory),
            "@s/a 1.0.0 direct :12 <- tool@2.0.0\n"
            "lodash 4.0.0 transitive :14 <- @s/a@1.0.0\n"
            "f 2.0.0 transitive [optional] :16 <- @s/a@1.0.0\n"
            "lodash 4.17.21 direct :20\n"
            "lodash 3.10.1 direct :22\n"
            "tool 2.0.0 direct [dev] :26\n"
            "lodash 3.0.0 transitive [dev] :28 <- tool@2.0.0\n");
  EXPECT_EQ(testing::problems(inventory), "");
}

TEST(BunLock, BadInputIsNamed) {
  const Inventory inventory = testing::scan_file(
      "bun-lock", "/bun.lock",
      R"({"packages": {"a": [], "b": 1, "/": ["c"], "d": ["d@1.0.0", {"dependencies": {"/": "", "": ""}}]}})");
  EXPECT_EQ(testing::lines(inventory), "d 1.0.0 transitive :1\n");
  EXPECT_EQ(inventory.problems.size(), 3U);
  EXPECT_EQ(testing::scan_file("bun-lock", "/bun.lock", "{,").problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory
