#include "server/signature/replay_guard.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

constexpr std::int64_t kNow = 1'795'409'117;

TEST(ReplayGuard, ASignatureIsGoodOnceButForTwins) {
  ReplayGuard guard(600);
  EXPECT_TRUE(guard.accept("a", kNow));
  EXPECT_TRUE(guard.accept("a", kNow + 3));
  EXPECT_FALSE(guard.accept("a", kNow + 4));
  EXPECT_TRUE(guard.accept("b", kNow + 4));
}

TEST(ReplayGuard, ItIsRememberedForTheWholeWindow) {
  for (std::int64_t begin = kNow; begin < kNow + 1200; begin += 100) {
    ReplayGuard guard(600);
    guard.accept("first", kNow);
    EXPECT_TRUE(guard.accept("a", begin));
    for (std::int64_t later = 10; later <= 600; later += 59) {
      EXPECT_FALSE(guard.accept("a", begin + later)) << begin - kNow << " " << later;
      guard.accept(std::to_string(begin + later), begin + later);
    }
  }
}

TEST(ReplayGuard, ItsMemoryIsBounded) {
  ReplayGuard guard(600, 1000);
  for (int i = 0; i < 5000; ++i) EXPECT_TRUE(guard.accept(std::to_string(i), kNow));
  EXPECT_LE(guard.size(), 1000U);
  EXPECT_FALSE(guard.accept("4999", kNow + 100));
  EXPECT_TRUE(guard.accept("x", kNow + 5000));
  EXPECT_EQ(guard.size(), 1U);
}

}  // namespace
}  // namespace vigil::server
