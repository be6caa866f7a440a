#include "server/session/login.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::server {
namespace {

constexpr std::size_t kLongestName = 64;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char c) {
    return base::is_alnum(c) || std::string_view("._@-").find(c) != std::string_view::npos;
  });
}

}  // namespace

api::Outcome<NewSession> Login::log_in(std::string_view user, std::string_view password,
                                       std::string_view remote, std::int64_t now) {
  const std::string address = address_of(remote);
  const std::int64_t wait = limiter_.begin(user, address, now);
  if (wait > 0) {
    return tl::unexpected(
        api::throttled("Too many attempts to log in. Try again later.", static_cast<int>(wait)));
  }
  std::string hash;
  if (is_name(user)) {
    VIGIL_CHECK(api::or_internal(store_.read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(const auto row, store::find_user(from, user));
      hash = row ? row->password_hash : "";
      return ok();
    })));
  }
  VIGIL_TRY(const bool right, api::or_internal(passwords_.matches(password, hash)));
  if (!right) {
    return tl::unexpected(api::access_denied("The name or the password is wrong."));
  }
  limiter_.succeeded(user, address);
  return api::or_internal(sessions_.begin(user, now));
}

Result<void> put_user_with_password(store::Store& store, Passwords& passwords,
                                    std::string_view name, std::int64_t account,
                                    std::string_view password, bool administrator,
                                    std::int64_t now) {
  if (!is_name(name)) {
    return fail("this is no name for a user", base::printable(name),
                "1 to 64 letters, digits and any of ._@-");
  }
  store::UserRow row;
  row.name = name;
  row.account = account;
  VIGIL_TRY(row.password_hash, passwords.hash(password));
  row.administrator = administrator;
  row.created = now;
  return store.write([&](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(store::delete_user(to, name));
    return store::put_user(to, row);
  });
}

}  // namespace vigil::server
