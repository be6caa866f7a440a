// GET /vigil/v1/findings/{findingId}: one finding with all that is known of it: the API's documents, how
// its score came about, its life, where else the vulnerability is, what to type.
//
// The id is the 32 hexadecimal digits at the end of the finding's ARN. The score is recomputed from what
// is stored, step by step. Events are kept for 30 days: that a finding was opened and closed is known
// beyond that from the finding itself, but not its status and severity then, which are left out.
#include <algorithm>

#include "api/filter_arn.h"
#include "api/found_finding.h"
#include "base/json_writer.h"
#include "findings/stored_finding.h"
#include "model/severity.h"
#include "server/event_json.h"
#include "server/route.h"
#include "store/filters.h"
#include "store/other_findings.h"
#include "store/walk.h"

namespace vigil::server::finding {
namespace {

constexpr std::size_t kMostElsewhere = 20;
constexpr std::size_t kMostEvents = 200;

struct Story {
  store::FoundFinding found;
  findings::Known known;
  std::optional<store::FilterRow> rule;
  std::vector<store::Event> events;
  store::OtherFindings elsewhere;
};

Result<std::optional<Story>> find(store::Connection& from, std::int64_t account,
                                  const findings::FindingId& id) {
  VIGIL_TRY(auto found, store::find_by_id(from, account, std::span(&id, 1)));
  VIGIL_TRY(const auto known,
            store::some_findings_of(from, account, id.resource, std::span(&id.vulnerability, 1)));
  if (found.empty() || known.empty()) return std::nullopt;
  Story story;
  story.found = std::move(found.front());
  story.known = known.front();
  if (story.known.status == findings::Status::Suppressed && story.known.rule != 0) {
    VIGIL_TRY(story.rule, store::find_filter(from, account, story.known.rule));
  }
  VIGIL_TRY(story.events, store::events_of_finding(from, account, id, kMostEvents));
  VIGIL_TRY(story.elsewhere, store::other_findings(from, account, id, kMostElsewhere));
  return std::optional(std::move(story));
}

void write_score(base::JsonWriter& json, const findings::StoredScore& score) {
  json.key("score").begin_object();
  json.key("base").begin_object().member("vector", score.base_vector);
  json.member("score", score.explanation.base_score).member("version", score.version);
  json.member("source", score.source).end_object();
  json.key("final").begin_object().member("vector", score.vector);
  json.member("score", score.score).end_object();
  json.key("steps").begin_array();
  for (const score::Step& step : score.explanation.steps) {
    json.begin_object().member("metric", step.metric);
    json.optional_member("from", step.from).optional_member("to", step.to);
    json.member("reason", step.reason).member("after", step.after).end_object();
  }
  json.end_array().end_object();
}

void write_moment(base::JsonWriter& json, store::EventKind kind, std::int64_t time) {
  json.begin_object().member("kind", event_kind_name(kind)).member("time", time).end_object();
}

void write_life(base::JsonWriter& json, const Story& story) {
  using store::EventKind;
  json.key("life").begin_array();
  const auto opens = [](const store::Event& event) {
    return event.kind == EventKind::FindingOpened;
  };
  if (std::ranges::none_of(story.events, opens)) {
    write_moment(json, EventKind::FindingOpened, story.known.first_observed);
  }
  for (const store::Event& event : story.events) {
    json.begin_object().member("kind", event_kind_name(event.kind)).member("time", event.time);
    json.member("status", findings::status_name(static_cast<findings::Status>(event.status)));
    json.member("severity", model::severity_name(static_cast<model::Severity>(event.severity)));
    json.end_object();
  }
  const bool is_told =
      !story.events.empty() && story.events.back().kind == EventKind::FindingClosed;
  if (story.known.closed != 0 && !is_told) {
    write_moment(json, EventKind::FindingClosed, story.known.closed);
  }
  json.end_array();
}

void write_elsewhere(base::JsonWriter& json, const std::string& account,
                     const store::OtherFindings& elsewhere) {
  json.key("elsewhere").begin_object().member("total", elsewhere.total);
  json.key("resources").begin_array();
  for (const store::OtherFinding& other : elsewhere.findings) {
    json.begin_object();
    json.member("findingArn", findings::finding_arn(other.region, account, other.id));
    json.member("resourceId", other.resource_id).member("resourceType", other.resource_type);
    json.member("name", other.name.empty() ? other.resource_id : other.name);
    if (other.score) json.member("score", *other.score);
    json.member("status", findings::status_name(other.status)).end_object();
  }
  json.end_array().end_object();
}

std::string rule_arn(const RouteCall& call, std::uint64_t id) {
  const api::Caller caller{call.caller.account, call.caller.principal, call.caller.region};
  return api::filter_arn({.estate = call.estate, .caller = caller, .input = {}, .now = call.now},
                         id);
}

HttpResponse answer(const RouteCall& call) {
  const std::string& finding_id = call.labels.find("findingId")->second;
  const auto arn = findings::parse_finding_arn("arn:aws:inspector2:" + call.caller.region + ":" +
                                               call.caller.account + ":finding/" + finding_id);
  if (!arn) {
    return error_response(
        api::validation_error("A finding's id is the 32 hexadecimal digits its ARN ends in."));
  }
  std::optional<Story> story;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(const std::int64_t account, store::account_number(call.caller.account));
    VIGIL_TRY(story, find(from, account, arn->id));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  if (!story) return error_response(api::not_found("There is no finding " + finding_id + "."));
  const auto score =
      findings::stored_score(story->found.vulnerability_body, story->found.assessment_body);
  if (!score) return error_response(api::internal(score.error()));
  base::JsonWriter json;
  json.begin_object();
  json.key("finding").raw(api::document_of(story->found));
  json.key("detail").raw(api::detail_of(story->found));
  if (*score) write_score(json, **score);
  if (story->rule) {
    json.key("suppressedBy").begin_object().member("arn", rule_arn(call, story->rule->id));
    json.member("name", story->rule->name).end_object();
  }
  write_life(json, *story);
  write_elsewhere(json, call.caller.account, story->elsewhere);
  json.key("commands").value(findings::stored_commands(story->found.assessment_body));
  json.end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/findings/{findingId}",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::finding
