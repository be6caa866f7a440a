#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

constexpr const char* kManifest = R"({
  "name": "python", "publisher": "ms-python", "version": "2023.4.1", "license": "MIT",
  "displayName": "Python", "engines": {"vscode": "^1.76.0"}})";

TEST(VsCode, ReadsAnExtension) {
  const Inventory inventory = scan_file(
      "vscode", "/home/user/.vscode-server/extensions/ms-python.python-2023.4.1/package.json",
      kManifest);
  EXPECT_EQ(lines(inventory), "ms-python/python 2023.4.1 {MIT}\n");
  EXPECT_EQ(inventory.packages.at(0).ecosystem, "VSCode");
  EXPECT_EQ(inventory.packages.at(0).package_url, "pkg:vscode-extension/ms-python/python@2023.4.1");
}

TEST(VsCode, OtherManifestsAreLeftAlone) {
  struct Case {
    const char *path, *content;
  };
  const Case kCases[] = {
      {"/srv/node_modules/python/package.json", kManifest},
      {"/a/extensions/x/node_modules/y/package.json", kManifest},
      {"/a/extensions/x/package.json", R"({"name": "x", "publisher": "p", "version": "1"})"},
      {"/a/extensions/x/package.json",
       R"({"name": "x", "publisher": "vscode", "version": "1.0.0", "engines": {"vscode": "*"}})"},
      {"/package.json", kManifest},
  };
  for (const Case& one : kCases) EXPECT_EQ(lines(scan_file("vscode", one.path, one.content)), "");
  EXPECT_NE(problems(scan_file("vscode", "/a/extensions/x/package.json", "{")), "");
}

}  // namespace
}  // namespace vigil::inventory
