// Logging in with a name and a password, and making the users who can.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/error.h"
#include "server/session/login_limiter.h"
#include "server/session/passwords.h"
#include "server/session/sessions.h"
#include "store/store.h"

namespace vigil::server {

/// Thread-safe. What it refers to must outlive it.
class Login {
 public:
  Login(store::Store& store, Passwords& passwords, Sessions& sessions, LoginLimits limits = {})
      : store_(store), passwords_(passwords), sessions_(sessions), limiter_(limits) {}

  /// Takes as long for an unknown user as for a wrong password. `remote` as in HttpRequest. Errors:
  /// AccessDeniedException 403, ThrottlingException 429 with the seconds to wait.
  api::Outcome<NewSession> log_in(std::string_view user, std::string_view password,
                                  std::string_view remote, std::int64_t now);

 private:
  store::Store& store_;
  Passwords& passwords_;
  Sessions& sessions_;
  LoginLimiter limiter_;
};

/// Makes a user, or gives one a new password and ends his sessions. Names have 1 to 64 letters, digits
/// and any of "._@-".
Result<void> put_user_with_password(store::Store& store, Passwords& passwords,
                                    std::string_view name, std::int64_t account,
                                    std::string_view password, bool administrator,
                                    std::int64_t now);

}  // namespace vigil::server
