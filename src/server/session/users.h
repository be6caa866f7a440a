// Console users: making, removing and giving passwords. Used by the routes and by `vigil account`.
//
// Names are unique over all accounts, because people log in without saying which account is theirs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/error.h"
#include "server/session/passwords.h"
#include "store/store.h"

namespace vigil::server {

/// 1 to 64 letters, digits and any of "._@-".
bool is_user_name(std::string_view name);

struct NewUser {
  std::string_view name;
  std::string_view password;
  bool administrator = false;
};

/// Errors: ValidationException for the name or the password, ConflictException if the name is taken.
api::Outcome<void> make_user(store::Store& store, Passwords& passwords, std::int64_t account,
                             const NewUser& user, std::int64_t now);

/// Ends his sessions. Errors: ResourceNotFoundException if the account has no such user,
/// ConflictException for its last administrator.
api::Outcome<void> remove_user(store::Store& store, std::int64_t account, std::string_view name);

/// Ends his sessions but the one whose token is `kept`. Errors: ResourceNotFoundException,
/// ValidationException.
api::Outcome<void> change_password(store::Store& store, Passwords& passwords, std::int64_t account,
                                   std::string_view name, std::string_view password,
                                   std::string_view kept = {});

/// Makes a user, or gives one who is there a new password, account and rank, and ends his sessions: for
/// whoever may write the store itself.
Result<void> put_user_with_password(store::Store& store, Passwords& passwords, std::int64_t account,
                                    const NewUser& user, std::int64_t now);

}  // namespace vigil::server
