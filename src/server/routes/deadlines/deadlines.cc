// GET /vigil/v1/deadlines?limit=N: vulnerabilities in CISA's catalogue that have ACTIVE findings, by the
// day by which they are to be mended.
#include <algorithm>

#include "base/json_writer.h"
#include "server/query_number.h"
#include "server/route.h"
#include "store/exploited.h"

namespace vigil::server::deadlines {
namespace {

constexpr std::uint64_t kMost = 1000;

HttpResponse answer(const RouteCall& call) {
  const auto limit = limit_in(call, 100, kMost);
  if (!limit) return error_response(api::validation_error("limit must be from 1 to 1000"));
  std::vector<store::Deadline> all;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(all, store::deadlines(from, account));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().member("total", static_cast<std::int64_t>(all.size()));
  json.key("deadlines").begin_array();
  all.resize(std::min<std::size_t>(all.size(), *limit));
  for (const store::Deadline& one : all) {
    json.begin_object().member("vulnerabilityId", one.vulnerability).member("title", one.title);
    json.member("dueDate", one.due).member("severity", model::severity_name(one.severity));
    json.member("findings", one.findings).member("resources", one.findings).end_object();
  }
  json.end_array().end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/deadlines",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::deadlines
