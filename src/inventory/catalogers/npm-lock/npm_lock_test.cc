#include <gtest/gtest.h>

#include <map>

#include "inventory/testing/npm_registry_test.h"
#include "inventory/testing/one_cataloger_test.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;

TEST(NpmLock, FoldersWithRelationScopeAndParents) {
  const Inventory inventory = scan_file("npm-lock", "/app/package-lock.json", R"({
  "name": "app", "lockfileVersion": 3,
  "packages": {
    "": {"dependencies": {"a": "^1", "w": "^1"}, "devDependencies": {"d": "1"}},
    "node_modules/@s/c": {"version": "3.0.0", "license": "MIT", "optional": true},
    "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "^2", "@s/c": "3"}},
    "node_modules/a/node_modules/b": {"version": "2.0.0", "dependencies": {"@s/c": "3"}},
    "node_modules/b": {"version": "1.5.0", "dev": true, "peerDependencies": {"b": "*"}},
    "node_modules/d": {"version": "1.0.0", "dev": true, "dependencies": {"b": "1"}},
    "node_modules/w": {"resolved": "workspaces/w", "link": true},
    "workspaces/w": {"version": "9.9.9", "dependencies": {"p": "*"}},
    "workspaces/w/node_modules/p": {"version": "4.0.0", "peer": true}
  }
})");
  EXPECT_EQ(lines(inventory),
            "@s/c 3.0.0 transitive [optional] {MIT} :5 <- a@1.0.0,b@2.0.0\n"
            "a 1.0.0 direct :6\n"
            "b 2.0.0 transitive :7 <- a@1.0.0\n"
            "b 1.5.0 transitive [dev] :8 <- d@1.0.0\n"
            "d 1.0.0 direct [dev] :9\n"
            "p 4.0.0 direct [peer] :12\n");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:npm/%40s/c@3.0.0");
  EXPECT_EQ(inventory.packages[0].manager, "NPM");
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Locked);
}

TEST(NpmLock, TheRealNameBehindAnAlias) {
  EXPECT_EQ(lines(scan_file("npm-lock", "/package-lock.json", R"({"packages": {
    "": {"dependencies": {"x": "npm:lodash@4", "y": "npm:lodash@3", "z": "*"}},
    "node_modules/x": {"name": "lodash", "version": "4.17.21"},
    "node_modules/y": {"version": "3.0.0", "resolved": "https://r.example/lodash/-/lodash-3.0.0.tgz"},
    "node_modules/z": {"version": "1.0.0", "resolved": "https://r.example/mirror/z-1.0.0.tgz"}}})")),
            "lodash 4.17.21 direct :3\nlodash 3.0.0 direct :4\nz 1.0.0 direct :5\n");
}

TEST(NpmLock, TheTreeOfVersionOne) {
  const Inventory inventory = scan_file("npm-lock", "/npm-shrinkwrap.json", R"({
  "lockfileVersion": 1,
  "dependencies": {
    "a": {"version": "1.0.0", "requires": {"b": "^2", "c": "1"},
      "dependencies": {
        "b": {"version": "2.0.0", "requires": {"c": "1"}}
      }},
    "b": {"version": "1.0.0", "dev": true},
    "c": {"version": "npm:real@1.0.1", "optional": true},
    "local": {"version": "file:../local", "requires": {"b": "1"}},
    "git": {"version": "git+ssh://git@host.example/x.git#abc"}
  }
})");
  EXPECT_EQ(lines(inventory),
            "a 1.0.0 direct :4\n"
            "b 1.0.0 direct [dev] :8\n"
            "real 1.0.1 [optional] :9 <- a@1.0.0,b@2.0.0\n"
            "b 2.0.0 :6 <- a@1.0.0\n");
  EXPECT_EQ(problems(inventory), "");
}

TEST(NpmLock, WhatComesFromGitSaysSo) {
  const Inventory inventory = scan_file("npm-lock", "/package-lock.json", R"({"packages": {
    "node_modules/g": {"version": "1.0.0", "resolved": "git+ssh://git@host.example/g.git#abc"}}})");
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.packages[0].package_url,
            "pkg:npm/g@1.0.0?vcs_url=git%2Bssh:%2F%2Fgit%40host.example%2Fg.git%23abc");
}

