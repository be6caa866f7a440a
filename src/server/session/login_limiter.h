// Slows down guessing of passwords: failures are counted by user and address together, so that nobody
// can lock another one out from elsewhere, and by address alone, against trying one password on many
// users.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vigil::server {

struct LoginLimits {
  int failures = 5;                 ///< of a user from an address, within the window
  int address_failures = 50;        ///< of an address, for all users
  std::int64_t window = 900;        ///< seconds, from the first failure
  std::size_t remembered = 20'000;  ///< users with addresses; beyond that, the oldest are forgotten
};

/// Thread-safe.
class LoginLimiter {
 public:
  explicit LoginLimiter(LoginLimits limits = {}) : limits_(limits) {}

  /// Seconds until this user may try again from this address (without port); 0: now. A try that is
  /// allowed counts as a failure until `succeeded` takes it back, so that tries at the same moment
  /// count too.
  std::int64_t begin(std::string_view user, std::string_view address, std::int64_t now);
  void succeeded(std::string_view user, std::string_view address);
  [[nodiscard]] std::size_t remembered() const;

 private:
  struct Count {
    int failures = 0;
    std::int64_t since = 0;
  };
  using Counts = std::unordered_map<std::string, Count>;
  Count& count_of(const std::string& key, std::int64_t now);
  void make_room(std::int64_t now);

  const LoginLimits limits_;
  mutable std::mutex mutex_;
  Counts counts_;  ///< guarded by mutex_
};

/// "192.0.2.1" of "192.0.2.1:443"; for IPv6 its /64.
std::string address_of(std::string_view remote);

}  // namespace vigil::server
