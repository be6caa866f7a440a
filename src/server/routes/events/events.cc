// GET /vigil/v1/events?after=SEQUENCE&limit=N: the account's events in the order they were committed.
// A reader keeps the `next` of one answer for the following one and so sees each event at least once.
#include "base/json_writer.h"
#include "server/event_json.h"
#include "server/query_number.h"

namespace vigil::server::events {
namespace {

constexpr std::uint64_t kMostEvents = 1000;

HttpResponse answer(const RouteCall& call) {
  const auto after = number_in(call, "after", 0);
  const auto limit = number_in(call, "limit", 100);
  if (!after || *after > INT64_MAX) {
    return error_response(api::validation_error("after is no sequence number"));
  }
  if (!limit || *limit == 0 || *limit > kMostEvents) {
    return error_response(api::validation_error("limit must be from 1 to 1000"));
  }
  const auto account = store::account_number(call.caller.account);
  if (!account) return error_response(api::internal(account.error()));
  std::vector<store::Event> events;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(events, store::events_after(from, static_cast<std::int64_t>(*after), *limit));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().key("events").begin_array();
  for (const store::Event& event : events) {
    if (event.account != *account) continue;
    json.begin_object();
    write_event_members(json, call.caller, event);
    json.end_object();
  }
  json.end_array();
  json.member("next", events.empty() ? static_cast<std::int64_t>(*after) : events.back().sequence);
  json.end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/events",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::events
