// GET /vigil/v1/search?q=TEXT&limit=N: what a few letters may mean: vulnerabilities, resources and
// packages of the account whose name begins so.
//
// Vulnerabilities are those of findings; an exact id or alias is looked for in the intelligence too, so
// that "are we affected by this one?" has an answer, 0 findings. Packages have the name their advisories
// use: of a distribution the source package's.
#include <algorithm>

#include "base/json_writer.h"
#include "server/query_number.h"
#include "store/search.h"
#include "store/sql_compare.h"

namespace vigil::server::search {
namespace {

constexpr std::uint64_t kMost = 50;
constexpr std::size_t kLongestText = 512;

struct Found {
  std::vector<store::NamedVulnerability> vulnerabilities;
  std::vector<store::NamedResource> resources;
  std::vector<store::NamedPackage> packages;
};

/// Ids under which the intelligence knows exactly this text, such as the CVE of an alias.
std::vector<std::string> known_ids(const RouteCall& call, const std::string& text) {
  std::vector<std::string> ids;
  const auto snapshot = call.estate.intelligence();
  if (!snapshot) return ids;
  for (const std::uint32_t index : snapshot->find(text)) {
    ids.emplace_back(snapshot->vulnerability_id(index));
  }
  return ids;
}

Result<void> add_known(store::Connection& from, std::int64_t account, const std::string& id,
                       std::vector<store::NamedVulnerability>& to) {
  if (std::ranges::find(to, id, &store::NamedVulnerability::name) != to.end()) return ok();
  VIGIL_TRY(const auto stored, store::vulnerabilities_beginning(from, account, id, 1));
  if (!stored.empty() && stored.front().name == id) {
    to.push_back(stored.front());
  } else {
    to.push_back({.name = id, .severity = std::nullopt, .findings = 0});
  }
  return ok();
}

Result<Found> find(store::Connection& from, const RouteCall& call, const std::string& text,
                   std::size_t limit) {
  VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
  Found found;
  VIGIL_TRY(found.vulnerabilities, store::vulnerabilities_beginning(from, account, text, limit));
  for (const std::string& id : known_ids(call, text)) {
    if (found.vulnerabilities.size() >= limit) break;
    VIGIL_CHECK(add_known(from, account, id, found.vulnerabilities));
  }
  VIGIL_TRY(found.resources, store::resources_beginning(from, account, text, limit));
  VIGIL_TRY(found.packages, store::packages_beginning(from, account, text, limit));
  return found;
}

std::string document_of(const Found& found) {
  base::JsonWriter json;
  json.begin_object().key("vulnerabilities").begin_array();
  for (const store::NamedVulnerability& one : found.vulnerabilities) {
    json.begin_object().member("id", one.name);
    if (one.severity) json.member("severity", model::severity_name(*one.severity));
    json.member("findings", one.findings).end_object();
  }
  json.end_array().key("resources").begin_array();
  for (const store::NamedResource& one : found.resources) {
    json.begin_object().member("resourceId", one.resource_id).member("resourceType", one.type);
    json.member("name", one.name.empty() ? one.resource_id : one.name).end_object();
  }
  json.end_array().key("packages").begin_array();
  for (const store::NamedPackage& one : found.packages) {
    json.begin_object().member("name", one.name).member("ecosystem", one.ecosystem).end_object();
  }
  return json.end_array().end_object().take();
}

HttpResponse answer(const RouteCall& call) {
  const auto given = call.query.find("q");
  const std::string text(given == call.query.end() ? std::string_view()
                                                   : base::trim(given->second));
  if (text.empty() || text.size() > kLongestText || !store::is_storable(text)) {
    return error_response(api::validation_error("q must be 1 to 512 bytes of text"));
  }
  const auto limit = limit_in(call, 10, kMost);
  if (!limit) return error_response(api::validation_error("limit must be from 1 to 50"));
  Found found;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(found, find(from, call, text, *limit));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  return json_response(200, document_of(found));
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/search",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::search
