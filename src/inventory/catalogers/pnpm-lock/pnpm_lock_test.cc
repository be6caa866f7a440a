#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

TEST(PnpmLock, VersionFive) {
  const Inventory inventory = scan_file("pnpm-lock", "/app/pnpm-lock.yaml", R"(lockfileVersion: 5.4

specifiers:
  '@scope/a': ^1.0.0
  old: npm:lodash@^3.0.0

dependencies:
  '@scope/a': 1.0.0_react@18.2.0
  old: /lodash/3.10.1
  own: link:../own

devDependencies:
  tool: 2.0.0
  git: github.com/user/git/0123abc

packages:

  /@scope/a/1.0.0_react@18.2.0:
    resolution: {integrity: sha512-a}
    peerDependencies:
      react: '*'
    dependencies:
      lodash: 4.17.21
      react: 18.2.0
    dev: false

  /@scope/a/1.0.0_react@17.0.0:
    resolution: {integrity: sha512-a}
    dev: true

  /lodash/3.10.1:
    resolution: {integrity: sha512-b}
    dev: false

  /lodash/4.17.21:
    resolution: {integrity: sha512-c}

  /react/18.2.0:
    resolution: {integrity: sha512-d}
    dev: false
    optional: true

  /tool/2.0.0:
    resolution: {integrity: sha512-e}
    dev: true

  github.com/user/git/0123abc:
    resolution: {tarball: https://codeload.host.example/user/git/tar.gz/0123abc}
    name: git
    version: 1.1.0
    dev: true
)");
  EXPECT_EQ(lines(inventory),
            "@scope/a 1.0.0 direct :18\n"
            "lodash 3.10.1 direct :31\n"
            "lodash 4.17.21 transitive :35 <- @scope/a@1.0.0\n"
            "react 18.2.0 transitive [optional] :38 <- @scope/a@1.0.0\n"
            "tool 2.0.0 direct [dev] :43\n"
            "git 1.1.0 direct [dev] :47\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].manager, "NPM");
}

TEST(PnpmLock, VersionSix) {
  EXPECT_EQ(lines(scan_file("pnpm-lock", "/app/pnpm-lock.yaml", R"(lockfileVersion: '6.0'

importers:
  .:
    dependencies:
      '@scope/a':
        specifier: ^1.0.0
        version: 1.0.0(react@18.2.0)
      own:
        specifier: workspace:*
        version: link:own
  own:
    optionalDependencies:
      old:
        specifier: npm:lodash@^3.0.0
        version: /lodash@3.10.1

packages:

  /@scope/a@1.0.0(react@18.2.0):
    resolution: {integrity: sha512-a}
    dependencies:
      react: 18.2.0
    dev: false

  /lodash@3.10.1:
    resolution: {integrity: sha512-b}
    dev: false
    optional: true

  /react@18.2.0:
    resolution: {integrity: sha512-d}
    dev: false
)")),
            "@scope/a 1.0.0 direct :20\n"
            "lodash 3.10.1 direct [optional] :26\n"
            "react 18.2.0 transitive :31 <- @scope/a@1.0.0\n");
}

TEST(PnpmLock, VersionNineHasSnapshotsAndNoFlags) {
  EXPECT_EQ(lines(scan_file("pnpm-lock", "/app/pnpm-lock.yaml", R"(lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@scope/a':
        specifier: ^1.0.0
        version: 1.0.0(react@18.2.0)(x@1.0.0)
      old:
        specifier: npm:lodash@^3.0.0
        version: lodash@3.10.1
    devDependencies:
      tool:
        specifier: ^2.0.0
        version: 2.0.0
      file:
        specifier: file:../file
        version: file:../file

packages:

  '@scope/a@1.0.0':
    resolution: {integrity: sha512-a}
    peerDependencies:
      react: '*'

  file@file:../file:
    resolution: {directory: ../file, type: directory}

  fsevents@2.3.3:
    resolution: {integrity: sha512-f}
    os: [darwin]

  lodash@3.10.1:
    resolution: {integrity: sha512-b}

  react@18.2.0:
    resolution: {integrity: sha512-d}

  tool@2.0.0:
    resolution: {integrity: sha512-e}

  zed@https://codeload.host.example/u/zed/tar.gz/abc:
    resolution: {tarball: https://codeload.host.example/u/zed/tar.gz/abc}
    version: 0.1.0

snapshots:

  '@scope/a@1.0.0(react@18.2.0)(x@1.0.0)':
    dependencies:
      react: 18.2.0
    optionalDependencies:
      fsevents: 2.3.3

  fsevents@2.3.3:
    optional: true

  lodash@3.10.1: {}

  react@18.2.0: {}

  tool@2.0.0:
    dependencies:
      lodash: 3.10.1
      zed: https://codeload.host.example/u/zed/tar.gz/abc

  zed@https://codeload.host.example/u/zed/tar.gz/abc: {}
)")),
            "@scope/a 1.0.0 direct :23\n"
            "fsevents 2.3.3 transitive [optional] :31 <- @scope/a@1.0.0\n"
            "lodash 3.10.1 direct :35 <- tool@2.0.0\n"
            "react 18.2.0 transitive :38 <- @scope/a@1.0.0\n"
            "tool 2.0.0 direct [dev] :41\n"
            "zed 0.1.0 transitive [dev] :44 <- tool@2.0.0\n");
}

TEST(PnpmLock, BadInputIsNamed) {
  EXPECT_EQ(scan_file("pnpm-lock", "/pnpm-lock.yaml", "packages: [").problems.size(), 1U);
  const Inventory inventory =
      scan_file("pnpm-lock", "/pnpm-lock.yaml",
                "lockfileVersion: '9.0'\npackages:\n  nothing: {}\n  a@1.0.0: 3\n  ? [x]\n  : 1\n");
  EXPECT_EQ(lines(inventory), "a 1.0.0 transitive :4\n");
  EXPECT_EQ(problems(inventory), "/pnpm-lock.yaml: line 3: '' is no version of nothing\n");
}

}  // namespace
}  // namespace vigil::inventory
