// GET /vigil/v1/metrics: what Prometheus scrapes. Access keys may be given as HTTP basic
// authentication, the only one of ours it can do.
#include "base/time.h"
#include "model/severity.h"
#include "server/route.h"

namespace vigil::server::metrics {
namespace {

using Gauge = Metrics::Gauge;

Result<void> add_store_gauges(const RouteCall& call, std::vector<Gauge>& gauges) {
  Gauge findings{"vigil_findings", "Active findings of the caller's account by severity.", {}};
  Gauge resources{"vigil_resources", "Resources of the caller's account by type.", {}};
  VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
  VIGIL_CHECK(call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_CHECK(from.query(
        "SELECT severity, SUM(active) FROM assessment WHERE account = $1 "
        "GROUP BY severity ORDER BY severity",
        {account}, [&](const store::Row& row) {
          const auto severity = static_cast<model::Severity>(row.integer(0));
          findings.samples.push_back(
              {{{"severity", std::string(model::severity_name(severity))}}, row.real(1)});
          return true;
        }));
    return from.query(
        "SELECT type, COUNT(*) FROM resource WHERE account = $1 AND removed = 0 "
        "GROUP BY type ORDER BY type",
        {account}, [&](const store::Row& row) {
          resources.samples.push_back({{{"type", std::string(row.text(0))}}, row.real(1)});
          return true;
        });
  }));
  gauges.push_back(std::move(findings));
  gauges.push_back(std::move(resources));
  return ok();
}

HttpResponse answer(const RouteCall& call) {
  std::vector<Gauge> gauges = process_gauges();
  if (auto added = add_store_gauges(call, gauges); !added) {
    return error_response(api::internal(added.error()));
  }
  if (const auto intelligence = call.estate.intelligence()) {
    gauges.push_back({"vigil_intelligence_loaded_timestamp_seconds",
                      "When the intelligence in force was made.",
                      {{{}, static_cast<double>(intelligence->created())}}});
  }
  HttpResponse response;
  response.headers.push_back({"Content-Type", "text/plain; version=0.0.4"});
  response.body = call.metrics.page(gauges);
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/metrics",
                                .access = Access::Scraper,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::metrics
