#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

constexpr const char* kLock = R"([metadata]
groups = ["default", "test"]
lock_version = "4.4.1"

[[package]]
name = "httpx"
version = "0.27.0"
groups = ["default"]
dependencies = [
    "h11==0.14.0",
    "typing-extensions; python_version < \"3.8\"",
]

[[package]]
name = "httpx"
version = "0.27.0"
extras = ["socks"]
groups = ["default"]
dependencies = [
    "httpx==0.27.0",
    "socksio==1.0.0",
]

[[package]]
name = "h11"
version = "0.14.0"
groups = ["default", "test"]

[[package]]
name = "socksio"
version = "1.0.0"
groups = ["default"]

[[package]]
name = "own"
version = "0.1.0"
path = "./own"
editable = true

[[package]]
name = "pytest"
version = "8.0.0"
git = "https://host.example/pytest.git"
revision = "0123abc"
groups = ["test"]
)";

TEST(PdmLock, GroupsExtrasAndParents) {
  tree::Memory view;
  view.file("/app/pdm.lock", kLock)
      .file("/app/pyproject.toml",
            "[project]\ndependencies = [\"httpx[socks]\"]\n[tool.pdm.dev-dependencies]\n"
            "test = [\"PyTest>=8\"]\n");
  const Inventory inventory = testing::scan_with("pdm-lock", view);
  EXPECT_EQ(testing::lines(inventory),
            "httpx 0.27.0 direct :6\n"
            "h11 0.14.0 transitive :25 <- httpx@0.27.0\n"
            "socksio 1.0.0 transitive :30 <- httpx@0.27.0\n"
            "pytest 8.0.0 direct [test] :41\n");
  EXPECT_EQ(testing::problems(inventory), "");
}

TEST(PdmLock, WithoutAProjectTheRelationIsUnknown) {
  EXPECT_EQ(testing::lines(testing::scan_file("pdm-lock", "/app/pdm.lock", kLock)),
            "httpx 0.27.0 :6\n"
            "h11 0.14.0 :25 <- httpx@0.27.0\n"
            "socksio 1.0.0 :30 <- httpx@0.27.0\n"
            "pytest 8.0.0 [test] :41\n");
}

TEST(PdmLock, BadInputIsNamed) {
  EXPECT_EQ(testing::scan_file("pdm-lock", "/pdm.lock", "[").problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory
