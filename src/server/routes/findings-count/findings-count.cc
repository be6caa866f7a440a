// POST /vigil/v1/findings/count {"filterCriteria": {...}}: how many findings match, exactly, by status.
// The criteria are those of ListFindings, and errors in them are said as ListFindings says them.
#include "api/criteria.h"
#include "base/json_writer.h"
#include "server/route.h"
#include "store/find.h"

namespace vigil::server::findings_count {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

HttpResponse answer(const RouteCall& call) {
  auto filter = api::criteria_of_body(call.request.body);
  if (!filter) return error_response(filter.error());
  store::FindQuery query;
  query.filter = std::move(*filter);
  store::FindCount count;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    query.accounts = {account};
    VIGIL_TRY(count, store::count(from, query));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().member("active", count.active).member("suppressed", count.suppressed);
  json.member("closed", count.closed).end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "POST",
                                .pattern = "/vigil/v1/findings/count",
                                .access = Access::Account,
                                .body_limit = kMostBytes,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::findings_count
