#include "api/page_token.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <optional>

#include "api/validate.h"
#include "base/hmac.h"
#include "base/text.h"
#include "store/accounts.h"

namespace vigil::api {
namespace {

constexpr std::string_view kKeySetting = "api.page_token_key";
constexpr std::string_view kVersion = "1";
// Half of HMAC-SHA256: 128 bits cannot be guessed, and tokens stay short.
constexpr std::size_t kMacDigits = 32;

Result<std::string> new_key() {
  std::array<char, 32> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return fail_errno("cannot get random bytes", "getrandom", errno);
  }
  return base::hex({bytes.data(), bytes.size()});
}

Result<std::string> key_of(store::Store& store) {
  std::optional<std::string> key;
  VIGIL_CHECK(store.read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(key, store::setting(from, kKeySetting));
    return ok();
  }));
  if (key) return *key;
  VIGIL_TRY(const std::string made, new_key());
  VIGIL_CHECK(store.write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(key, store::setting(to, kKeySetting));
    if (key) return ok();
    key = made;
    return store::set_setting(to, kKeySetting, made);
  }));
  return *key;
}

std::string mac(const Call& call, std::string_view key, std::string_view position) {
  std::string message = call.caller.account;
  message += '\n';
  message += call.operation->service;
  message += '\n';
  message += call.operation->name;
  message += '\n';
  message += canonical(*call.shape, call.input, {"nextToken", "maxResults"});
  message += '\n';
  message += position;
  return base::hex(base::hmac_sha256(key, message)).substr(0, kMacDigits);
}

std::optional<std::string> bytes_of(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  const auto value = [](char c) { return base::is_digit(c) ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    for (const char c : digits.substr(i, 2)) {
      if (!base::is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
    }
    bytes += static_cast<char>(value(digits[i]) * 16 + value(digits[i + 1]));
  }
  return bytes;
}

}  // namespace

Outcome<std::string> page_position(const Call& call) {
  std::string_view token = call.input["nextToken"].text();
  if (token.empty()) return std::string();
  const auto wrong = [] {
    return tl::unexpected(field_error(
        "nextToken", "Value at 'nextToken' is not a token of this operation with this input"));
  };
  if (!token.starts_with(kVersion) || token.size() < kVersion.size() + kMacDigits) return wrong();
  token.remove_prefix(kVersion.size());
  const auto position = bytes_of(token.substr(kMacDigits));
  if (!position) return wrong();
  VIGIL_TRY(const std::string key, or_internal(key_of(call.estate.store())));
  if (!base::equal_in_constant_time(token.substr(0, kMacDigits), mac(call, key, *position))) {
    return wrong();
  }
  return *position;
}

Outcome<std::string> page_token(const Call& call, std::string_view position) {
  if (position.empty()) return std::string();
  VIGIL_TRY(const std::string key, or_internal(key_of(call.estate.store())));
  return std::string(kVersion) + mac(call, key, position) + base::hex(position);
}

}  // namespace vigil::api