TEST(NpmLock, OneBadEntryLosesNoOther) {
  const Inventory inventory = scan_file("npm-lock", "/package-lock.json", R"({"packages": {
    "node_modules/bad name": {"version": "1.0.0"},
    "node_modules/none": {},
    "node_modules/": {"version": "1"},
    "node_modules/good": {"version": "1.0.0"}}})");
  EXPECT_EQ(lines(inventory), "good 1.0.0 direct :5\n");
  EXPECT_EQ(inventory.problems.size(), 3U);
  EXPECT_EQ(scan_file("npm-lock", "/package-lock.json", "{").problems.size(), 1U);
}

TEST(NpmLock, LocksInsideInstalledPackagesAreNotRead) {
  EXPECT_EQ(scan_file("npm-lock", "/node_modules/a/package-lock.json", "{").problems.size(), 0U);
  EXPECT_EQ(scan_file("npm-lock", "/node_modules/.package-lock.json", "{").problems.size(), 1U);
}

TEST(NpmLock, ReadsWhatNpmWrites) {
  const testing::Workshop workshop;
  if (!testing::Workshop::has("npm")) GTEST_SKIP() << "no npm";
  ASSERT_TRUE(workshop.run(testing::with_npm_registry(R"(
mkdir -p first/own third/own
cat > third/package.json <<'END'
{"name": "app", "version": "1.0.0", "workspaces": ["own"],
 "dependencies": {"one": "1.0.0", "alias": "npm:two@2.0.0"},
 "devDependencies": {"@scope/three": "1"}}
END
echo '{"name": "own", "version": "7.0.0", "dependencies": {"four": "1"}}' > third/own/package.json
grep -v workspaces third/package.json | sed '1i {' > first/package.json
(cd third && npm install)
(cd first && npm install --package-lock-only --lockfile-version 1)
)")));
  const auto view = tree::Directory::open(workshop.path());
  ASSERT_TRUE(view);
  std::map<std::string, std::string> by_file;
  for (const model::Package& package : scan_with("npm-lock", **view).packages) {
    model::Package without_line = package;
    without_line.locations[0].line = 0;
    by_file[package.locations[0].path] += testing::line(without_line);
  }
  EXPECT_EQ(by_file["/third/package-lock.json"],
            "@scope/three 1.0.0 direct [dev]\n"
            "two 2.0.0 direct {ISC}\n"
            "one 1.0.0 direct {MIT} <- four@1.0.0\n"
            "two 1.1.0 transitive {ISC} <- one@1.0.0\n"
            "two 2.0.0 transitive [dev] {ISC} <- @scope/three@1.0.0\n"
            "four 1.0.0 direct\n"
            "two 1.1.0 transitive [peer] {ISC} <- four@1.0.0\n");
  EXPECT_EQ(by_file["/third/node_modules/.package-lock.json"],
            "@scope/three 1.0.0 direct [dev]\n"
            "two 2.0.0 direct {ISC}\n"
            "one 1.0.0 {MIT} <- four@1.0.0\n"
            "two 1.1.0 {ISC} <- one@1.0.0\n"
            "two 2.0.0 [dev] {ISC} <- @scope/three@1.0.0\n"
            "four 1.0.0 direct\n"
            "two 1.1.0 [peer] {ISC} <- four@1.0.0\n");
  EXPECT_EQ(by_file["/first/package-lock.json"],
            "@scope/three 1.0.0 direct [dev]\n"
            "two 2.0.0 direct\n"
            "one 1.0.0 direct\n"
            "two 2.0.0 [dev] <- @scope/three@1.0.0\n"
            "two 1.1.0 <- one@1.0.0\n");
  EXPECT_EQ(lines(scan_with("npm-installed", **view)),
            "@scope/three 1.0.0\n"
            "two 2.0.0 {ISC}\n"
            "two 1.1.0 {ISC}\n"
            "one 1.0.0 {MIT}\n"
            "two 2.0.0 {ISC}\n"
            "four 1.0.0\n"
            "two 1.1.0 {ISC}\n");
}

}  // namespace
}  // namespace vigil::inventory
