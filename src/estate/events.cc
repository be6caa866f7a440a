#include "estate/events.h"

#include <array>

#include "base/json_writer.h"

namespace vigil::estate {
namespace {

store::Event event_of(store::EventKind kind, std::int64_t account, std::uint64_t resource,
                      std::int64_t now) {
  store::Event event;
  event.account = account;
  event.kind = kind;
  event.resource = resource;
  event.time = now;
  return event;
}

}  // namespace

store::Event initial_scan(std::int64_t account, std::uint64_t resource,
                          const Assessments& assessments, std::int64_t now) {
  std::array<std::int64_t, 6> counts{};
  for (const auto& assessed : assessments)
    ++counts[static_cast<std::size_t>(assessed->assessment.severity)];
  const auto of = [&](model::Severity severity) {
    return counts[static_cast<std::size_t>(severity)];
  };
  base::JsonWriter json;
  json.begin_object().member("CRITICAL", of(model::Severity::Critical));
  json.member("HIGH", of(model::Severity::High)).member("MEDIUM", of(model::Severity::Medium));
  json.member("TOTAL", static_cast<std::int64_t>(assessments.size())).end_object();
  store::Event event = event_of(store::EventKind::InitialScanComplete, account, resource, now);
  event.detail = json.take();
  return event;
}

store::Event coverage_changed(std::int64_t account, std::uint64_t resource,
                              const Coverage& coverage, std::int64_t now) {
  base::JsonWriter json;
  json.begin_object().member("statusCodeValue", coverage.code);
  json.member("reason", coverage.reason).end_object();
  store::Event event = event_of(store::EventKind::CoverageChanged, account, resource, now);
  event.detail = json.take();
  return event;
}

}  // namespace vigil::estate
