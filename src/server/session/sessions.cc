#include "server/session/sessions.h"

#include <algorithm>

#include "base/hash.h"
#include "base/hmac.h"
#include "base/text.h"
#include "server/secrets.h"

namespace vigil::server {
namespace {

constexpr std::size_t kTokenBytes = 32;
/// An idle time is moved on no more often than this, so that reading does not write all the time.
constexpr std::int64_t kTouchInterval = 60;

std::string digest_of(std::string_view token) {
  base::Sha256 hash;
  hash.update(token);
  const auto digest = hash.finish();
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool is_token(std::string_view text) {
  return text.size() == 2 * kTokenBytes && std::ranges::all_of(text, base::is_alnum);
}

}  // namespace

Result<NewSession> Sessions::begin(std::string_view user, std::int64_t now) {
  NewSession out;
  out.token = base::hex(random_bytes(kTokenBytes));
  out.csrf = base::hex(random_bytes(kTokenBytes));
  out.expires = now + std::min(limits_.lifetime, limits_.idle);
  out.latest = now + limits_.lifetime;
  store::SessionRow row;
  row.token_hash = digest_of(out.token);
  row.name = user;
  row.csrf = out.csrf;
  row.created = now;
  row.expires = out.expires;
  VIGIL_CHECK(store_.write([&](store::Connection& to) { return store::put_session(to, row); }));
  return out;
}

Result<std::optional<SessionUser>> Sessions::find(std::string_view token, std::int64_t now,
                                                  bool used) {
  if (!is_token(token)) return std::optional<SessionUser>();
  const std::string digest = digest_of(token);
  std::optional<store::SessionRow> row;
  std::optional<store::UserRow> user;
  VIGIL_CHECK(store_.read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(row, store::find_session(from, digest));
    if (!row) return ok();
    VIGIL_TRY(user, store::find_user(from, row->name));
    return ok();
  }));
  if (!row || !user || row->expires <= now) return std::optional<SessionUser>();
  const std::int64_t expires = std::min(row->created + limits_.lifetime, now + limits_.idle);
  if (used && expires >= row->expires + kTouchInterval) {
    VIGIL_CHECK(store_.write(
        [&](store::Connection& to) { return store::extend_session(to, digest, expires); }));
    row->expires = expires;
  }
  return std::optional(
      SessionUser{.user = std::move(*user), .csrf = row->csrf, .expires = row->expires});
}

Result<void> Sessions::end(std::string_view token) {
  if (!is_token(token)) return ok();
  return store_.write(
      [&](store::Connection& to) { return store::delete_session(to, digest_of(token)); });
}

Result<std::int64_t> Sessions::clean(std::int64_t now) {
  std::int64_t count = 0;
  VIGIL_CHECK(store_.write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(count, store::delete_expired_sessions(to, now));
    return ok();
  }));
  return count;
}

std::string session_token(const HttpRequest& request) {
  for (const Header& header : request.headers) {
    if (!base::equals_ignoring_case(header.name, "Cookie")) continue;
    for (const std::string_view pair : base::split(header.value, ';')) {
      const std::string_view cookie = base::trim(pair);
      const std::size_t mark = cookie.find('=');
      if (mark != std::string_view::npos && cookie.substr(0, mark) == kSessionCookie) {
        return std::string(cookie.substr(mark + 1));
      }
    }
  }
  return {};
}

std::string session_digest(std::string_view token) {
  return is_token(token) ? digest_of(token) : std::string();
}

bool is_users_doing(const HttpRequest& request) {
  return request.header(kBackgroundHeader).empty() &&
         request.header("Accept").find("text/event-stream") == std::string_view::npos;
}

std::string session_cookie(const NewSession& session, bool secure, std::int64_t now) {
  return std::string(kSessionCookie) + "=" + session.token +
         // The browser keeps it for as long as the session can last; the store decides.
         "; Path=/; Max-Age=" + std::to_string(std::max<std::int64_t>(session.latest - now, 0)) +
         "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
}

std::string ended_session_cookie(bool secure) {
  return std::string(kSessionCookie) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict" +
         (secure ? "; Secure" : "");
}

bool has_csrf_token(const HttpRequest& request, const SessionUser& session) {
  return !session.csrf.empty() &&
         base::equal_in_constant_time(request.header(kCsrfHeader), session.csrf);
}

}  // namespace vigil::server
