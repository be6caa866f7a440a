#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

constexpr const char* kLock = R"(lock-version = "1.0"
created-by = "some tool"

[[packages]]
name = "attrs"
version = "25.1.0"
requires-python = ">=3.8"
wheels = [
  {name = "attrs-25.1.0-py3-none-any.whl", url = "https://f.example/attrs.whl", hashes = {sha256 = "c75a"}},
]

[[packages]]
name = "cattrs"
version = "24.1.2"
dependencies = [
    {name = "attrs"},
]

[[packages]]
name = "own"
version = "1.0"
directory = {path = ".", editable = true}

[[packages]]
name = "tool"
version = "2.0"
marker = "python_version >= '3.9' and 'test' in dependency_groups"
vcs = {type = "git", url = "https://host.example/tool.git", commit-id = "0123abc"}

[[packages]]
name = "unversioned"
vcs = {type = "git", url = "https://host.example/u.git", commit-id = "0123abc"}

[[packages]]
name = "extra"
version = "3.0"
marker = "'fast' in extras"
)";

TEST(Pylock, PackagesOfEverySource) {
  tree::Memory view;
  view.file("/app/pylock.toml", kLock)
      .file("/app/pyproject.toml", "[project]\ndependencies = ['cattrs']\n")
      .file("/app/pylock.dev.toml", "[[packages]]\nname = 'other'\nversion = '1'\n")
      .file("/app/pylock.a.b.toml", "[")
      .file("/app/pylock..toml", "[");
  const Inventory inventory = testing::scan_with("pylock", view);
  EXPECT_EQ(testing::lines(inventory),
            "other 1 transitive :2\n"
            "attrs 25.1.0 transitive :5 <- cattrs@24.1.2\n"
            "cattrs 24.1.2 direct :13\n"
            "tool 2.0 transitive [test] :25\n"
            "extra 3.0 transitive [optional] :35\n");
  EXPECT_EQ(testing::problems(inventory), "");
}

}  // namespace
}  // namespace vigil::inventory
