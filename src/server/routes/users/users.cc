// GET /vigil/v1/users: who can log in to the console for this account.
#include "base/json_writer.h"
#include "server/route.h"
#include "store/accounts.h"

namespace vigil::server::users {
namespace {

HttpResponse answer(const RouteCall& call) {
  std::int64_t account = 0;
  std::vector<store::UserRow> users;
  std::map<std::string, std::int64_t> sessions;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(account, store::account_number(call.caller.account));
    VIGIL_TRY(users, store::list_users(from));
    VIGIL_TRY(sessions, store::count_sessions(from, call.now));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().key("users").begin_array();
  for (const store::UserRow& user : users) {
    if (user.account != account) continue;
    const auto found = sessions.find(user.name);
    json.begin_object().member("name", user.name).member("administrator", user.administrator);
    json.member("createdAt", user.created);
    json.member("sessions", found == sessions.end() ? std::int64_t{0} : found->second).end_object();
  }
  json.end_array().end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/users",
                                .access = Access::Administrator,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::users
