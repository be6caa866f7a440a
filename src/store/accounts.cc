#include "store/accounts.h"

namespace vigil::store {
namespace {

/// Runs a query whose rows `make` turns into values.
template <typename Make>
auto all(Connection& from, std::string_view sql, std::initializer_list<Value> values, Make make)
    -> Result<std::vector<decltype(make(std::declval<const Row&>()))>> {
  std::vector<decltype(make(std::declval<const Row&>()))> found;
  VIGIL_CHECK(from.query(sql, values, [&](const Row& row) {
    found.push_back(make(row));
    return true;
  }));
  return found;
}

/// The same where there is one row at most.
template <typename Make>
auto one(Connection& from, std::string_view sql, std::initializer_list<Value> values, Make make)
    -> Result<std::optional<decltype(make(std::declval<const Row&>()))>> {
  VIGIL_TRY(auto found, all(from, sql, values, make));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

/// Runs a statement of which only the success counts.
Result<void> run(Connection& to, std::string_view sql, std::initializer_list<Value> values) {
  VIGIL_CHECK(to.execute(sql, values));
  return ok();
}

/// Runs a statement; whether it changed something.
Result<bool> changes(Connection& to, std::string_view sql, std::initializer_list<Value> values) {
  VIGIL_TRY(const auto changed, to.execute(sql, values));
  return changed > 0;
}

std::pair<std::string, std::string> pair_of(const Row& row) {
  return {std::string(row.text(0)), std::string(row.text(1))};
}

/// Two columns of text as a map.
Result<std::map<std::string, std::string>> map_of(Connection& from, std::string_view sql,
                                                  std::initializer_list<Value> values) {
  VIGIL_TRY(auto pairs, all(from, sql, values, pair_of));
  return std::map<std::string, std::string>(std::make_move_iterator(pairs.begin()),
                                            std::make_move_iterator(pairs.end()));
}

AccountRow account_of(const Row& row) {
  return {.id = row.integer(0),
          .name = std::string(row.text(1)),
          .created = row.integer(2),
          .configuration = std::string(row.text(3))};
}

AccessKeyRow access_key_of(const Row& row) {
  return {.id = std::string(row.text(0)),
          .account = row.integer(1),
          .secret = std::string(row.text(2)),
          .principal = std::string(row.text(3)),
          .created = row.integer(4),
          .disabled = row.integer(5)};
}

UserRow user_of(const Row& row) {
  return {.name = std::string(row.text(0)),
          .account = row.integer(1),
          .password_hash = std::string(row.text(2)),
          .administrator = row.integer(3) != 0,
          .created = row.integer(4)};
}

SessionRow session_of(const Row& row) {
  return {.token_hash = std::string(row.text(0)),
          .name = std::string(row.text(1)),
          .csrf = std::string(row.text(2)),
          .created = row.integer(3),
          .expires = row.integer(4)};
}

}  // namespace

Result<void> put_account(Connection& to, const AccountRow& account) {
  return run(to,
             "INSERT INTO account (id, name, created, configuration) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
             " configuration = excluded.configuration",
             {account.id, std::string_view(account.name), account.created,
              std::string_view(account.configuration)});
}

Result<std::optional<AccountRow>> find_account(Connection& from, std::int64_t id) {
  return one(from, "SELECT id, name, created, configuration FROM account WHERE id = $1", {id},
             account_of);
}

Result<std::vector<AccountRow>> list_accounts(Connection& from) {
  return all(from, "SELECT id, name, created, configuration FROM account ORDER BY id", {},
             account_of);
}

Result<std::map<std::string, std::string>> scan_types(Connection& from, std::int64_t account) {
  return map_of(from, "SELECT type, status FROM scan_type WHERE account = $1", {account});
}

Result<void> set_scan_type(Connection& to, std::int64_t account, std::string_view type,
                           std::string_view status, std::int64_t now) {
  return run(to,
             "INSERT INTO scan_type (account, type, status, changed) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (account, type) DO UPDATE SET status = excluded.status,"
             " changed = excluded.changed",
             {account, type, status, now});
}

Result<void> put_access_key(Connection& to, const AccessKeyRow& key) {
  VIGIL_TRY(const bool stored,
            changes(to,
                    "INSERT INTO access_key (id, account, secret, principal, created, disabled)"
                    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET"
                    " secret = excluded.secret, principal = excluded.principal,"
                    " disabled = excluded.disabled WHERE access_key.account = excluded.account",
                    {std::string_view(key.id), key.account, Blob{key.secret},
                     std::string_view(key.principal), key.created, key.disabled}));
  if (!stored) return fail("another account has an access key of this id", key.id);
  return ok();
}

Result<std::optional<AccessKeyRow>> find_access_key(Connection& from, std::string_view id) {
  return one(from,
             "SELECT id, account, secret, principal, created, disabled FROM access_key"
             " WHERE id = $1",
             {id}, access_key_of);
}

Result<std::vector<AccessKeyRow>> list_access_keys(Connection& from, std::int64_t account) {
  return all(from,
             "SELECT id, account, secret, principal, created, disabled FROM access_key"
             " WHERE account = $1 ORDER BY created, id",
             {account}, access_key_of);
}

Result<bool> disable_access_key(Connection& to, std::string_view id, std::int64_t now) {
  return changes(to, "UPDATE access_key SET disabled = $2 WHERE id = $1 AND disabled = 0",
                 {id, now});
}

Result<void> put_user(Connection& to, const UserRow& user) {
  return run(to,
             "INSERT INTO console_user (name, account, password_hash, administrator, created)"
             " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO UPDATE SET"
             " account = excluded.account, password_hash = excluded.password_hash,"
             " administrator = excluded.administrator",
             {std::string_view(user.name), user.account, std::string_view(user.password_hash),
              std::int64_t{user.administrator ? 1 : 0}, user.created});
}

Result<std::optional<UserRow>> find_user(Connection& from, std::string_view name) {
  return one(from,
             "SELECT name, account, password_hash, administrator, created FROM console_user"
             " WHERE name = $1",
             {name}, user_of);
}

Result<std::vector<UserRow>> list_users(Connection& from) {
  return all(from,
             "SELECT name, account, password_hash, administrator, created FROM console_user"
             " ORDER BY name",
             {}, user_of);
}

Result<bool> set_password_hash(Connection& to, std::string_view name, std::string_view hash) {
  return changes(to, "UPDATE console_user SET password_hash = $2 WHERE name = $1", {name, hash});
}

Result<bool> delete_user(Connection& to, std::string_view name) {
  VIGIL_CHECK(run(to, "DELETE FROM console_session WHERE name = $1", {name}));
  return changes(to, "DELETE FROM console_user WHERE name = $1", {name});
}

Result<void> put_session(Connection& to, const SessionRow& session) {
  return run(to,
             "INSERT INTO console_session (token_hash, name, csrf, created, expires)"
             " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (token_hash) DO UPDATE SET"
             " expires = excluded.expires",
             {Blob{session.token_hash}, std::string_view(session.name),
              std::string_view(session.csrf), session.created, session.expires});
}

Result<std::optional<SessionRow>> find_session(Connection& from, std::string_view token_hash) {
  return one(from,
             "SELECT token_hash, name, csrf, created, expires FROM console_session"
             " WHERE token_hash = $1",
             {Blob{token_hash}}, session_of);
}

Result<void> extend_session(Connection& to, std::string_view token_hash, std::int64_t expires) {
  return run(to, "UPDATE console_session SET expires = $2 WHERE token_hash = $1",
             {Blob{token_hash}, expires});
}

Result<void> delete_session(Connection& to, std::string_view token_hash) {
  return run(to, "DELETE FROM console_session WHERE token_hash = $1", {Blob{token_hash}});
}

Result<void> delete_sessions_of(Connection& to, std::string_view name, std::string_view but) {
  return run(to, "DELETE FROM console_session WHERE name = $1 AND token_hash <> $2",
             {name, Blob{but}});
}

Result<std::map<std::string, std::int64_t>> count_sessions(Connection& from, std::int64_t now) {
  std::map<std::string, std::int64_t> counts;
  VIGIL_CHECK(
      from.query("SELECT name, COUNT(*) FROM console_session WHERE expires > $1 GROUP BY name",
                 {now}, [&](const Row& row) {
                   counts.emplace(row.text(0), row.integer(1));
                   return true;
                 }));
  return counts;
}

Result<std::int64_t> delete_expired_sessions(Connection& to, std::int64_t now) {
  return to.execute("DELETE FROM console_session WHERE expires <= $1", {now});
}

Result<std::map<std::string, std::string>> tags_of(Connection& from, std::int64_t account,
                                                   std::string_view arn) {
  return map_of(from, "SELECT key, value FROM tag WHERE account = $1 AND arn = $2", {account, arn});
}

Result<void> set_tags(Connection& to, std::int64_t account, std::string_view arn,
                      const std::map<std::string, std::string>& tags) {
  for (const auto& [key, value] : tags) {
    VIGIL_CHECK(run(to,
                    "INSERT INTO tag (account, arn, key, value) VALUES ($1, $2, $3, $4)"
                    " ON CONFLICT (account, arn, key) DO UPDATE SET value = excluded.value",
                    {account, arn, std::string_view(key), std::string_view(value)}));
  }
  return ok();
}

Result<void> remove_tags(Connection& to, std::int64_t account, std::string_view arn,
                         const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    VIGIL_CHECK(run(to, "DELETE FROM tag WHERE account = $1 AND arn = $2 AND key = $3",
                    {account, arn, std::string_view(key)}));
  }
  return ok();
}

Result<std::optional<ClientToken>> find_client_token(Connection& from, std::int64_t account,
                                                     std::string_view operation,
                                                     std::string_view token) {
  return one(from,
             "SELECT request, answer FROM client_token"
             " WHERE account = $1 AND operation = $2 AND token = $3",
             {account, operation, token}, [](const Row& row) {
               return ClientToken{.request = std::string(row.text(0)),
                                  .answer = std::string(row.text(1))};
             });
}

Result<void> put_client_token(Connection& to, std::int64_t account, std::string_view operation,
                              std::string_view token, const ClientToken& content,
                              std::int64_t now) {
  return run(to,
             "INSERT INTO client_token (account, operation, token, request, answer, created)"
             " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, operation, token) DO UPDATE"
             " SET request = excluded.request, answer = excluded.answer,"
             " created = excluded.created",
             {account, operation, token, std::string_view(content.request),
              std::string_view(content.answer), now});
}

Result<std::optional<std::string>> setting(Connection& from, std::string_view name) {
  return one(from, "SELECT value FROM setting WHERE name = $1", {name},
             [](const Row& row) { return std::string(row.text(0)); });
}

Result<void> set_setting(Connection& to, std::string_view name, std::string_view value) {
  return run(to,
             "INSERT INTO setting (name, value) VALUES ($1, $2)"
             " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
             {name, value});
}

}  // namespace vigil::store
