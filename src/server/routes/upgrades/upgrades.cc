// GET /vigil/v1/upgrades?limit=N: what to fix first, over all resources of the account.
#include "base/json_writer.h"
#include "estate/upgrade_list.h"
#include "server/query_number.h"
#include "server/resource_json.h"
#include "server/route.h"
#include "store/posture.h"

namespace vigil::server::upgrades {
namespace {

constexpr std::uint64_t kMost = 100;
constexpr std::size_t kInstalled = 5;

store::SeverityCounts counts_of(const findings::Upgrade& upgrade) {
  store::SeverityCounts counts;
  for (std::size_t severity = 0; severity < upgrade.by_severity.size(); ++severity)
    counts.of(static_cast<model::Severity>(severity)) = upgrade.by_severity.at(severity);
  return counts;
}

void write(base::JsonWriter& json, const estate::ListedUpgrade& listed) {
  const findings::Upgrade& upgrade = listed.upgrade;
  json.begin_object().member("package", upgrade.name);
  json.member("packageManager", upgrade.manager);
  json.key("installed").value(upgrade.installed, kInstalled);
  json.member("target", upgrade.target).member("resources", listed.resources);
  json.optional_member("resourceId", listed.resource_id);
  json.member("findings", upgrade.findings).key("counts");
  write_counts(json, counts_of(upgrade));
  json.member("knownExploited", upgrade.known_exploited);
  json.member("inUse", upgrade.in_use).member("risk", upgrade.risk);
  json.optional_member("command", upgrade.command);
  json.key("filterCriteria").raw(findings::filter_json(listed.filter)).end_object();
}

HttpResponse answer(const RouteCall& call) {
  const auto limit = limit_in(call, 10, kMost);
  if (!limit) return error_response(api::validation_error("limit must be from 1 to 100"));
  store::Posture posture;
  std::vector<estate::ListedUpgrade> upgrades;
  const auto intelligence = call.estate.intelligence();
  findings::CleanVersion clean;
  if (intelligence) {
    clean = [&intelligence](const std::string& ecosystem, const std::string& name,
                            const std::string& from) {
      return findings::clean_version(*intelligence, ecosystem, name, from);
    };
  }
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(posture, store::posture(from, account, call.now));
    VIGIL_TRY(upgrades, estate::list_upgrades(from, account, *limit, clean));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().member("risk", posture.risk).key("upgrades").begin_array();
  for (const estate::ListedUpgrade& listed : upgrades) write(json, listed);
  json.end_array().end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/upgrades",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::upgrades
