#include "server/first_start.h"

#include <algorithm>

#include <fmt/format.h>

#include "estate/accounts.h"
#include "server/access_keys.h"
#include "server/session/users.h"
#include "store/accounts.h"

namespace vigil::server {
namespace {

constexpr std::string_view kUser = "admin";

}  // namespace

Result<std::optional<FirstCredentials>> first_start(estate::Estate& estate, const MasterKey& key,
                                                    std::string_view account) {
  bool has_account = false;
  bool has_user = false;
  VIGIL_TRY(const std::int64_t number, store::account_number(account));
  VIGIL_CHECK(estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const auto accounts, store::list_accounts(from));
    VIGIL_TRY(const auto users, store::list_users(from));
    has_account = !accounts.empty();
    has_user = !users.empty();
    return ok();
  }));
  // Keys may have been issued for an account before the first start; users are the start's own.
  if (has_user) return std::nullopt;
  if (!has_account) VIGIL_CHECK(estate::create_account(estate, account, "default"));
  FirstCredentials credentials;
  credentials.account = account;
  credentials.user = kUser;
  credentials.password = Passwords::generate();
  Passwords passwords;
  VIGIL_CHECK(put_user_with_password(estate.store(), passwords, number,
                                     {kUser, credentials.password, true}, estate.now()));
  VIGIL_CHECK(estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(const AccessKey issued, issue_access_key(to, key, number, kUser, estate.now()));
    credentials.access_key_id = issued.id;
    credentials.secret_access_key = issued.secret;
    return ok();
  }));
  return credentials;
}

Result<std::string> watched_account(estate::Estate& estate, std::string_view wanted) {
  std::string account(wanted);
  VIGIL_TRY(const std::int64_t number, store::account_number(wanted));
  VIGIL_CHECK(estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const auto accounts, store::list_accounts(from));
    const bool exists = std::ranges::any_of(
        accounts, [&](const store::AccountRow& row) { return row.id == number; });
    if (exists || accounts.empty()) return ok();
    const auto oldest = std::ranges::min_element(accounts, {}, &store::AccountRow::created);
    account = store::account_digits(oldest->id);
    return ok();
  }));
  return account;
}

std::string welcome(const FirstCredentials& credentials, std::string_view url,
                    std::string_view region) {
  return fmt::format(
      "\nThis is the first start. What follows is shown once.\n\n"
      "Open {}/ and log in as {} with password {}\n\n"
      "AWS clients work on account {} with:\n\n"
      "  export AWS_ACCESS_KEY_ID={}\n"
      "  export AWS_SECRET_ACCESS_KEY={}\n"
      "  export AWS_REGION={} AWS_DEFAULT_REGION={}\n"
      "  aws inspector2 list-findings --endpoint-url {}\n\n",
      url, credentials.user, credentials.password, credentials.account, credentials.access_key_id,
      credentials.secret_access_key, region, region, url);
}

}  // namespace vigil::server
