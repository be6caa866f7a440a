#include "server/session/login.h"

#include "server/session/users.h"

namespace vigil::server {

Result<std::string> Login::hash_of(std::string_view user) {
  std::string hash;
  if (!is_user_name(user)) return hash;
  VIGIL_CHECK(store_.read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const auto row, store::find_user(from, user));
    hash = row ? row->password_hash : "";
    return ok();
  }));
  return hash;
}

api::Outcome<std::string> Login::verified_hash(std::string_view user, std::string_view password,
                                               std::string_view remote, std::int64_t now) {
  const std::string address = address_of(remote);
  const std::int64_t wait = limiter_.begin(user, address, now);
  if (wait > 0) {
    return tl::unexpected(
        api::throttled("Too many attempts to log in. Try again later.", static_cast<int>(wait)));
  }
  VIGIL_TRY(std::string hash, api::or_internal(hash_of(user)));
  VIGIL_TRY(const bool right, api::or_internal(passwords_.matches(password, hash)));
  if (!right) {
    return tl::unexpected(api::access_denied("The name or the password is wrong."));
  }
  limiter_.succeeded(user, address);
  return hash;
}

api::Outcome<void> Login::verify(std::string_view user, std::string_view password,
                                 std::string_view remote, std::int64_t now) {
  VIGIL_CHECK(verified_hash(user, password, remote, now));
  return {};
}

api::Outcome<NewSession> Login::log_in(std::string_view user, std::string_view password,
                                       std::string_view remote, std::int64_t now) {
  VIGIL_TRY(const std::string hash, verified_hash(user, password, remote, now));
  VIGIL_TRY(NewSession session, api::or_internal(sessions_.begin(user, now)));
  // A new password ends the sessions of the old one: also this, if it came while the old one was checked.
  VIGIL_TRY(const std::string still, api::or_internal(hash_of(user)));
  if (still != hash) {
    VIGIL_CHECK(api::or_internal(sessions_.end(session.token)));
    return tl::unexpected(api::access_denied("The name or the password is wrong."));
  }
  return session;
}

}  // namespace vigil::server
