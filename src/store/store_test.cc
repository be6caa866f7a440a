// Opening and closing a store: what is made, what is refused.
#include "store/store.h"

#include <sys/stat.h>

#include <fstream>

#include "store/schema.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::HasSubstr;

TEST(Account, TwelveDigitsAreANumberAndBack) {
  EXPECT_EQ(account_number("000000000000").value(), 0);
  EXPECT_EQ(account_number("012345678901").value(), 12'345'678'901);
  EXPECT_EQ(account_digits(12'345'678'901), "012345678901");
  EXPECT_EQ(account_digits(0), "000000000000");
  for (const char* wrong : {"", "12345678901", "1234567890123", "12345678901x", "-12345678901"}) {
    EXPECT_FALSE(account_number(wrong)) << wrong;
  }
}

using Opening = testing::StoreTest;

TEST_P(Opening, ANewStoreHasTheSchema) {
  EXPECT_EQ(number("SELECT count(*) FROM finding"), 0);
}

TEST_P(Opening, WhatWasWrittenIsThereAfterARestart) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(to.execute("INSERT INTO setting (name, value) VALUES ($1, $2)",
                           {std::string_view("a"), std::string_view("b")}));
    return ok();
  });
  reopen();
  EXPECT_EQ(number("SELECT count(*) FROM setting WHERE name = $1", {std::string_view("a")}), 1);
}

VIGIL_ON_BOTH_ENGINES(Opening);

class SqliteFile : public testing::StoreTest {};
INSTANTIATE_TEST_SUITE_P(On, SqliteFile, ::testing::Values("sqlite"));

TEST_P(SqliteFile, IsReadableByItsOwnerAlone) {
  struct stat status{};
  for (const char* suffix : {"", "-wal", "-shm"}) {
    ASSERT_EQ(::stat((address() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
  }
}

TEST_P(SqliteFile, ANewerSchemaIsRefused) {
  write([](Connection& to) {
    return to.run_script("PRAGMA user_version = " + std::to_string(kSchemaVersion + 1));
  });
  const auto opened = Store::open(address());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(opened.error().text(), HasSubstr("newer than this program"));
}

TEST_P(SqliteFile, AnotherProgramsDatabaseIsRefusedAndLeftAlone) {
  write([](Connection& to) { return to.run_script("PRAGMA application_id = 7"); });
  const auto opened = Store::open(address());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Invalid);
  EXPECT_THAT(opened.error().text(), HasSubstr("a database of another program"));
}

TEST_P(SqliteFile, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
  const std::string path = directory() + "/notes.txt";
  const std::string notes(5000, 'n');
  std::ofstream(path) << notes;
  const auto opened = Store::open(path);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Invalid);
  EXPECT_THAT(opened.error().text(), HasSubstr("file is not a database"));
  EXPECT_EQ(std::filesystem::file_size(path), notes.size());
}

TEST_P(SqliteFile, ADirectoryThatIsNotThereIsNamed) {
  const auto opened = Store::open(directory() + "/none/vigil.db");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::NotFound);
  EXPECT_THAT(opened.error().text(), HasSubstr("/none/vigil.db"));
}

}  // namespace
}  // namespace vigil::store
