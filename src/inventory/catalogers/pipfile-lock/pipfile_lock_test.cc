#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

constexpr const char* kLock = R"({
    "_meta": {"hash": {"sha256": "abc"}, "pipfile-spec": 6},
    "default": {
        "requests": {
            "hashes": ["sha256:58cd"],
            "index": "pypi",
            "version": "==2.31.0"
        },
        "urllib3": {"markers": "python_version >= '3.7'", "version": "==2.0.4"},
        "own": {"editable": true, "path": "."},
        "fork": {"git": "https://host.example/fork.git", "ref": "0123abc"}
    },
    "develop": {
        "PyTest": {"version": "==7.4.0"},
        "urllib3": {"version": "==2.0.4"}
    },
    "docs": {"sphinx": {"version": "==7.0"}}
})";

TEST(PipfileLock, CategoriesAreScopes) {
  const Inventory inventory = testing::scan_file("pipfile-lock", "/app/Pipfile.lock", kLock);
  EXPECT_EQ(
      testing::lines(inventory),
      "requests 2.31.0 :4\nurllib3 2.0.4 :9\nPyTest 7.4.0 [dev] :14\nsphinx 7.0 [docs] :17\n");
  EXPECT_EQ(inventory.packages[0].manager, "PIPENV");
  EXPECT_EQ(testing::problems(inventory), "");
}

TEST(PipfileLock, ThePipfileSaysWhatIsAskedFor) {
  tree::Memory view;
  view.file("/app/Pipfile.lock", kLock)
      .file("/app/Pipfile",
            "[packages]\nRequests = \"*\"\n[dev-packages]\npytest = {version = \"*\"}\n");
  EXPECT_EQ(testing::lines(testing::scan_with("pipfile-lock", view)),
            "requests 2.31.0 direct :4\nurllib3 2.0.4 transitive :9\n"
            "PyTest 7.4.0 direct [dev] :14\nsphinx 7.0 transitive [docs] :17\n");
}

TEST(PipfileLock, BadInputIsNamed) {
  const Inventory inventory = testing::scan_file(
      "pipfile-lock", "/Pipfile.lock", R"({"default": {"a": {"version": "*"}, "b b": 1}})");
  EXPECT_EQ(testing::problems(inventory),
            "/Pipfile.lock: line 1: no version of a package\n"
            "/Pipfile.lock: line 1: no version of a package\n");
}

}  // namespace
}  // namespace vigil::inventory
