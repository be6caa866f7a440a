#include "server/access_keys.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::server {
namespace {

constexpr std::string_view kPrefix = "AKIA";
constexpr std::size_t kIdLength = 20;
constexpr std::size_t kSecretLength = 40;
constexpr std::size_t kLongestHolder = 64;
constexpr std::string_view kIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// AWS's have '/' and '+' as well; without them a secret can be pasted anywhere, and 238 bits are enough.
constexpr std::string_view kSecretLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

}  // namespace

AccessKey generate_access_key() {
  return {.id = std::string(kPrefix) + random_text(kIdLength - kPrefix.size(), kIdLetters),
          .secret = random_text(kSecretLength, kSecretLetters)};
}

Result<AccessKey> issue_access_key(store::Connection& to, const MasterKey& master,
                                   std::int64_t account, std::string_view principal,
                                   std::int64_t now) {
  const bool control = std::ranges::any_of(
      principal, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
  if (principal.empty() || principal.size() > kLongestHolder || control) {
    return fail("A holder has 1 to 64 bytes and no control characters.", "holder");
  }
  AccessKey key = generate_access_key();
  store::AccessKeyRow row;
  row.id = key.id;
  row.account = account;
  row.secret = master.seal(key.secret, key.id);
  row.principal = principal;
  row.created = now;
  VIGIL_CHECK(store::put_access_key(to, row));
  return key;
}

Result<bool> withdraw_access_key(store::Connection& to, std::optional<std::int64_t> account,
                                 std::string_view id, std::int64_t now) {
  VIGIL_TRY(const auto row, store::find_access_key(to, id));
  if (!row || (account && row->account != *account)) return false;
  VIGIL_CHECK(store::disable_access_key(to, id, now));
  return true;
}

Result<std::optional<SigningKey>> find_signing_key(store::Connection& from, const MasterKey& master,
                                                   std::string_view id) {
  // What has not the form of an id is not worth a look into the store.
  if (id.size() != kIdLength || !std::ranges::all_of(id, base::is_alnum)) {
    return std::optional<SigningKey>();
  }
  VIGIL_TRY(const auto row, store::find_access_key(from, id));
  if (!row || row->disabled != 0) return std::optional<SigningKey>();
  VIGIL_TRY(std::string secret, master.unseal(row->secret, row->id));
  return std::optional(SigningKey{.secret = std::move(secret),
                                  .account = store::account_digits(row->account),
                                  .principal = row->principal});
}

SigningKeys signing_keys(store::Store& store, const MasterKey& master) {
  return [&store, master](std::string_view id) -> Result<std::optional<SigningKey>> {
    std::optional<SigningKey> found;
    VIGIL_CHECK(store.read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(found, find_signing_key(from, master, id));
      return ok();
    }));
    return found;
  };
}

}  // namespace vigil::server
