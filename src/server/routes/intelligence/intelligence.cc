// GET /vigil/v1/intelligence: which intelligence is in force, how old it is and what it covers; and what it
// does not: feeds that gave nothing, and systems and ecosystems of what is watched that none speaks of.
#include <map>
#include <set>

#include "base/json_writer.h"
#include "base/time.h"
#include "intel/feed.h"
#include "match/subject.h"
#include "server/route.h"
#include "store/ecosystems.h"

namespace vigil::server::intelligence {
namespace {

void write_sources(base::JsonWriter& json, const intel::Snapshot& snapshot) {
  json.key("sources").begin_array();
  for (const intel::Source& source : snapshot.sources()) {
    json.begin_object().member("label", source.label).member("origin", source.origin);
    json.member("readAt", source.read);
    if (source.kept) json.member("failure", source.failure);
    json.key("feeds").begin_array();
    for (const intel::FeedCount& feed : source.feeds) {
      json.begin_object().member("name", feed.feed);
      if (feed.dated != 0) json.member("newestDataAt", feed.dated);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_missing(base::JsonWriter& json, const intel::Snapshot& snapshot) {
  std::set<std::string, std::less<>> given;
  for (const intel::Source& source : snapshot.sources()) {
    for (const intel::FeedCount& feed : source.feeds) {
      if (feed.facts + feed.statements + feed.epss > 0) given.insert(feed.feed);
    }
  }
  json.key("missing").begin_array();
  for (const intel::Feed* feed : intel::all_feeds()) {
    if (given.contains(feed->name)) continue;
    json.begin_object().member("name", feed->name).member("title", feed->title).end_object();
  }
  json.end_array();
}

/// Systems by the platform of their resources, ecosystems of languages by their own name: the packages of
/// a system that is not covered are not counted a second time.
Result<std::map<std::string, std::int64_t>> find_uncovered(store::Connection& from,
                                                           std::int64_t account,
                                                           const intel::Snapshot& snapshot) {
  VIGIL_TRY(auto uncovered, store::count_unsupported_systems(from, account));
  VIGIL_TRY(const auto ecosystems, store::stored_ecosystems(from, account));
  for (const std::string& ecosystem : ecosystems) {
    if (ecosystem.empty() || match::is_distribution(ecosystem) || snapshot.covers(ecosystem)) {
      continue;
    }
    VIGIL_TRY(const std::int64_t count, store::count_resources_holding(from, account, ecosystem));
    if (count > 0) uncovered[ecosystem] += count;
  }
  return uncovered;
}

HttpResponse answer(const RouteCall& call) {
  base::JsonWriter json;
  json.begin_object();
  const auto snapshot = call.estate.intelligence();
  std::map<std::string, std::int64_t> uncovered;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    if (!snapshot) return ok();
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(uncovered, find_uncovered(from, account, *snapshot));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  json.member("loaded", snapshot != nullptr);
  if (snapshot) {
    json.member("stamp", snapshot->stamp()).member("createdAt", snapshot->created());
    json.member("ageSeconds", call.now - snapshot->created());
    json.member("vulnerabilities", static_cast<std::uint64_t>(snapshot->vulnerability_count()));
    json.member("packages", static_cast<std::uint64_t>(snapshot->package_count()));
    json.key("ecosystems").begin_array();
    for (const auto& ecosystem : snapshot->ecosystems()) {
      json.begin_object().member("name", ecosystem.name);
      json.member("packages", static_cast<std::uint64_t>(ecosystem.packages)).end_object();
    }
    json.end_array();
    write_sources(json, *snapshot);
    write_missing(json, *snapshot);
    json.key("uncovered").begin_array();
    for (const auto& [name, resources] : uncovered) {
      json.begin_object().member("name", name).member("resources", resources).end_object();
    }
    json.end_array();
  }
  json.end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/intelligence",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::intelligence
