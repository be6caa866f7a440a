// `vigil account`: accounts, access keys and console users, straight in the server's store. Who can read
// the data directory may do all of it, as with any system of record.
#include <fmt/format.h>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/table.h"
#include "estate/accounts.h"
#include "server/access_keys.h"
#include "server/config.h"
#include "server/session/users.h"
#include "store/accounts.h"

namespace vigil::cli {
namespace {

using base::JsonWriter;

std::string data_of(const AccountOptions& options) {
  return options.data.empty() ? data_directory() : options.data;
}

Result<std::unique_ptr<estate::Estate>> open_estate(const AccountOptions& options) {
  const std::string data = data_of(options);
  VIGIL_CHECK(base::make_directories(data));
  VIGIL_TRY(auto store,
            store::Store::open(options.store.empty() ? data + "/vigil.db" : options.store));
  return std::make_unique<estate::Estate>(std::move(store), estate::Settings{});
}

/// The region that clients have to sign for: the server's own.
Result<std::string> region_of(estate::Estate& estate) {
  std::optional<std::string> region;
  VIGIL_CHECK(estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(region, store::setting(from, "region"));
    return ok();
  }));
  return region.value_or(estate.settings().region);
}

/// The account that is meant: the one named, or the only one there is.
Result<std::int64_t> account_of(estate::Estate& estate, const std::string& digits) {
  std::vector<store::AccountRow> accounts;
  VIGIL_CHECK(estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(accounts, store::list_accounts(from));
    return ok();
  }));
  if (digits.empty()) {
    if (accounts.size() == 1) return accounts.front().id;
    if (accounts.empty()) {
      // Before the first start: the account that it would make.
      const std::string first = server::Config{}.account;
      VIGIL_CHECK(estate::create_account(estate, first, "default"));
      return store::account_number(first);
    }
    return fail("there are several accounts", {}, "say which with --account");
  }
  VIGIL_TRY(const std::int64_t number, store::account_number(digits));
  for (const store::AccountRow& account : accounts) {
    if (account.id == number) return number;
  }
  return fail("there is no account " + digits, {}, "`vigil account list` shows those there are",
              ErrorCode::NotFound);
}

bool wants_json(const AccountOptions& options) {
  return options.format == "json";
}

void print_list(const AccountOptions& options, const JsonWriter& json,
                const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows) {
  print(wants_json(options) ? json.text() + "\n"
                            : draw_table(Terminal::of_stdout(), columns, rows));
}

/// Twelve random digits, the first of them not 0.
std::string random_account() {
  return server::random_text(1, "123456789") + server::random_text(11, "0123456789");
}

Result<void> create(const AccountOptions& options) {
  VIGIL_TRY(const auto estate, open_estate(options));
  const std::string digits = options.account.empty() ? random_account() : options.account;
  VIGIL_CHECK(estate::create_account(*estate, digits, options.name));
  if (wants_json(options)) {
    JsonWriter json;
    json.begin_object().member("accountId", digits).member("name", options.name).end_object();
    print(json.text() + "\n");
  } else {
    print(fmt::format("Account {} is made. Give it a key: vigil account key --account {}\n", digits,
                      digits));
  }
  return ok();
}

Result<void> list(const AccountOptions& options) {
  VIGIL_TRY(const auto estate, open_estate(options));
  std::vector<store::AccountRow> accounts;
  VIGIL_CHECK(estate->store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(accounts, store::list_accounts(from));
    return ok();
  }));
  JsonWriter json;
  json.begin_array();
  std::vector<std::vector<Cell>> rows;
  for (const store::AccountRow& account : accounts) {
    const std::string digits = store::account_digits(account.id);
    json.begin_object().member("accountId", digits).member("name", account.name);
    json.member("createdAt", account.created).end_object();
    rows.push_back({{digits}, {account.name}, {base::format_time(account.created)}});
  }
  json.end_array();
  print_list(options, json, {{"ACCOUNT"}, {"NAME"}, {"CREATED"}}, rows);
  return ok();
}

