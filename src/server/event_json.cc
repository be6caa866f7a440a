#include "server/event_json.h"

#include "findings/assessment.h"
#include "findings/identity.h"
#include "model/severity.h"

namespace vigil::server {

std::string_view event_kind_name(store::EventKind kind) {
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

void write_event_members(base::JsonWriter& json, const Identity& caller,
                         const store::Event& event) {
  json.member("sequence", event.sequence).member("kind", event_kind_name(event.kind));
  json.member("time", event.time);
  if (event.vulnerability != 0) {
    const auto status = static_cast<findings::Status>(event.status);
    json.member("findingArn", findings::finding_arn(caller.region, caller.account,
                                                    {event.resource, event.vulnerability}));
    json.member("status", findings::status_name(status));
    json.member("severity", model::severity_name(static_cast<model::Severity>(event.severity)));
  }
  if (!event.detail.empty()) json.key("detail").raw(event.detail);
}

}  // namespace vigil::server
