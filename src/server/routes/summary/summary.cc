// GET /vigil/v1/summary: the account in numbers. All of them are counters that every change maintains, so
// the answer takes as long for five million findings as for five thousand.
#include "base/json_writer.h"
#include "server/resource_json.h"
#include "server/route.h"
#include "store/activity.h"
#include "store/posture.h"
#include "store/watched.h"

namespace vigil::server::summary {
namespace {

struct Numbers {
  store::Posture posture;
  std::int64_t since = 0;
  store::Activity day;
  std::vector<store::Watched> resources;
};

Result<Numbers> read_numbers(store::Connection& from, std::int64_t account, std::int64_t now) {
  Numbers out;
  VIGIL_TRY(out.posture, store::posture(from, account, now));
  // Activity is counted by whole hours, so the day begins with the hour 24 hours ago.
  out.since = now - store::kDaySeconds;
  out.since -= out.since % store::kHourSeconds;
  VIGIL_TRY(const auto hours, store::activity_since(from, account, out.since));
  for (const store::Activity& hour : hours) {
    out.day.opened += hour.opened;
    out.day.closed += hour.closed;
  }
  VIGIL_TRY(out.resources, store::watched(from, account));
  return out;
}

std::string written(const Numbers& numbers, std::int64_t now) {
  const store::Posture& posture = numbers.posture;
  base::JsonWriter json;
  json.begin_object().member("asOf", now);
  json.key("active");
  write_counts(json, posture.active);
  json.member("suppressed", posture.suppressed).member("exploitable", posture.exploitable);
  json.member("fixable", posture.fixable);
  json.key("day").begin_object().member("since", numbers.since);
  json.key("opened");
  write_counts(json, numbers.day.opened);
  json.member("closed", numbers.day.closed).end_object();
  json.key("knownExploited").begin_object().member("findings", posture.known_exploited);
  json.member("overdue", posture.overdue).member("dueSoon", posture.due_soon).end_object();
  json.key("resources").begin_array();
  for (const store::Watched& type : numbers.resources) {
    json.begin_object().member("resourceType", type.resource_type);
    json.member("watched", type.watched).member("notWatched", type.not_watched).end_object();
  }
  json.end_array().member("risk", posture.risk).end_object();
  return json.take();
}

HttpResponse answer(const RouteCall& call) {
  Numbers numbers;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(numbers, read_numbers(from, account, call.now));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  return json_response(200, written(numbers, call.now));
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/summary",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::summary
