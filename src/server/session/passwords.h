// Passwords of console users: argon2id (RFC 9106), which costs memory so that guessing is dear.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::server {

struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory = std::size_t{64} << 20;  ///< bytes
};

/// Thread-safe.
class Passwords {
 public:
  static constexpr std::size_t kShortest = 12;  ///< bytes
  static constexpr std::size_t kLongest = 1024;

  /// At most `at_once` are worked on at the same time, because of their memory; others wait for
  /// `patience` and then fail with Busy.
  explicit Passwords(PasswordCost cost = {}, std::ptrdiff_t at_once = 2,
                     std::chrono::milliseconds patience = std::chrono::seconds(3));
  ~Passwords();
  Passwords(const Passwords&) = delete;
  Passwords& operator=(const Passwords&) = delete;

  /// A text that holds the salt and the cost. Errors: Invalid for a password that is too short or too
  /// long, Busy, TooLarge if there is no memory.
  Result<std::string> hash(std::string_view password);
  /// Whether it is the password of `hash`. An empty hash stands for a user who does not exist: it takes
  /// as long, and is false. Errors: Busy.
  Result<bool> matches(std::string_view password, const std::string& hash);

  /// Letters and digits nobody mistakes for each other, in groups: "w4kd-...", 100 bits.
  static std::string generate();

 private:
  struct Turns;
  PasswordCost cost_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<Turns> turns_;
  std::string nobodys_;  ///< the hash of a password that nobody has
};

}  // namespace vigil::server
