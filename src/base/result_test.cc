#include "base/result.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace vigil {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail("odd", "number", "take an even one");
  return number / 2;
}

Result<int> quarter(int number) {
  VIGIL_TRY(const int once, half(number));
  VIGIL_TRY(const int twice, half(once));
  return twice;
}

Result<void> check(int number) {
  VIGIL_CHECK(half(number));
  return ok();
}

TEST(Result, PassesValuesOnAndErrorsUp) {
  EXPECT_EQ(quarter(12).value(), 3);
  ASSERT_FALSE(quarter(6));
  EXPECT_EQ(quarter(6).error().what, "odd");
  EXPECT_TRUE(check(2));
  EXPECT_FALSE(check(3));
}

TEST(Result, TheTextLeavesOutWhatIsEmpty) {
  EXPECT_EQ((Error{"odd", "number", "take an even one"}.text()), "number: odd (take an even one)");
  EXPECT_EQ((Error{"odd", "", ""}.text()), "odd");
}

TEST(Result, SystemErrorsSayWhatHelps) {
  EXPECT_EQ(fail_errno("cannot open", "x", ENOENT).value().code, ErrorCode::NotFound);
  EXPECT_EQ(fail_errno("cannot write", "x", ENOSPC).value().code, ErrorCode::Io);
  EXPECT_EQ(fail_errno("cannot write", "x", ENOSPC).value().text(),
            "x: cannot write: No space left on device (free some disk space and try again)");
}

}  // namespace
}  // namespace vigil
