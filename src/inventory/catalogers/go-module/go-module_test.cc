#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"
#include "inventory/testing/workshop_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_with;
using testing::Workshop;

constexpr const char* kModule = R"(// a comment
module example.org/app // the project

go 1.21.3

toolchain go1.22.1

require github.com/one/a v1.0.0

require (
	"github.com/two/b" v0.0.0-20210101000000-abcdef123456 // indirect
	github.com/three/c/v2 v2.3.4+incompatible
	example.org/local v0.0.0 // indirect; of the tree
	example.org/old v1.1.0
	example.org/bad v1.0.0
)

replace (
	example.org/local => ../local
	example.org/old v1.1.0 => github.com/fork/old v1.1.1
	github.com/one/a v0.9.0 => github.com/never/used v1.0.0
)

exclude example.org/bad v1.0.0
retract v0.1.0
)";

TEST(GoModule, ReadsRequirementsReplacementsAndTheToolchain) {
  tree::Memory view;
  view.file("/src/go.mod", kModule).file("/src/go.sum", "github.com/other/x v1.0.0 h1:=\n");
  const Inventory found = scan_with("go-module", view);
  EXPECT_EQ(lines(found),
            "github.com/one/a v1.0.0 direct :8\n"
            "github.com/two/b v0.0.0-20210101000000-abcdef123456 transitive :11\n"
            "github.com/three/c/v2 v2.3.4+incompatible direct :12\n"
            "github.com/fork/old v1.1.1 direct :14\n"
            "stdlib 1.22.1 direct :6\n");
  EXPECT_EQ(
      problems(found),
      "/src/go.mod: line 15: example.org/bad v1.0.0 is excluded: which version is used instead is "
      "not known\n");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Locked);
  EXPECT_EQ(found.packages[4].evidence, model::Evidence::Declared);
  EXPECT_EQ(found.packages[0].manager, "GOMOD");
  EXPECT_EQ(found.packages[0].package_url, "pkg:golang/github.com/one/a@v1.0.0");
}

TEST(GoModule, BeforeGo117TheSumsCompleteIt) {
  tree::Memory view;
  view.file("/go.mod", "module a\ngo 1.16\nrequire github.com/one/a v1.0.0\n")
      .file("/go.sum",
            "github.com/one/a v0.9.0 h1:=\ngithub.com/one/a v1.0.0 h1:=\n"
            "github.com/deep/d v1.9.0 h1:=\ngithub.com/deep/d v1.10.0 h1:=\n"
            "github.com/deep/d v1.11.0/go.mod h1:=\n");
  const Inventory found = scan_with("go-module", view);
  EXPECT_EQ(lines(found),
            "github.com/one/a v1.0.0 direct :3\ngithub.com/deep/d v1.10.0 transitive :4\n");
  EXPECT_EQ(found.packages[1].locations[0].path, "/go.sum");
}

TEST(GoModule, SumsAloneAreReadToo) {
  tree::Memory view;
  view.file("/go.sum", "github.com/one/a v1.0.0 h1:=\ngithub.com/one/a v1.0.0/go.mod h1:=\n");
  EXPECT_EQ(lines(scan_with("go-module", view)), "github.com/one/a v1.0.0 :1\n");
}

TEST(GoModule, AWorkspaceReplacesForItsModules) {
  tree::Memory view;
  view.file("/w/go.work",
            "go 1.21.0\nuse (\n\t./a\n)\nreplace example.org/x => example.org/y v1.5.0\n")
      .file("/w/a/go.mod", "module a\ngo 1.21\nrequire example.org/x v1.0.0\n")
      .file("/w/b/go.mod", "module b\ngo 1.21\nrequire example.org/x v1.0.0\n");
  EXPECT_EQ(
      lines(scan_with("go-module", view)),
      "example.org/y v1.5.0 direct :3\nexample.org/x v1.0.0 direct :3\nstdlib 1.21.0 direct :1\n");
}

TEST(GoModule, OfTheModuleCacheNothingIsAskedFor) {
  tree::Memory view;
  view.file("/root/go/pkg/mod/example.org/x@v1.0.0/go.mod", kModule);
  EXPECT_EQ(lines(scan_with("go-module", view)), "");
}

TEST(GoModule, VendoredModulesLieThere) {
  tree::Memory view;
  view.file(
      "/src/vendor/modules.txt",
      "# github.com/one/a v1.0.0\n## explicit; go 1.17\ngithub.com/one/a\ngithub.com/one/a/sub\n"
      "# github.com/two/b v1.1.0\ngithub.com/two/b\n# github.com/none/n v1.0.0\n## explicit\n"
      "# example.org/old v1.0.0 => github.com/fork/old v1.0.1\n## explicit\nexample.org/old\n"
      "# example.org/local v0.0.0 => ../local\n## explicit\nexample.org/local\n");
  const Inventory found = scan_with("go-module", view);
  EXPECT_EQ(lines(found),
            "github.com/one/a v1.0.0 direct :1\ngithub.com/two/b v1.1.0 transitive :5\n"
            "github.com/fork/old v1.0.1 direct :9\n");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Installed);
}

TEST(GoModule, WhatGoItselfWrites) {
  VIGIL_NEEDS("go");
  const Workshop folder;
  ASSERT_TRUE(
      folder.run("export GOTOOLCHAIN=local GOFLAGS=-mod=mod; go mod init example.org/app && "
                 "go mod edit -go=1.21.5 -require=github.com/one/a@v1.2.3 "
                 "-replace=github.com/one/a=github.com/fork/a@v1.2.4"))
      << folder.read("log");
  tree::Memory view;
  view.file("/go.mod", folder.read("go.mod"));
  EXPECT_EQ(lines(scan_with("go-module", view)),
            "github.com/fork/a v1.2.4 direct :5\nstdlib 1.21.5 direct :3\n");
}

}  // namespace
}  // namespace vigil::inventory
