// GET /vigil/v1/events?after=SEQUENCE&limit=N: the account's events in the order they were committed.
// A reader keeps the `next` of one answer for the following one and so sees each event at least once.
#include "base/json_writer.h"
#include "base/text.h"
#include "findings/assessment.h"
#include "findings/identity.h"
#include "model/severity.h"
#include "server/route.h"
#include "store/outbox.h"

namespace vigil::server::events {
namespace {

constexpr std::uint64_t kMostEvents = 1000;

std::string_view kind_name(store::EventKind kind) {
  switch (kind) {
    case store::EventKind::FindingOpened:
      return "FINDING_OPENED";
    case store::EventKind::FindingUpdated:
      return "FINDING_UPDATED";
    case store::EventKind::FindingSuppressed:
      return "FINDING_SUPPRESSED";
    case store::EventKind::FindingUnsuppressed:
      return "FINDING_UNSUPPRESSED";
    case store::EventKind::FindingClosed:
      return "FINDING_CLOSED";
    case store::EventKind::FindingReopened:
      return "FINDING_REOPENED";
    case store::EventKind::InitialScanComplete:
      return "INITIAL_SCAN_COMPLETE";
    case store::EventKind::CoverageChanged:
      return "COVERAGE_CHANGED";
  }
  return "UNKNOWN";
}

void write_event(base::JsonWriter& json, const RouteCall& call, const store::Event& event) {
  json.begin_object().member("sequence", event.sequence).member("kind", kind_name(event.kind));
  json.member("time", event.time);
  if (event.vulnerability != 0) {
    const auto status = static_cast<findings::Status>(event.status);
    json.member("findingArn", findings::finding_arn(call.caller.region, call.caller.account,
                                                    {event.resource, event.vulnerability}));
    json.member("status", findings::status_name(status));
    json.member("severity", model::severity_name(static_cast<model::Severity>(event.severity)));
  }
  if (!event.detail.empty()) json.key("detail").raw(event.detail);
  json.end_object();
}

std::optional<std::uint64_t> number_of(const RouteCall& call, std::string_view name,
                                       std::uint64_t otherwise) {
  const auto given = call.query.find(name);
  return given == call.query.end() ? otherwise : base::parse_unsigned(given->second);
}

HttpResponse answer(const RouteCall& call) {
  const auto after = number_of(call, "after", 0);
  const auto limit = number_of(call, "limit", 100);
  if (!after || *after > INT64_MAX) {
    return error_response(api::validation_error("after is no sequence number"));
  }
  if (!limit || *limit == 0 || *limit > kMostEvents) {
    return error_response(api::validation_error("limit must be from 1 to 1000"));
  }
  const auto account = store::account_number(call.caller.account);
  if (!account) return error_response(api::internal(account.error()));
  std::vector<store::Event> events;
  const auto read = call.estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(events, store::events_after(from, static_cast<std::int64_t>(*after), *limit));
    return ok();
  });
  if (!read) return error_response(api::internal(read.error()));
  base::JsonWriter json;
  json.begin_object().key("events").begin_array();
  for (const store::Event& event : events) {
    if (event.account == *account) write_event(json, call, event);
  }
  json.end_array();
  json.member("next", events.empty() ? static_cast<std::int64_t>(*after) : events.back().sequence);
  json.end_object();
  return json_response(200, json.take());
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/events",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::events
