// Events, committed with the change they tell of and delivered from there at least once, in order.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/identity.h"
#include "store/engine.h"

namespace vigil::store {

/// The number is stored.
enum class EventKind : std::uint8_t {
  FindingOpened = 1,
  FindingUpdated = 2,
  FindingSuppressed = 3,
  FindingUnsuppressed = 4,
  FindingClosed = 5,
  FindingReopened = 6,
  InitialScanComplete = 16,
  CoverageChanged = 17,
};

struct Event {
  std::int64_t sequence = 0;  ///< ascending; set by the store
  std::int64_t account = 0;
  EventKind kind = EventKind::FindingOpened;
  std::uint64_t resource = 0;
  std::uint64_t vulnerability = 0;  ///< 0 for events about a resource
  int status = 0;                   ///< findings::Status after the change
  int severity = 0;                 ///< model::Severity after the change
  std::int64_t time = 0;
  std::string detail;
};

Result<void> put_events(Connection& to, std::span<const Event> events);
/// Events after a sequence number, at most `limit`.
Result<std::vector<Event>> events_after(Connection& from, std::int64_t sequence, std::size_t limit);
/// The newest sequence number that was committed; 0 if there is no event.
Result<std::int64_t> newest_event(Connection& from);
/// Events of a resource before a sequence number, newest first, at most `limit`.
Result<std::vector<Event>> events_of_resource(Connection& from, std::int64_t account,
                                              std::uint64_t resource, std::int64_t before,
                                              std::size_t limit);
/// The newest events of one finding, at most `limit`, oldest first. What was trimmed is not there.
Result<std::vector<Event>> events_of_finding(Connection& from, std::int64_t account,
                                             const findings::FindingId& finding, std::size_t limit);
/// How far a consumer has delivered; 0 if it is new.
Result<std::int64_t> consumer_position(Connection& from, std::string_view consumer);
Result<void> set_consumer_position(Connection& to, std::string_view consumer,
                                   std::int64_t sequence);
/// Deletes events before this time, at most `limit`.
Result<std::int64_t> trim_events(Connection& to, std::int64_t before, std::size_t limit);

}  // namespace vigil::store
