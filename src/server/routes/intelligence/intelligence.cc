// GET /vigil/v1/intelligence: which intelligence is in force, how old it is and what it covers.
#include "base/json_writer.h"
#include "base/time.h"
#include "server/route.h"

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

HttpResponse answer(const RouteCall& call) {
  base::JsonWriter json;
  json.begin_object();
  const auto snapshot = call.estate.intelligence();
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
