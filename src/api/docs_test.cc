// The page of the API lists the operations there are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "api/operation.h"
#include "base/file.h"
#include "base/source_directory_test.h"
#include "base/text.h"

namespace vigil::api {
namespace {

TEST(ApiPage, ListsExactlyTheOperationsThereAre) {
  const auto page = base::read_file(base::source_directory() + "/docs/api.md", 1 << 20);
  ASSERT_TRUE(page);
  std::vector<std::string> documented;
  std::string_view rest = *page;
  while (const auto line = base::next_line(rest)) {
    if (line->starts_with("### ")) documented.emplace_back(line->substr(4));
  }
  std::vector<std::string> registered;
  for (const Operation* operation : all_operations()) registered.emplace_back(operation->name);
  EXPECT_THAT(documented, ::testing::UnorderedElementsAreArray(registered));
}

}  // namespace
}  // namespace vigil::api
