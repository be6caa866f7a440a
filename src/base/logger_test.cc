#include "base/logger.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

constexpr std::int64_t kTime = 1700000000;

TEST(Logger, WritesALineForPeople) {
  const Logger logger;
  EXPECT_EQ(logger.line(LogLevel::Info, "listening", {{"address", "127.0.0.1:80"}, {"workers", 4}},
                        kTime),
            "2023-11-14T22:13:20Z info listening address=127.0.0.1:80 workers=4\n");
}

TEST(Logger, AHostileValueStaysInItsLine) {
  const Logger logger;
  EXPECT_EQ(logger.line(LogLevel::Warning, "refused", {{"name", "a\nerror forged=1"}}, kTime),
            "2023-11-14T22:13:20Z warning refused name=\"a\\nerror forged=1\"\n");
}

TEST(Logger, WritesJsonForMachines) {
  const Logger logger(LogLevel::Info, true);
  EXPECT_EQ(
      logger.line(LogLevel::Error, "failed", {{"why", "no \"space\""}, {"seconds", 0.5}}, kTime),
      "{\"time\":\"2023-11-14T22:13:20Z\",\"level\":\"error\",\"message\":\"failed\","
      "\"why\":\"no \\\"space\\\"\",\"seconds\":0.5}\n");
}

}  // namespace
}  // namespace vigil::base
