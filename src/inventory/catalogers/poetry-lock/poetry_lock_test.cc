#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::scan_file;
using testing::scan_with;

constexpr const char* kLock = R"([[package]]
name = "Click"
version = "8.1.7"
description = "Composable command line interface toolkit"
optional = false
python-versions = ">=3.7"
files = [
    {file = "click-8.1.7-py3-none-any.whl", hash = "sha256:ae74"},
]

[package.dependencies]
colorama = {version = "*", markers = "platform_system == \"Windows\""}

[[package]]
name = "colorama"
version = "0.4.6"
optional = false

[[package]]
name = "flask"
version = "2.3.2"
optional = false

[package.dependencies]
click = ">=8"
typing_extensions = "*"

[[package]]
name = "pytest"
version = "7.4.0"
optional = false

[[package]]
name = "tool"
version = "0.1.0"
optional = true

[package.source]
type = "git"
url = "https://host.example/tool.git"
reference = "main"
resolved_reference = "0123abc"

[[package]]
name = "typing-extensions"
version = "4.7.1"
optional = false

[[package]]
name = "own"
version = "0.1.0"

[package.source]
type = "directory"
url = "../own"

[metadata]
lock-version = "2.0"
)";

TEST(PoetryLock, WithoutAProjectTheRelationIsUnknown) {
  const Inventory inventory = scan_file("poetry-lock", "/app/poetry.lock", kLock);
  EXPECT_EQ(lines(inventory),
            "Click 8.1.7 :2 <- flask@2.3.2\n"
            "colorama 0.4.6 :15 <- Click@8.1.7\n"
            "flask 2.3.2 :20\n"
            "pytest 7.4.0 :29\n"
            "tool 0.1.0 :34\n"
            "typing-extensions 4.7.1 :45 <- flask@2.3.2\n");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:pypi/click@8.1.7");
  EXPECT_EQ(inventory.packages[0].manager, "POETRY");
  EXPECT_EQ(inventory.packages[4].package_url,
            "pkg:pypi/tool@0.1.0?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Ftool.git%400123abc");
}

TEST(PoetryLock, TheProjectSaysWhatItAsksFor) {
  const char* const projects[] = {
      "[tool.poetry.dependencies]\npython = \"^3.8\"\nFlask = \"^2\"\n"
      "tool = {git = \"x\", optional = true}\n"
      "[tool.poetry.group.test.dependencies]\npytest = \"^7\"\n",
      "[project]\ndependencies = [\"flask>=2\"]\n[project.optional-dependencies]\nx = [\"tool\"]\n"
      "[dependency-groups]\ntest = [\"pytest\"]\n"};
  for (const char* project : projects) {
    tree::Memory view;
    view.file("/app/poetry.lock", kLock).file("/app/pyproject.toml", project);
    EXPECT_EQ(lines(scan_with("poetry-lock", view)),
              "Click 8.1.7 transitive :2 <- flask@2.3.2\n"
              "colorama 0.4.6 transitive :15 <- Click@8.1.7\n"
              "flask 2.3.2 direct :20\n"
              "pytest 7.4.0 direct [test] :29\n"
              "tool 0.1.0 direct [optional] :34\n"
              "typing-extensions 4.7.1 transitive :45 <- flask@2.3.2\n")
        << project;
  }
}

TEST(PoetryLock, CategoriesAndGroups) {
  EXPECT_EQ(lines(scan_file("poetry-lock", "/poetry.lock", R"(
[[package]]
name = "a"
version = "1"
category = "main"
optional = true
[[package]]
name = "b"
version = "2"
category = "dev"
[[package]]
name = "c"
version = "3"
groups = ["docs", "main"]
[[package]]
name = "d"
version = "4"
groups = ["docs", "test"]
)")),
            "a 1 [optional] :3\nb 2 [dev] :8\nc 3 :12\nd 4 [docs] :16\n");
}

TEST(PoetryLock, BadInputIsNamed) {
  EXPECT_EQ(scan_file("poetry-lock", "/poetry.lock", "[[package]").problems.size(), 1U);
  EXPECT_EQ(testing::problems(scan_file("poetry-lock", "/poetry.lock", "[[package]]\nname = 'a'")),
            "/poetry.lock: line 2: '' is no version of a\n");
}

}  // namespace
}  // namespace vigil::inventory
