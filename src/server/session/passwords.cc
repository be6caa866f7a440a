#include "server/session/passwords.h"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <semaphore>

#include "server/secrets.h"

namespace vigil::server {
namespace {

constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
constexpr std::size_t kGroups = 5;
constexpr std::size_t kGroupLength = 4;

}  // namespace

struct Passwords::Turns {
  explicit Turns(std::ptrdiff_t count) : free(count) {}
  std::counting_semaphore<> free;
};

Passwords::Passwords(PasswordCost cost, std::ptrdiff_t at_once, std::chrono::milliseconds patience)
    : cost_(cost), patience_(patience), turns_(std::make_unique<Turns>(at_once)) {
  if (::sodium_init() < 0) std::abort();
  nobodys_ = hash(generate()).value_or("");
}
Passwords::~Passwords() = default;

Result<std::string> Passwords::hash(std::string_view password) {
  if (password.size() < kShortest || password.size() > kLongest) {
    return fail("a password has 12 to 1024 bytes", "password");
  }
  if (!turns_->free.try_acquire_for(patience_)) {
    return fail("too many passwords are being checked", {}, "try again", ErrorCode::Busy);
  }
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const int result =
      ::crypto_pwhash_str(out.data(), password.data(), password.size(), cost_.passes, cost_.memory);
  turns_->free.release();
  if (result != 0) return fail("no memory to hash a password", {}, {}, ErrorCode::TooLarge);
  return std::string(out.data());
}

Result<bool> Passwords::matches(std::string_view password, const std::string& hash) {
  if (password.size() > kLongest) return false;
  if (!turns_->free.try_acquire_for(patience_)) {
    return fail("too many passwords are being checked", {}, "try again", ErrorCode::Busy);
  }
  const std::string& compared = hash.empty() ? nobodys_ : hash;
  const int result = ::crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size());
  turns_->free.release();
  return result == 0 && !hash.empty();
}

std::string Passwords::generate() {
  std::string out;
  for (std::size_t group = 0; group < kGroups; ++group) {
    if (group > 0) out += '-';
    out += random_text(kGroupLength, kLetters);
  }
  return out;
}

}  // namespace vigil::server
