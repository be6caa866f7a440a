#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::scan_file;

TEST(DenoLock, VersionFour) {
  const Inventory inventory = scan_file("deno-lock", "/app/deno.lock", R"({
  "version": "4",
  "specifiers": {
    "jsr:@std/internal@^1.0.1": "1.0.1",
    "jsr:@std/path@1": "1.0.2",
    "npm:chalk@5": "5.3.0",
    "npm:widget@*": "1.0.0_react@18.2.0"
  },
  "jsr": {
    "@std/internal@1.0.1": { "integrity": "a" },
    "@std/path@1.0.2": {
      "integrity": "b",
      "dependencies": [ "jsr:@std/internal@^1.0.1" ]
    }
  },
  "npm": {
    "chalk@5.3.0": { "integrity": "c" },
    "react@17.0.0": { "integrity": "d" },
    "react@18.2.0": { "integrity": "d" },
    "widget@1.0.0_react@18.2.0": {
      "integrity": "e",
      "dependencies": [ "react@18.2.0", "chalk" ]
    }
  },
  "workspace": { "dependencies": [ "jsr:@std/path@1", "npm:widget@*" ] }
})");
  EXPECT_EQ(lines(inventory),
            "chalk 5.3.0 transitive :17 <- widget@1.0.0\n"
            "react 17.0.0 transitive :18\n"
            "react 18.2.0 transitive :19 <- widget@1.0.0\n"
            "widget 1.0.0 direct :20\n"
            "@std/internal 1.0.1 transitive :10 <- @std/path@1.0.2\n"
            "@std/path 1.0.2 direct :11\n");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:npm/chalk@5.3.0");
  EXPECT_EQ(inventory.packages[5].ecosystem, "jsr");
  EXPECT_EQ(inventory.packages[5].package_url, "pkg:jsr/%40std/path@1.0.2");
}

TEST(DenoLock, VersionsTwoAndThree) {
  EXPECT_EQ(lines(scan_file("deno-lock", "/deno.lock", R"({"version": "2",
    "remote": {"https://host.example/x.ts": "a"},
    "npm": {"specifiers": {"one@1": "one@1.0.0"}, "packages": {
      "one@1.0.0": {"dependencies": {"two": "two@2.0.0"}},
      "two@2.0.0": {"dependencies": {}}}}})")),
            "one 1.0.0 direct :4\ntwo 2.0.0 transitive :5 <- one@1.0.0\n");
  EXPECT_EQ(lines(scan_file("deno-lock", "/deno.lock", R"({"version": "3", "packages": {
    "specifiers": {"npm:one@1": "npm:one@1.0.0", "jsr:@s/a@1": "jsr:@s/a@1.0.0",
                   "jsr:@s/b@1": "jsr:@s/b@1.0.0"},
    "jsr": {"@s/a@1.0.0": {"dependencies": ["jsr:@s/b@1"]},
            "@s/b@1.0.0": {}},
    "npm": {"one@1.0.0": {"dependencies": {}}}}})")),
            "one 1.0.0 direct :6\n@s/a 1.0.0 direct :4\n@s/b 1.0.0 transitive :5 <- @s/a@1.0.0\n");
}

TEST(DenoLock, BadInputIsNamed) {
  EXPECT_EQ(scan_file("deno-lock", "/deno.lock", "x").problems.size(), 1U);
  const Inventory inventory =
      scan_file("deno-lock", "/deno.lock", R"({"version": 4, "npm": {"a": {}, "b@1.0.0": 1}})");
  EXPECT_EQ(lines(inventory), "b 1.0.0 transitive :1\n");
  EXPECT_EQ(inventory.problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory
