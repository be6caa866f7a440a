// GET /vigil/v1/server: what this server is and what it was told to watch. The host and the registry are
// the matter of the account that the server watches them for; users of other accounts are not told.
#include "base/json_writer.h"
#include "base/program.h"
#include "base/text.h"
#include "findings/identity.h"
#include "server/installation.h"
#include "server/route.h"
#include "store/inventory.h"

namespace vigil::server::server_facts {
namespace {

void write_patterns(base::JsonWriter& json, std::string_view name, std::string_view patterns) {
  json.key(name).begin_array();
  for (const std::string_view pattern : base::split(patterns, ',')) {
    if (const auto text = base::trim(pattern); !text.empty()) json.value(text);
  }
  json.end_array();
}

void write_registry(base::JsonWriter& json, const Config& config) {
  json.key("registry").begin_object().member("address", config.registry);
  json.member("interval", config.registry_interval);
  write_patterns(json, "repositories", config.registry_repositories);
  write_patterns(json, "tags", config.registry_tags);
  json.member("notifications", !config.registry_token.empty()).end_object();
}

/// Whether this machine has been scanned, and is still watched.
Result<bool> is_known(const RouteCall& call, const std::string& host) {
  bool known = false;
  VIGIL_CHECK(call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(
        const auto row,
        store::find_resource(from, account, findings::resource_key(call.caller.account, host)));
    known = row && row->removed == 0;
    return ok();
  }));
  return known;
}

HttpResponse answer(const RouteCall& call) {
  if (call.installation == nullptr) {
    return error_response(api::internal(Error{.what = "the installation is not known"}));
  }
  const Installation& installation = *call.installation;
  const Config& config = installation.config;
  const bool own = call.caller.account == config.account;
  const auto known = own ? is_known(call, installation.host) : Result<bool>(false);
  if (!known) return error_response(api::internal(known.error()));
  base::JsonWriter json;
  json.begin_object().member("version", base::program_version());
  json.member("startedAt", installation.started);
  json.member("account", config.account).member("region", config.region);
  json.member("store", call.estate.store().engine().name() == "sqlite" ? "sqlite" : "postgresql");
  json.key("host").begin_object().member("watched", own && config.watch_host);
  if (*known) json.member("resourceId", installation.host);
  json.member("scanInterval", config.scan_interval);
  json.member("deepInterval", config.deep_interval).end_object();
  if (own && !config.registry.empty()) write_registry(json, config);
  json.key("intelligence").begin_object().member("interval", config.intel_interval).end_object();
  json.end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/server",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::server_facts
