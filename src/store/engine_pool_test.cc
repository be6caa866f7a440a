// Connections are lent to those who ask in the order in which they ask.
#include "store/engine_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace vigil::store {
namespace {

using ::testing::ElementsAre;
using Numbers = Pool<int>;

Numbers::Time in(int milliseconds) {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

Numbers::Maker counting(int& made) {
  return [&made]() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(++made); };
}

TEST(Pool, MakesOnlyWhatIsNeededAndLendsItAgain) {
  int made = 0;
  Numbers pool(2, counting(made));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(**pool.take(in(0)), 1);
  auto first = pool.take(in(0));
  auto second = pool.take(in(0));
  EXPECT_EQ(**first, 1);
  EXPECT_EQ(**second, 2);
  EXPECT_EQ(pool.take(in(10)).error().code, ErrorCode::Busy);
}

TEST(Pool, WhatIsBrokenIsReplaced) {
  int made = 0;
  Numbers pool(1, counting(made));
  pool.take(in(0))->discard();
  EXPECT_EQ(**pool.take(in(0)), 2);
}

TEST(Pool, AFailureToMakeGivesThePlaceBack) {
  bool works = false;
  Numbers pool(1, [&]() -> Result<std::unique_ptr<int>> {
    if (!works) return fail("down", {}, {}, ErrorCode::Network);
    return std::make_unique<int>(1);
  });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pool.take(in(0)).error().code, ErrorCode::Network);
  works = true;
  EXPECT_TRUE(pool.take(in(0)));
}

TEST(Pool, NobodyIsOvertaken) {
  int made = 0;
  Numbers pool(1, counting(made));
  std::vector<int> order;
  std::vector<std::thread> threads;
  {
    const auto held = pool.take(in(0));
    for (int i = 0; i < 5; ++i) {
      threads.emplace_back([&, i] {
        const auto lease = pool.take(in(10'000));
        order.push_back(i);  // under the only lease there is
      });
      // Each waits before the next one comes.
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(order, ElementsAre(0, 1, 2, 3, 4));
}

TEST(Pool, WhoGaveUpWaitingIsSkipped) {
  int made = 0;
  Numbers pool(1, counting(made));
  {
    const auto held = pool.take(in(0));
    EXPECT_FALSE(pool.take(in(5)));
  }
  EXPECT_TRUE(pool.take(in(0)));
}

}  // namespace
}  // namespace vigil::store
