#include "inventory/scopes.h"

#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

TEST(Scopes, TheStrongestNeedCounts) {
  const std::string path = "/lock";
  const File file{path, {}};
  const tree::Memory view;
  Inventory inventory;
  Context context{view, inventory.os, inventory.packages, inventory.problems};
  FilePackages packages(file, context, "npm", model::Evidence::Locked);
  for (const char* name : {"run", "below", "extra", "test", "both", "loop", "alone"}) {
    packages.add(name, "1");
  }
  Scopes scopes;
  scopes.ask(0, "");
  scopes.ask(3, "test");
  scopes.ask(4, "test");
  scopes.ask(FilePackages::kNone, "dev");
  scopes.require(0, 1);
  scopes.require(0, 2, true);
  scopes.require(1, 4);
  scopes.require(3, 5);
  scopes.require(5, 3);
  scopes.require(3, 2);
  scopes.settle(packages);
  packages.finish();
  EXPECT_EQ(testing::lines(inventory),
            "run 1 direct\n"
            "below 1 transitive <- run@1\n"
            "extra 1 transitive [optional] <- run@1,test@1\n"
            "test 1 direct [test] <- loop@1\n"
            "both 1 direct <- below@1\n"
            "loop 1 transitive [test] <- test@1\n"
            "alone 1 transitive\n");
}

}  // namespace
}  // namespace vigil::inventory
