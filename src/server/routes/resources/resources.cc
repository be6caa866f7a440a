// GET /vigil/v1/resources?type=&limit=&next=: what the account watches, with the counts of active
// findings, by type and id.
#include "base/json_writer.h"
#include "base/text.h"
#include "server/resource_json.h"
#include "server/route.h"
#include "store/resource_list.h"

namespace vigil::server::resources {
namespace {

constexpr std::uint64_t kMostResources = 1000;

/// "TYPE id" of the last resource of a page: nothing secret, so it needs no signature.
void read_next(const RouteCall& call, store::ResourceListQuery& query) {
  const auto next = call.query.find("next");
  if (next == call.query.end()) return;
  const std::size_t blank = next->second.find(' ');
  query.after_type = next->second.substr(0, blank);
  if (blank != std::string::npos) query.after = next->second.substr(blank + 1);
}

HttpResponse answer(const RouteCall& call) {
  store::ResourceListQuery query;
  std::optional<std::uint64_t> limit = 100;
  if (const auto given = call.query.find("limit"); given != call.query.end()) {
    limit = base::parse_unsigned(given->second);
  }
  if (!limit || *limit == 0 || *limit > kMostResources) {
    return error_response(api::validation_error("limit must be from 1 to 1000"));
  }
  if (const auto type = call.query.find("type"); type != call.query.end()) {
    query.type = type->second;
  }
  read_next(call, query);
  query.limit = *limit + 1;
  std::vector<store::ListedResource> found;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(query.account, store::account_number(call.caller.account));
    VIGIL_TRY(found, store::list_resources(from, query));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().key("resources").begin_array();
  const bool more = found.size() > *limit;
  if (more) found.resize(*limit);
  for (const store::ListedResource& resource : found) {
    json.begin_object();
    write_listed_resource(json, resource);
    json.end_object();
  }
  json.end_array();
  if (more) json.member("next", found.back().type + " " + found.back().resource_id);
  json.end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/resources",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::resources
