#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

constexpr const char* kPath = "/opt/homebrew/Cellar/openssl@1.1/1.1.1t_1/INSTALL_RECEIPT.json";

TEST(Homebrew, TheFolderSaysNameAndVersionTheReceiptWhoAskedForIt) {
  struct Case {
    const char *receipt, *line;
  };
  const Case kCases[] = {
      {R"({"installed_on_request": true, "source": {"tap": "homebrew/core"}})",
       "openssl@1.1 1.1.1t_1 direct\n"},
      {R"({"installed_on_request": false, "installed_as_dependency": true})",
       "openssl@1.1 1.1.1t_1 transitive\n"},
      {"{}", "openssl@1.1 1.1.1t_1\n"},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(lines(scan_file("homebrew", kPath, one.receipt)), one.line);
  }
  EXPECT_EQ(
      scan_file("homebrew", kPath, R"({"source": {"tap": "me/tools"}})").packages.at(0).package_url,
      "pkg:brew/openssl%401.1@1.1.1t_1?tap=me%2Ftools");
}

TEST(Homebrew, ABrokenReceiptCostsOnlyTheRelation) {
  const Inventory inventory = scan_file("homebrew", kPath, "{");
  EXPECT_EQ(lines(inventory), "openssl@1.1 1.1.1t_1\n");
  EXPECT_NE(problems(inventory), "");
  EXPECT_EQ(lines(scan_file("homebrew", "/tmp/INSTALL_RECEIPT.json", "{}")), "");
}

}  // namespace
}  // namespace vigil::inventory
