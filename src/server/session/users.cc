#include "server/session/users.h"

#include <algorithm>

#include "api/transaction.h"
#include "base/text.h"
#include "server/session/password_rules.h"
#include "server/session/sessions.h"
#include "store/accounts.h"

namespace vigil::server {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::string_view kNameRule = "A name has 1 to 64 letters, digits and any of ._@-";

api::Outcome<std::string> hash_of(Passwords& passwords, std::string_view password,
                                  std::string_view name) {
  if (const auto checked = check_password(password, name); !checked) {
    return tl::unexpected(api::field_error("password", checked.error().what));
  }
  return api::or_internal(passwords.hash(password));
}

/// A user of this account; who is of another is not there.
api::Outcome<store::UserRow> user_of(store::Connection& from, std::int64_t account,
                                     std::string_view name) {
  VIGIL_TRY(auto row, api::or_internal(store::find_user(from, name)));
  if (!row || row->account != account) {
    return tl::unexpected(api::not_found("There is no such user."));
  }
  return std::move(*row);
}

}  // namespace

bool is_user_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char c) {
    return base::is_alnum(c) || std::string_view("._@-").find(c) != std::string_view::npos;
  });
}

api::Outcome<void> make_user(store::Store& store, Passwords& passwords, std::int64_t account,
                             const NewUser& user, std::int64_t now) {
  if (!is_user_name(user.name)) {
    return tl::unexpected(api::field_error("name", std::string(kNameRule)));
  }
  VIGIL_TRY(const std::string hash, hash_of(passwords, user.password, user.name));
  return api::write(store, [&](store::Connection& to) -> api::Outcome<void> {
    VIGIL_TRY(const auto taken, api::or_internal(store::find_user(to, user.name)));
    if (taken) {
      return tl::unexpected(
          api::conflict("There is a user of this name already.", std::string(user.name), "USER"));
    }
    return api::or_internal(store::put_user(to, {.name = std::string(user.name),
                                                 .account = account,
                                                 .password_hash = hash,
                                                 .administrator = user.administrator,
                                                 .created = now}));
  });
}

api::Outcome<void> remove_user(store::Store& store, std::int64_t account, std::string_view name) {
  return api::write(store, [&](store::Connection& to) -> api::Outcome<void> {
    VIGIL_TRY(const store::UserRow user, user_of(to, account, name));
    VIGIL_TRY(const auto users, api::or_internal(store::list_users(to)));
    // Two administrators may remove each other at the same moment.
    const bool others = std::ranges::any_of(users, [&](const store::UserRow& row) {
      return row.account == account && row.administrator && row.name != name;
    });
    if (user.administrator && !others) {
      return tl::unexpected(
          api::conflict("The last administrator cannot be removed.", std::string(name), "USER"));
    }
    VIGIL_CHECK(api::or_internal(store::delete_user(to, name)));
    return {};
  });
}

api::Outcome<void> change_password(store::Store& store, Passwords& passwords, std::int64_t account,
                                   std::string_view name, std::string_view password,
                                   std::string_view kept) {
  // Before the work of hashing; nobody asks often for a user who is not there.
  VIGIL_CHECK(
      api::read(store, [&](store::Connection& from) { return user_of(from, account, name); }));
  VIGIL_TRY(const std::string hash, hash_of(passwords, password, name));
  const std::string digest = session_digest(kept);
  return api::write(store, [&](store::Connection& to) -> api::Outcome<void> {
    VIGIL_CHECK(user_of(to, account, name));
    VIGIL_CHECK(api::or_internal(store::set_password_hash(to, name, hash)));
    return api::or_internal(store::delete_sessions_of(to, name, digest));
  });
}

Result<void> put_user_with_password(store::Store& store, Passwords& passwords, std::int64_t account,
                                    const NewUser& user, std::int64_t now) {
  if (!is_user_name(user.name)) {
    return fail("this is no name for a user", base::printable(user.name), std::string(kNameRule));
  }
  VIGIL_CHECK(check_password(user.password, user.name));
  store::UserRow row;
  row.name = user.name;
  row.account = account;
  VIGIL_TRY(row.password_hash, passwords.hash(user.password));
  row.administrator = user.administrator;
  row.created = now;
  return store.write([&](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(store::delete_user(to, row.name));
    return store::put_user(to, row);
  });
}

}  // namespace vigil::server
