#include "base/uuid.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

// sha256("abc") begins ba7816bf 8f01 cfea 4141 40de5dae2223.
TEST(UuidOfName, IsTheHashWithItsVersionAndTheVariant) {
  EXPECT_EQ(uuid_of_name("abc"), "ba7816bf-8f01-8fea-8141-40de5dae2223");
  EXPECT_EQ(uuid_of_name("abc", '4'), "ba7816bf-8f01-4fea-8141-40de5dae2223");
}

TEST(UuidOfName, OfAnyTextHasTheShape) {
  for (int i = 0; i < 200; ++i) {
    const std::string uuid = uuid_of_name(std::to_string(i));
    EXPECT_EQ(uuid.size(), 36U);
    EXPECT_EQ(uuid[14], '8');
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
  }
}

}  // namespace
}  // namespace vigil::base
