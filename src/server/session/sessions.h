// Sessions of console users: a cookie with a random token, of which the store holds the SHA-256 only,
// and a second token that the page sends in a header with every request that changes something.
//
// The cookie is HttpOnly and SameSite=Strict, so neither a script nor another site can use it; the
// header is the second line of defence against forged requests (CSRF).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/http.h"
#include "store/accounts.h"
#include "store/store.h"

namespace vigil::server {

struct SessionLimits {
  std::int64_t lifetime = std::int64_t{12} * 3600;  ///< seconds from the login
  std::int64_t idle = 3600;                         ///< seconds from the last request of the user's
};

inline constexpr std::string_view kSessionCookie = "vigil_session";
inline constexpr std::string_view kCsrfHeader = "x-vigil-csrf";
/// With any value: the page asks by itself, on a timer or because of an event.
inline constexpr std::string_view kBackgroundHeader = "x-vigil-background";

/// What a login gives: the token goes into the cookie, the other one to the page.
struct NewSession {
  std::string token;
  std::string csrf;
  std::int64_t expires = 0;  ///< if nothing is asked until then
  std::int64_t latest = 0;   ///< whatever is asked
};

/// Who a request with a session is from.
struct SessionUser {
  store::UserRow user;
  std::string csrf;
  std::int64_t expires = 0;
};

/// Thread-safe.
class Sessions {
 public:
  /// `store` must outlive it.
  explicit Sessions(store::Store& store, SessionLimits limits = {})
      : store_(store), limits_(limits) {}

  Result<NewSession> begin(std::string_view user, std::int64_t now);
  /// Nothing if there is no such session or it has expired, or its user is gone. With `used` it moves
  /// the end of the idle time, at most once a minute.
  Result<std::optional<SessionUser>> find(std::string_view token, std::int64_t now,
                                          bool used = true);
  Result<void> end(std::string_view token);
  /// Removes those that have expired; their number.
  Result<std::int64_t> clean(std::int64_t now);

 private:
  store::Store& store_;
  SessionLimits limits_;
};

/// The token of the request's cookie; empty if there is none.
std::string session_token(const HttpRequest& request);
/// What the store knows a token by; empty if it is none.
std::string session_digest(std::string_view token);
/// Whether a user did something: a page that is open keeps no session alive by its stream of events,
/// nor by what it asks in the background.
bool is_users_doing(const HttpRequest& request);
/// The value of Set-Cookie; `secure` where the request came through TLS.
std::string session_cookie(const NewSession& session, bool secure, std::int64_t now);
/// The value of Set-Cookie that makes the browser forget it.
std::string ended_session_cookie(bool secure);
/// Whether the request carries the session's second token.
bool has_csrf_token(const HttpRequest& request, const SessionUser& session);

}  // namespace vigil::server
