#include "server/request_id.h"

#include <array>
#include <random>

namespace vigil::server {

std::string make_request_id() {
  // Unguessable it need not be, different it must: seeded once per thread from the system.
  thread_local std::mt19937_64 random{std::random_device{}() * 0x9E3779B97F4A7C15ULL +
                                      std::random_device{}()};
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id = "00000000-0000-4000-8000-000000000000";
  std::uint64_t bits = 0;
  int left = 0;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (id[i] == '-' || i == 14) continue;
    if (left == 0) {
      bits = random();
      left = 16;
    }
    const auto digit = static_cast<std::size_t>(bits & 15U);
    id[i] = kDigits[i == 19 ? 8 + (digit & 3U) : digit];
    bits >>= 4U;
    --left;
  }
  return id;
}

}  // namespace vigil::server
