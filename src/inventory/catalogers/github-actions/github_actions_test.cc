#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

constexpr const char* kWorkflow = R"(name: CI
on: [push]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@8e5e7e5ab8b370d6c329ec480221332ada57f0ab # v3.5.2
      - name: Analyse
        uses: "github/codeql-action/init@v2"
      - uses: tj-actions/changed-files@v35.9.2   # newest
      - uses: 'actions/cache@704facf57e6136b1bc63b828d79edcd491f0ee84' # tag=v3.3.2
      - uses: actions/cache@704facf57e6136b1bc63b828d79edcd491f0ee84
      - uses: ./local
      - uses: docker://alpine:3.8
      - run: |
          echo "
          uses: not/this@v1
          "
        shell: bash
      - uses: actions/checkout@8e5e7e5ab8b370d6c329ec480221332ada57f0ab # v3.5.2
  call:
    uses: octo/shared/.github/workflows/release.yml@main
)";

TEST(GitHubActions, ReadsWhatWorkflowsUse) {
  const Inventory inventory = scan_file("github-actions", "/r/.github/workflows/ci.yml", kWorkflow);
  EXPECT_EQ(lines(inventory),
            "actions/checkout v3.5.2 direct [build] :7\n"
            "github/codeql-action v2 direct [build] :9\n"
            "tj-actions/changed-files v35.9.2 direct [build] :10\n"
            "actions/cache v3.3.2 direct [build] :11\n"
            "actions/cache 704facf57e6136b1bc63b828d79edcd491f0ee84 direct [build] :12\n"
            "octo/shared main direct [build] :22\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].ecosystem, "GitHub Actions");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:githubactions/actions/checkout@v3.5.2");
  EXPECT_EQ(inventory.packages[1].package_url, "pkg:githubactions/github/codeql-action@v2#init");
}

TEST(GitHubActions, OtherYamlIsLeftAlone) {
  EXPECT_EQ(lines(scan_file("github-actions", "/r/config/ci.yml", kWorkflow)), "");
  EXPECT_EQ(lines(scan_file("github-actions", "/r/own/action.yml",
                            "runs:\n  using: composite\n  steps:\n  - uses: a/b@v1\n")),
            "a/b v1 direct [build] :4\n");
}

TEST(GitHubActions, WhatHasNoRefIsNamed) {
  EXPECT_EQ(
      problems(scan_file("github-actions", "/action.yaml",
                         "- uses: a/b\n- uses: ${{ matrix.action }}\n- uses: \n- uses: @v1\n")),
      "/action.yaml: line 1: a/b has no ref\n/action.yaml: line 4: '' is no package's name\n");
}

}  // namespace
}  // namespace vigil::inventory
