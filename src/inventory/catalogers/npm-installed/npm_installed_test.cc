#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

TEST(NpmInstalled, OnlyWhatLiesRightBelowNodeModulesIsAPackage) {
  tree::Memory view;
  const auto put = [&](const std::string& folder, const std::string& name) {
    view.file(folder + "/package.json", R"({"name": ")" + name + R"(", "version": "1.0.0"})");
  };
  put("/app", "project");
  put("/app/node_modules/plain", "plain");
  put("/app/node_modules/@scope/scoped", "@scope/scoped");
  put("/app/node_modules/alias", "real");
  put("/app/node_modules/plain/node_modules/nested", "nested");
  put("/app/node_modules/.pnpm/p@1.0.0_q@2/node_modules/p", "p");
  put("/app/node_modules/plain/dist/node_modules/carried", "carried");
  put("/app/node_modules/plain/esm", "no: a folder of a package");
  put("/app/node_modules/@scope", "no: a scope");
  put("/app/node_modules", "no: the folder itself");
  put("/app/node_modules/.hidden", "no: a hidden folder");
  put("/app/node_modules/plain/test/data/node_modules/fake", "no: a test's");
  put("/app/node_modules/@scope/scoped/fixtures/node_modules/fake", "no: a test's");
  view.link("/app/node_modules/workspace", "../workspace");
  put("/app/workspace", "no: a workspace");
  std::string names;
  const Inventory inventory = testing::scan_with("npm-installed", view);
  for (const model::Package& package : inventory.packages) names += package.name + " ";
  EXPECT_EQ(names, "p @scope/scoped real carried nested plain ");
  EXPECT_EQ(testing::problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].manager, "NODEPKG");
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Installed);
}

TEST(NpmInstalled, AFolderNamedLikeATestIsAPackageAsWell) {
  EXPECT_EQ(testing::lines(testing::scan_file("npm-installed", "/node_modules/test/package.json",
                                              R"({"name": "test", "version": "3.3.0"})")),
            "test 3.3.0\n");
}

TEST(NpmInstalled, NameAndVersionMustBeThere) {
  const struct {
    const char* content;
    const char* found;
    std::size_t problems;
  } cases[] = {
      {R"({"name": "a", "version": "v1.2.3", "license": "MIT"})", "a 1.2.3 {MIT}\n", 0},
      {"\xEF\xBB\xBF{\"name\": \"a\", \"version\": \" =1.2.3\"}", "a 1.2.3\n", 0},
      {R"({"type": "module"})", "", 0},
      {R"({"name": "a"})", "", 0},
      {R"({"name": 1, "version": []})", "", 0},
      {R"({"name": "a b", "version": "1"})", "", 1},
      {"{", "", 1},
      {"", "", 1},
  };
  for (const auto& one : cases) {
    const Inventory inventory =
        testing::scan_file("npm-installed", "/node_modules/a/package.json", one.content);
    EXPECT_EQ(testing::lines(inventory), one.found) << one.content;
    EXPECT_EQ(inventory.problems.size(), one.problems) << one.content;
  }
}

}  // namespace
}  // namespace vigil::inventory
