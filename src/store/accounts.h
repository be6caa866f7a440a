// Accounts, their scan types and configuration, access keys, console users and sessions, tags,
// client tokens, settings. Secrets come encrypted or hashed; this room does not know the keys.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store {

struct AccountRow {
  std::int64_t id = 0;
  std::string name;
  std::int64_t created = 0;
  std::string configuration;  ///< JSON
};
Result<void> put_account(Connection& to, const AccountRow& account);
Result<std::optional<AccountRow>> find_account(Connection& from, std::int64_t id);
Result<std::vector<AccountRow>> list_accounts(Connection& from);

/// Status by scan type ("EC2" -> "ENABLED"); a type that is absent is DISABLED.
Result<std::map<std::string, std::string>> scan_types(Connection& from, std::int64_t account);
Result<void> set_scan_type(Connection& to, std::int64_t account, std::string_view type,
                           std::string_view status, std::int64_t now);

struct AccessKeyRow {
  std::string id;
  std::int64_t account = 0;
  std::string secret;  ///< encrypted bytes
  std::string principal;
  std::int64_t created = 0;
  std::int64_t disabled = 0;
};
Result<void> put_access_key(Connection& to, const AccessKeyRow& key);
Result<std::optional<AccessKeyRow>> find_access_key(Connection& from, std::string_view id);
Result<std::vector<AccessKeyRow>> list_access_keys(Connection& from, std::int64_t account);
Result<bool> disable_access_key(Connection& to, std::string_view id, std::int64_t now);

struct UserRow {
  std::string name;
  std::int64_t account = 0;
  std::string password_hash;
  bool administrator = false;
  std::int64_t created = 0;
};
Result<void> put_user(Connection& to, const UserRow& user);
Result<std::optional<UserRow>> find_user(Connection& from, std::string_view name);
Result<std::vector<UserRow>> list_users(Connection& from);
/// Of a user who is there; false if nobody is.
Result<bool> set_password_hash(Connection& to, std::string_view name, std::string_view hash);
/// And his sessions.
Result<bool> delete_user(Connection& to, std::string_view name);

struct SessionRow {
  std::string token_hash;  ///< bytes
  std::string name;
  std::string csrf;
  std::int64_t created = 0;
  std::int64_t expires = 0;
};
Result<void> put_session(Connection& to, const SessionRow& session);
Result<std::optional<SessionRow>> find_session(Connection& from, std::string_view token_hash);
/// Moves the end of a session that is still there.
Result<void> extend_session(Connection& to, std::string_view token_hash, std::int64_t expires);
Result<void> delete_session(Connection& to, std::string_view token_hash);
/// All of a user's but the one of this hash; empty: all.
Result<void> delete_sessions_of(Connection& to, std::string_view name, std::string_view but);
/// How many each user has that have not expired; who has none is left out.
Result<std::map<std::string, std::int64_t>> count_sessions(Connection& from, std::int64_t now);
Result<std::int64_t> delete_expired_sessions(Connection& to, std::int64_t now);

Result<std::map<std::string, std::string>> tags_of(Connection& from, std::int64_t account,
                                                   std::string_view arn);
Result<void> set_tags(Connection& to, std::int64_t account, std::string_view arn,
                      const std::map<std::string, std::string>& tags);
Result<void> remove_tags(Connection& to, std::int64_t account, std::string_view arn,
                         const std::vector<std::string>& keys);

struct ClientToken {
  std::string request;  ///< digest of the request it was used for
  std::string answer;
};
Result<std::optional<ClientToken>> find_client_token(Connection& from, std::int64_t account,
                                                     std::string_view operation,
                                                     std::string_view token);
Result<void> put_client_token(Connection& to, std::int64_t account, std::string_view operation,
                              std::string_view token, const ClientToken& content, std::int64_t now);

Result<std::optional<std::string>> setting(Connection& from, std::string_view name);
Result<void> set_setting(Connection& to, std::string_view name, std::string_view value);

}  // namespace vigil::store
