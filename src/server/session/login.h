// Logging in with a name and a password.
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

  /// The same without a session: whether somebody is who he says.
  api::Outcome<void> verify(std::string_view user, std::string_view password,
                            std::string_view remote, std::int64_t now);

  [[nodiscard]] Passwords& passwords() { return passwords_; }

 private:
  api::Outcome<std::string> verified_hash(std::string_view user, std::string_view password,
                                          std::string_view remote, std::int64_t now);
  Result<std::string> hash_of(std::string_view user);

  store::Store& store_;
  Passwords& passwords_;
  Sessions& sessions_;
  LoginLimiter limiter_;
};

}  // namespace vigil::server
