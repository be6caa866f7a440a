#include "server/session/password_rules.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace vigil::server {
namespace {

/// What people choose when twelve characters are asked of them, in lower case. Repetitions and runs are
/// found by rule.
constexpr std::array<std::string_view, 56> kCommon = {
    "!qaz2wsx#edc",  "!qaz2wsx3edc",  "000000000000",   "0987654321qw",
    "111111222222",  "112233445566",  "123123456456",   "1234512345qw",
    "123456123456",  "1234567890123", "1234567890ab",   "1234567890abc",
    "1234567890qw",  "123456789abc",  "123456789qwe",   "123456qwerty",
    "147258369147",  "147852369147",  "1q2w3e4r5t6y",   "1qaz2wsx3edc",
    "1qazxsw23edc",  "987654321987",  "a1b2c3d4e5f6",   "abc123abc123",
    "abcd12345678",  "administrator", "administrator1", "asdfghjkl123",
    "asdfghjkl;'",   "changeme1234",  "changemenow!",   "correcthorsebatterystaple",
    "dragon123456",  "football1234",  "iloveyou1234",   "iloveyouforever",
    "letmein12345",  "letmeinplease", "monkey123456",   "p@ssw0rd1234",
    "passw0rd1234",  "password!123",  "password1234",   "password12345",
    "password123!",  "password2024",  "password2025",   "password2026",
    "q1w2e3r4t5y6",  "qazwsxedcrfv",  "qwerty123456",   "qwertyuiop12",
    "qwertyuiop123", "qwertyuiop[]",  "welcome12345",   "zaq12wsxcde3"};

/// Bytes that begin a character of UTF-8.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// "abcabcabcabc", "aaaaaaaaaaaa", and with a part at the end: "passwordpass".
bool repeats_itself(std::string_view text) {
  for (std::size_t period = 1; period <= text.size() / 2; ++period) {
    if (text.substr(period) == text.substr(0, text.size() - period)) return true;
  }
  return false;
}

/// "abcdefghijkl", "987654321098": each character follows the one before it, digits in a circle.
bool is_run(std::string_view text, int step) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool digits = base::is_digit(text[i - 1]) && base::is_digit(text[i]);
    const int difference = text[i] - text[i - 1];
    if (difference != step && (!digits || difference != -9 * step)) return false;
  }
  return true;
}

/// The name alone, or with something short before or behind it.
bool is_made_of(std::string_view password, std::string_view name) {
  constexpr std::size_t kShort = 4;
  return !name.empty() && password.find(name) != std::string_view::npos &&
         password.size() <= name.size() + kShort;
}

}  // namespace

Result<void> check_password(std::string_view password, std::string_view user) {
  const std::size_t length = characters(password);
  if (length < kShortestPassword) return fail("A password has at least 12 characters.");
  if (length > kLongestPassword) return fail("A password has at most 256 characters.");
  const std::string lower = base::lower(password);
  if (is_made_of(lower, base::lower(user))) return fail("The password is the name of its user.");
  if (is_made_of(lower, "vigil") || std::ranges::find(kCommon, lower) != kCommon.end()) {
    return fail("The password is among the first that are guessed.");
  }
  if (repeats_itself(lower) || is_run(lower, 1) || is_run(lower, -1)) {
    return fail("The password is a repetition or a run of characters.");
  }
  return ok();
}

}  // namespace vigil::server