Result<void> issue_key(const AccountOptions& options) {
  VIGIL_TRY(const auto estate, open_estate(options));
  VIGIL_TRY(const server::MasterKey master, server::MasterKey::open(data_of(options)));
  VIGIL_TRY(const std::int64_t account, account_of(*estate, options.account));
  server::AccessKey key;
  VIGIL_CHECK(estate->store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(key,
              server::issue_access_key(to, master, account,
                                       options.name.empty() ? "cli" : options.name, estate->now()));
    return ok();
  }));
  const std::string digits = store::account_digits(account);
  VIGIL_TRY(const std::string region, region_of(*estate));
  if (wants_json(options)) {
    JsonWriter json;
    json.begin_object().member("accountId", digits).member("accessKeyId", key.id);
    json.member("secretAccessKey", key.secret).member("region", region).end_object();
    print(json.text() + "\n");
  } else {
    print(
        fmt::format("# Account {}. The secret is shown once.\n"
                    "export AWS_ACCESS_KEY_ID={}\nexport AWS_SECRET_ACCESS_KEY={}\n"
                    "export AWS_REGION={}\n",
                    digits, key.id, key.secret, region));
  }
  return ok();
}

Result<void> list_keys(const AccountOptions& options) {
  VIGIL_TRY(const auto estate, open_estate(options));
  VIGIL_TRY(const std::int64_t account, account_of(*estate, options.account));
  std::vector<store::AccessKeyRow> keys;
  VIGIL_CHECK(estate->store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(keys, store::list_access_keys(from, account));
    return ok();
  }));
  JsonWriter json;
  json.begin_array();
  std::vector<std::vector<Cell>> rows;
  for (const store::AccessKeyRow& key : keys) {
    const char* status = key.disabled == 0 ? "active" : "disabled";
    json.begin_object().member("accessKeyId", key.id).member("holder", key.principal);
    json.member("createdAt", key.created).member("status", status).end_object();
    rows.push_back({{key.id}, {key.principal}, {base::format_time(key.created)}, {status}});
  }
  json.end_array();
  print_list(options, json, {{"ACCESS KEY"}, {"HOLDER"}, {"CREATED"}, {"STATUS"}}, rows);
  return ok();
}

Result<void> disable_key(const AccountOptions& options) {
  VIGIL_TRY(const auto estate, open_estate(options));
  bool known = false;
  VIGIL_CHECK(estate->store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(known,
              server::withdraw_access_key(to, std::nullopt, options.access_key, estate->now()));
    return ok();
  }));
  if (!known)
    return fail("there is no such access key", options.access_key, {}, ErrorCode::NotFound);
  return ok();
}

Result<void> make_user(const AccountOptions& options) {
  VIGIL_TRY(const auto estate, open_estate(options));
  VIGIL_TRY(const std::int64_t account, account_of(*estate, options.account));
  const std::string password = server::Passwords::generate();
  server::Passwords passwords;
  VIGIL_CHECK(server::put_user_with_password(estate->store(), passwords, account,
                                             {options.name, password, true}, estate->now()));
  if (wants_json(options)) {
    JsonWriter json;
    json.begin_object().member("name", options.name);
    json.member("accountId", store::account_digits(account));
    json.member("password", password).end_object();
    print(json.text() + "\n");
  } else {
    print(fmt::format("User {}, password {} (shown once)\n", options.name, password));
  }
  return ok();
}

int finish(const Result<void>& done) {
  return done ? static_cast<int>(kSuccess) : report_error(done.error());
}

}  // namespace

int account_create(const AccountOptions& options) {
  return finish(create(options));
}
int account_list(const AccountOptions& options) {
  return finish(list(options));
}
int account_key(const AccountOptions& options) {
  return finish(issue_key(options));
}
int account_keys(const AccountOptions& options) {
  return finish(list_keys(options));
}
int account_disable_key(const AccountOptions& options) {
  return finish(disable_key(options));
}
int account_user(const AccountOptions& options) {
  return finish(make_user(options));
}

}  // namespace vigil::cli
