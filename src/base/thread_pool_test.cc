#include "base/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

namespace vigil::base {
namespace {

TEST(ThreadPool, DoesEveryPieceOnce) {
  for (const std::size_t workers : {1, 2, 7}) {
    ThreadPool pool(workers);
    for (const std::size_t count : {0, 1, 2, 1000}) {
      std::vector<std::atomic<int>> done(count);
      ASSERT_TRUE(pool.parallel_for(count, [&](std::size_t index) {
        ++done[index];
        return ok();
      }));
      for (const auto& times : done) EXPECT_EQ(times.load(), 1);
    }
  }
}

TEST(ThreadPool, WorksOnSeveralThreads) {
  // Every piece waits for the others: only as many threads as pieces get through.
  std::atomic<int> arrived{0};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  EXPECT_TRUE(parallel_for(3, 3, [&](std::size_t) -> Result<void> {
    ++arrived;
    while (arrived.load() < 3) {
      if (std::chrono::steady_clock::now() > deadline) return fail("the others did not come");
      std::this_thread::yield();
    }
    return ok();
  }));
}

TEST(ThreadPool, ReturnsTheFailureAndBeginsNoMore) {
  ThreadPool pool(3);
  std::atomic<std::size_t> begun{0};
  const auto result = pool.parallel_for(1'000'000, [&](std::size_t index) -> Result<void> {
    ++begun;
    if (index == 5) return fail("piece " + std::to_string(index));
    return ok();
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "piece 5");
  EXPECT_LT(begun.load(), 1'000'000U);
  EXPECT_TRUE(pool.parallel_for(10, [](std::size_t) { return ok(); })) << "the pool stays usable";
}

TEST(ThreadPool, TheFailureWithTheSmallestIndexWins) {
  std::atomic<int> arrived{0};
  const auto result = parallel_for(2, 2, [&](std::size_t index) -> Result<void> {
    ++arrived;
    while (arrived.load() < 2) std::this_thread::yield();
    if (index == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return fail(std::to_string(index));
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "0");
}

TEST(ThreadPool, ExceptionsBecomeErrors) {
  const auto result =
      parallel_for(4, 2, [](std::size_t) -> Result<void> { throw std::runtime_error("lost"); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "an unexpected failure: lost");
  EXPECT_FALSE(parallel_for(1, 1, [](std::size_t) -> Result<void> { throw 7; }));
}

TEST(ThreadPool, ManyShortLoopsLoseNothing) {
  ThreadPool pool(4);
  std::atomic<std::size_t> sum{0};
  for (int round = 0; round < 2000; ++round) {
    ASSERT_TRUE(pool.parallel_for(3, [&](std::size_t index) {
      sum += index;
      return ok();
    }));
  }
  EXPECT_EQ(sum.load(), 6000U);
}

}  // namespace
}  // namespace vigil::base
