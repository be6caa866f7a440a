// docs/scale-out.md says where every table lies, and what it distributes can be distributed.
#include <map>
#include <regex>
#include <set>

#include "base/file.h"
#include "base/source_directory_test.h"
#include "store/schema.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::IsEmpty;

/// The first group of every match.
std::set<std::string> all(const std::string& text, const char* pattern) {
  std::set<std::string> found;
  const std::regex wanted(pattern);
  for (std::sregex_iterator each(text.begin(), text.end(), wanted), end; each != end; ++each) {
    found.insert((*each)[1]);
  }
  return found;
}

class ScaleOut : public testing::StoreTest {
 protected:
  const std::string page_ =
      base::read_file(base::source_directory() + "/docs/scale-out.md", 1U << 20U).value();
  const std::set<std::string> distributed_ =
      all(page_, "create_distributed_table\\('(\\w+)', 'account'");
  const std::set<std::string> copied_ = all(page_, "create_reference_table\\('(\\w+)'");
};
INSTANTIATE_TEST_SUITE_P(On, ScaleOut, ::testing::Values("postgres"));

TEST_P(ScaleOut, EveryTableHasItsPlace) {
  std::set<std::string> placed = distributed_;
  placed.insert(copied_.begin(), copied_.end());
  placed.insert("outbox");
  EXPECT_EQ(all(schema_for("postgres"), "CREATE TABLE (\\w+)"), placed);
}

TEST_P(ScaleOut, WhatIsDistributedHasTheAccountInEveryUniqueKey) {
  std::map<std::string, std::string> wrong;
  std::size_t keys = 0;
  read([&](Connection& from) {
    return from.query(
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        " AND indexdef LIKE 'CREATE UNIQUE%'",
        {}, [&](const Row& row) {
          const std::string table(row.text(0));
          if (!distributed_.contains(table)) return true;
          ++keys;
          if (row.text(1).find("(account") == std::string_view::npos) wrong[table] = row.text(1);
          return true;
        });
  });
  EXPECT_GE(keys, distributed_.size());
  EXPECT_THAT(wrong, IsEmpty());
}

}  // namespace
}  // namespace vigil::store
