#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

TEST(UvLock, TheProjectsOwnEntriesSayWhatItAsksFor) {
  const Inventory inventory = testing::scan_file("uv-lock", "/app/uv.lock", R"(version = 1
requires-python = ">=3.8"

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "numpy", version = "1.24.4", source = { registry = "https://r.example/simple" }, marker = "python_full_version < '3.9'" },
    { name = "numpy", version = "2.0.2", source = { registry = "https://r.example/simple" }, marker = "python_full_version >= '3.9'" },
    { name = "member" },
]

[package.optional-dependencies]
fast = [
    { name = "speedup" },
]

[package.dev-dependencies]
lint = [
    { name = "ruff" },
]

[package.metadata]
requires-dist = [{ name = "numpy" }]

[[package]]
name = "member"
version = "0.1.0"
source = { editable = "member" }
dependencies = [
    { name = "click" },
]

[[package]]
name = "click"
version = "8.1.7"
source = { registry = "https://r.example/simple" }
dependencies = [
    { name = "colorama", marker = "sys_platform == 'win32'" },
]
wheels = [
    { url = "https://f.example/click-8.1.7-py3-none-any.whl", hash = "sha256:ae74", size = 97941 },
]

[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://r.example/simple" }

[[package]]
name = "numpy"
version = "1.24.4"
source = { registry = "https://r.example/simple" }

[[package]]
name = "numpy"
version = "2.0.2"
source = { registry = "https://r.example/simple" }

[[package]]
name = "ruff"
version = "0.6.0"
source = { git = "https://host.example/ruff?tag=0.6.0#0123abc" }

[[package]]
name = "speedup"
version = "1.0"
source = { url = "https://f.example/speedup-1.0.tar.gz" }
dependencies = [
    { name = "numpy", version = "2.0.2", source = { registry = "https://r.example/simple" } },
]
)");
  EXPECT_EQ(testing::lines(inventory),
            "click 8.1.7 direct :36\n"
            "colorama 0.4.6 transitive :47 <- click@8.1.7\n"
            "numpy 1.24.4 direct :52\n"
            "numpy 2.0.2 direct :57 <- speedup@1.0\n"
            "ruff 0.6.0 direct [lint] :62\n"
            "speedup 1.0 direct [optional] :67\n");
  EXPECT_EQ(testing::problems(inventory), "");
  EXPECT_EQ(inventory.packages[4].package_url,
            "pkg:pypi/ruff@0.6.0?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fruff%3Ftag%3D0.6.0%"
            "230123abc");
}

TEST(UvLock, BadInputIsNamed) {
  EXPECT_EQ(testing::scan_file("uv-lock", "/uv.lock", "=").problems.size(), 1U);
  EXPECT_EQ(
      testing::scan_file("uv-lock", "/uv.lock", "package = [1, {name = 'a'}]").problems.size(), 2U);
}

}  // namespace
}  // namespace vigil::inventory
