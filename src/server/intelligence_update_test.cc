#include "server/intelligence_update.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace vigil::server {
namespace {

std::optional<int> wait_for(ChildProcess& child) {
  for (int i = 0; i < 500; ++i) {
    if (const auto code = child.poll()) return code;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return std::nullopt;
}

TEST(ChildProcess, GivesItsExitCode) {
  auto child = ChildProcess::start("/bin/sh", {"-c", "exit 7"});
  ASSERT_TRUE(child) << child.error().text();
  EXPECT_EQ(wait_for(*child), 7);
}

TEST(ChildProcess, IsEndedWithItsOwner) {
  const auto begin = std::chrono::steady_clock::now();
  {
    auto child = ChildProcess::start("/bin/sleep", {"30"});
    ASSERT_TRUE(child);
    EXPECT_EQ(child->poll(), std::nullopt);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(ChildProcess, AProgramThatIsNotThereIsAnError) {
  EXPECT_FALSE(ChildProcess::start("/nonexistent/program", {}));
}

TEST(IntelligenceUpdate, KnowsItsOwnProgram) {
  EXPECT_FALSE(own_program().empty());
}

}  // namespace
}  // namespace vigil::server
