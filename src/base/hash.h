// Hashes: XXH3 (https://xxhash.com, "XXH3" since 0.8.0, little-endian canonical form) to find equal
// or damaged content fast, SHA-256 (FIPS 180-4) where somebody could try to forge it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::base {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend bool operator==(const Hash128&, const Hash128&) = default;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

std::uint64_t xxh3_64(std::string_view bytes, std::uint64_t seed = 0);
Hash128 xxh3_128(std::string_view bytes);
/// 32 lower-case hexadecimal digits, the high half first (as xxh128sum prints it).
std::string hex(const Hash128& hash);

/// XXH3-128 of bytes that come in pieces.
class Xxh3 {
 public:
  Xxh3();
  Xxh3(Xxh3&&) noexcept;
  Xxh3& operator=(Xxh3&&) noexcept;
  ~Xxh3();

  void update(std::string_view bytes);
  /// Of all bytes so far; more may follow.
  [[nodiscard]] Hash128 digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of bytes that come in pieces.
class Sha256 {
 public:
  using Digest = std::array<unsigned char, 32>;

  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void update(std::string_view bytes);
  /// Of all bytes since the beginning or the last finish; starts anew.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// 64 lower-case hexadecimal digits.
std::string hex(const Sha256::Digest& digest);
std::string sha256_hex(std::string_view bytes);

/// Of a file of any size, read through a small buffer.
Result<Hash128> xxh3_128_of_file(const std::string& path);
Result<std::string> sha256_hex_of_file(const std::string& path);

}  // namespace vigil::base
