// GET /vigil/v1/resources/{resourceId}/history?before=&limit=: what happened to a resource, newest first,
// as far back as events are kept (30 days).
#include <map>

#include "base/json_writer.h"
#include "findings/identity.h"
#include "server/event_json.h"
#include "server/query_number.h"
#include "store/inventory.h"
#include "store/keys.h"

namespace vigil::server::resource_history {
namespace {

constexpr std::uint64_t kMostEvents = 1000;

using Names = std::map<std::uint64_t, std::string>;

struct History {
  std::string region;
  std::vector<store::Event> events;
  Names names;  ///< of vulnerabilities; those nobody refers to any more are gone
};

Result<Names> vulnerability_names(store::Connection& from, std::int64_t account,
                                  const std::vector<store::Event>& events) {
  std::vector<std::uint64_t> keys;
  for (const store::Event& event : events) {
    if (event.vulnerability != 0) keys.push_back(event.vulnerability);
  }
  store::sort_unique(keys);
  Names names;
  VIGIL_CHECK(store::query_keys(
      from, "SELECT id, name FROM vulnerability WHERE account = $1 AND id IN ({keys})",
      std::initializer_list<store::Value>{account}, keys, [&](const store::Row& row) {
        names[store::key_from(row.integer(0))] = row.text(1);
        return true;
      }));
  return names;
}

Result<std::optional<History>> find(store::Connection& from, const std::string& account_digits,
                                    const std::string& resource_id, std::int64_t before,
                                    std::size_t limit) {
  VIGIL_TRY(const std::int64_t account, store::account_number(account_digits));
  const std::uint64_t id = findings::resource_key(account_digits, resource_id);
  VIGIL_TRY(const auto row, store::find_resource(from, account, id));
  if (!row) return std::nullopt;
  History history;
  history.region = row->region;
  VIGIL_TRY(history.events, store::events_of_resource(from, account, id, before, limit));
  VIGIL_TRY(history.names, vulnerability_names(from, account, history.events));
  return std::optional(std::move(history));
}

HttpResponse answer(const RouteCall& call) {
  const std::string& resource_id = call.labels.find("resourceId")->second;
  const auto before = number_in(call, "before", INT64_MAX);
  if (!before || *before > INT64_MAX) {
    return error_response(api::validation_error("before is no sequence number"));
  }
  const auto limit = limit_in(call, 100, kMostEvents);
  if (!limit) return error_response(api::validation_error("limit must be from 1 to 1000"));
  std::optional<History> history;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    // One more than is shown says whether there are more.
    VIGIL_TRY(history, find(from, call.caller.account, resource_id,
                            static_cast<std::int64_t>(*before), *limit + 1));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  if (!history) return error_response(api::not_found("There is no resource " + resource_id + "."));
  const bool more = history->events.size() > *limit;
  if (more) history->events.resize(*limit);
  Identity owner = call.caller;
  owner.region = history->region;
  base::JsonWriter json;
  json.begin_object().key("events").begin_array();
  for (const store::Event& event : history->events) {
    json.begin_object();
    write_event_members(json, owner, event);
    if (const auto name = history->names.find(event.vulnerability); name != history->names.end()) {
      json.member("vulnerabilityId", name->second);
    }
    json.end_object();
  }
  json.end_array();
  if (more) json.member("next", history->events.back().sequence);
  json.end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/resources/{resourceId}/history",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::resource_history
