// One text for two engines.
#include "store/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigil::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Schema, EachEngineGetsItsOwnLines) {
  const std::string sqlite = schema_for("sqlite");
  EXPECT_THAT(sqlite, HasSubstr("AUTOINCREMENT"));
  EXPECT_THAT(sqlite, Not(HasSubstr("IDENTITY")));
  EXPECT_THAT(sqlite, HasSubstr("\nWITHOUT ROWID"));
  const std::string postgres = schema_for("postgres");
  EXPECT_THAT(postgres, HasSubstr("GENERATED ALWAYS AS IDENTITY"));
  EXPECT_THAT(postgres, Not(HasSubstr("AUTOINCREMENT")));
  EXPECT_THAT(postgres, Not(HasSubstr("ROWID")));
}

TEST(Schema, PostgresqlOrdersEveryTextBytewise) {
  const std::string postgres = schema_for("postgres");
  EXPECT_THAT(postgres, HasSubstr("name          TEXT COLLATE \"C\" NOT NULL"));
  for (std::size_t at = postgres.find(" TEXT"); at != std::string::npos;
       at = postgres.find(" TEXT", at + 1)) {
    EXPECT_EQ(postgres.substr(at, 17), " TEXT COLLATE \"C\"");
  }
}

}  // namespace
}  // namespace vigil::store
