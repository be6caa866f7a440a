#include <gtest/gtest.h>

#include "inventory/catalogers/opam/notation.h"
#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;

constexpr const char* kState = R"(opam-version: "2.0"
compiler: ["base-unix.base" "ocaml.4.14.0"]
roots: ["cohttp.5.0.0" "ocaml-base-compiler.4.14.0"]
installed: [
  "base.v0.15.1"
  "cohttp.5.0.0"
  "ocaml-base-compiler.4.14.0"
]
)";

constexpr const char* kLocked = R"(opam-version: "2.0"
name: "shop"
version: "dev" # its own
depends: [
  "astring" {= "0.8.5"}
  "alcotest" {= "1.6.0" & with-test}
  "dune" {>= "2.0"}
  "odoc" {= "2.1.1" & with-doc}
  "ocaml" {= "4.14.0"} # a comment with "quotes"
]
build: ["dune" "build" "-p" name]
)";

TEST(Opam, ReadsASwitchWithRootsAndLicences) {
  tree::Memory view;
  view.file("/root/.opam/default/.opam-switch/switch-state", kState);
  view.file("/root/.opam/default/.opam-switch/packages/cohttp.5.0.0/opam",
            "opam-version: \"2.0\"\nsynopsis: \"a license: no\"\nlicense: [\"ISC\" \"MIT\"]\n");
  view.file("/root/.opam/default/.opam-switch/packages/base.v0.15.1/opam", "license: \"MIT\"\n");
  const Inventory inventory = scan_with("opam", view);
  EXPECT_EQ(lines(inventory),
            "base v0.15.1 transitive {MIT} :5\n"
            "cohttp 5.0.0 direct {ISC, MIT} :6\n"
            "ocaml-base-compiler 4.14.0 direct :7\n");
  EXPECT_EQ(inventory.packages[1].package_url, "pkg:opam/cohttp@5.0.0");
  EXPECT_EQ(inventory.packages[1].evidence, model::Evidence::Installed);
}

TEST(Opam, ReadsWhatIsLockedToOneVersion) {
  const Inventory inventory = scan_file("opam", "/srv/shop.opam.locked", kLocked);
  EXPECT_EQ(lines(inventory),
            "astring 0.8.5 :5\nalcotest 1.6.0 [test] :6\nodoc 2.1.1 [dev] :8\nocaml 4.14.0 :9\n");
  EXPECT_EQ(problems(inventory), "");
}

TEST(Opam, AFileThatIsCutShortIsReadAsFarAsItGoes) {
  EXPECT_EQ(lines(scan_file("opam", "/x.opam.locked", "depends: [\"a\" {= \"1\"} \"b\" {= \"2")),
            "a 1 :1\n");
  EXPECT_EQ(problems(scan_file("opam", "/s/.opam-switch/switch-state", "installed: [\"a\"]")),
            "/s/.opam-switch/switch-state: line 1: '' is no version of a\n");
}

TEST(OpamNotation, OnlyFieldsOfTheTopLevelCount) {
  EXPECT_EQ(opam::field("build: [[make name: \"no\"]]\nname: \"yes\"", "name").at(0).text, "yes");
  EXPECT_TRUE(opam::field("x: \"license: [\\\"MIT\\\"]\"", "license").empty());
}

}  // namespace
}  // namespace vigil::inventory
