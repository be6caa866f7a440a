// GET /vigil/v1/trend?days=90: how the account's numbers went, one entry a UTC day of which something is
// known. Maintenance keeps the past days; today is as it is now.
#include <map>

#include "base/json_writer.h"
#include "base/time.h"
#include "server/query_number.h"
#include "server/resource_json.h"
#include "server/route.h"
#include "store/activity.h"
#include "store/posture_days.h"

namespace vigil::server::trend {
namespace {

constexpr std::uint64_t kMostDays = 400;  // as long as they are kept (estate/maintenance.h)

struct Day {
  store::PostureDay posture;
  std::int64_t opened = 0, closed = 0;
};

Result<std::map<std::int64_t, Day>> read_days(store::Connection& from, std::int64_t account,
                                              std::int64_t now, std::int64_t days) {
  const std::int64_t since = now - now % store::kDaySeconds - (days - 1) * store::kDaySeconds;
  std::map<std::int64_t, Day> all;
  VIGIL_TRY(const auto past, store::posture_days(from, account, since));
  for (const store::PostureDay& day : past) all[day.day].posture = day;
  VIGIL_TRY(const store::Posture posture, store::posture(from, account, now));
  const store::PostureDay today = store::posture_day(posture, now);
  all[today.day].posture = today;
  VIGIL_TRY(const auto hours, store::activity_since(from, account, since));
  for (const store::Activity& hour : hours) {
    // Of a day on which nobody looked nothing is said.
    const auto day = all.find(hour.hour - hour.hour % store::kDaySeconds);
    if (day == all.end()) continue;
    day->second.opened += hour.opened.all();
    day->second.closed += hour.closed;
  }
  return all;
}

HttpResponse answer(const RouteCall& call) {
  const auto days = number_in(call, "days", 90);
  if (!days || *days == 0 || *days > kMostDays)
    return error_response(api::validation_error("days must be from 1 to 400"));
  std::map<std::int64_t, Day> all;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(all, read_days(from, account, call.now, static_cast<std::int64_t>(*days)));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().key("days").begin_array();
  for (const auto& [first, day] : all) {
    json.begin_object().member("day", base::format_date(first));
    json.key("active");
    write_counts(json, day.posture.active);
    json.member("risk", day.posture.risk);
    json.member("opened", day.opened).member("closed", day.closed).end_object();
  }
  json.end_array().end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/trend",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::trend
