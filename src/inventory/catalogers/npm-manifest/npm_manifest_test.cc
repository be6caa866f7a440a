#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

constexpr const char* kManifest = R"({
  "name": "app", "version": "1.0.0",
  "dependencies": {
    "a": "1.2.3",
    "b": "^1.0.0",
    "x": "npm:real@2.0.0"
  },
  "devDependencies": {"d": "=3.0.0"}, "peerDependencies": {"p": "1.0.0"}
})";

TEST(NpmManifest, ExactVersionsOnly) {
  const Inventory inventory = testing::scan_file("npm-manifest", "/srv/package.json", kManifest);
  EXPECT_EQ(testing::lines(inventory),
            "a 1.2.3 direct :4\nreal 2.0.0 direct :6\nd 3.0.0 direct [dev] :8\n");
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Declared);
}

TEST(NpmManifest, ALockTellsMore) {
  for (const char* lock : {"/srv/app/yarn.lock", "/srv/pnpm-lock.yaml", "/package-lock.json"}) {
    tree::Memory view;
    view.file("/srv/app/package.json", kManifest).file(lock, "");
    EXPECT_EQ(testing::lines(testing::scan_with("npm-manifest", view)), "") << lock;
  }
  tree::Memory view;
  view.file("/srv/app/package.json", kManifest).file("/srv/other/yarn.lock", "");
  EXPECT_NE(testing::lines(testing::scan_with("npm-manifest", view)), "");
}

TEST(NpmManifest, InstalledPackagesAreNoProjects) {
  for (const char* path :
       {"/srv/node_modules/a/package.json", "/usr/share/nodejs/a/package.json"}) {
    EXPECT_EQ(testing::lines(testing::scan_file("npm-manifest", path, kManifest)), "") << path;
  }
}

}  // namespace
}  // namespace vigil::inventory
