#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;

constexpr const char* kSecond =
    R"(# This file is machine-generated - editing it directly is not advised

julia_version = "1.9.0"
manifest_format = "2.0"

[[deps.Dates]]
deps = ["Printf"]
uuid = "ade2ca70-3891-5945-98fb-dc099432e06a"

[[deps.HTTP]]
deps = ["Dates", "URIs"]
git-tree-sha1 = "eb5aa5e3b500e191763d35198f859e4b40fff4a6"
uuid = "cd3eb016-35fb-5094-929b-558a96fad6f3"
version = "1.7.3"

[[deps.LibCURL_jll]]
deps = ["Artifacts"]
uuid = "deac9b47-8bc7-5906-a0fe-35ac56dc84c0"
version = "7.84.0+0"

[[deps.Own]]
path = "../Own"
uuid = "00000000-35fb-5094-929b-558a96fad6f3"
version = "0.1.0"

[[deps.URIs]]
git-tree-sha1 = "ac00576f90d8a259f2c9d823e91d1de3fd44d348"
uuid = "5c2747f8-b7ea-4ff2-ba2e-563bfd36b1d4"
version = "1.4.1"

[[deps.URIs]]
git-tree-sha1 = "bc00576f90d8a259f2c9d823e91d1de3fd44d348"
uuid = "6c2747f8-b7ea-4ff2-ba2e-563bfd36b1d4"
version = "9.0.0"

[[deps.User]]
uuid = "7c2747f8-b7ea-4ff2-ba2e-563bfd36b1d4"
version = "2.0.0"
    [deps.User.deps]
    URIs = "6c2747f8-b7ea-4ff2-ba2e-563bfd36b1d4"
)";

TEST(Julia, ReadsTheSecondFormatAndTheProjectBesideIt) {
  tree::Memory view;
  view.file("/app/Manifest.toml", kSecond);
  view.file("/app/Project.toml", "[deps]\nHTTP = \"cd3eb016-35fb-5094-929b-558a96fad6f3\"\n");
  const Inventory inventory = scan_with("julia", view);
  EXPECT_EQ(lines(inventory),
            "HTTP 1.7.3 direct :10\n"
            "LibCURL_jll 7.84.0+0 transitive :16\n"
            "URIs 1.4.1 transitive :26 <- HTTP@1.7.3\n"
            "URIs 9.0.0 transitive :31 <- HTTP@1.7.3,User@2.0.0\n"
            "User 2.0.0 transitive :36\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].package_url,
            "pkg:julia/HTTP@1.7.3?uuid=cd3eb016-35fb-5094-929b-558a96fad6f3");
}

TEST(Julia, ReadsTheFirstFormat) {
  EXPECT_EQ(lines(scan_file("julia", "/app/Manifest-v1.6.toml",
                            "[[JSON]]\nuuid = \"682c06a0\"\nversion = \"0.21.3\"\n\n"
                            "[[Random]]\nuuid = \"9a3f8284\"\n")),
            "JSON 0.21.3 :1\n");
}

TEST(Julia, ReadsADepotButNotProjects) {
  const char* project = "name = \"JSON\"\nuuid = \"682c06a0\"\nversion = \"0.21.3\"\n";
  const Inventory inventory =
      scan_file("julia", "/root/.julia/packages/JSON/93Ea8/Project.toml", project);
  EXPECT_EQ(lines(inventory), "JSON 0.21.3 :3\n");
  EXPECT_EQ(inventory.packages.at(0).evidence, model::Evidence::Installed);
  EXPECT_EQ(lines(scan_file("julia", "/src/JSON/Project.toml", project)), "");
}

TEST(Julia, WhatIsWrongIsNamed) {
  EXPECT_NE(problems(scan_file("julia", "/Manifest.toml", "[[")), "");
  EXPECT_EQ(problems(scan_file("julia", "/Manifest.toml", "[[A]]\nversion = \"\"\n")),
            "/Manifest.toml: line 1: '' is no version of A\n");
}

}  // namespace
}  // namespace vigil::inventory
