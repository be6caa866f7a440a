// Where randomised tests begin: another place each run, and VIGIL_TEST_SEED repeats one.
//
//   const std::uint64_t seed = base::testing::seed();
//   SCOPED_TRACE(base::testing::repeat_with(seed));
//   std::mt19937_64 random(seed);
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace vigil::base::testing {

inline std::uint64_t seed() {
  if (const char* given = std::getenv("VIGIL_TEST_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

inline std::string repeat_with(std::uint64_t seed) {
  return "repeat with VIGIL_TEST_SEED=" + std::to_string(seed);
}

}  // namespace vigil::base::testing
