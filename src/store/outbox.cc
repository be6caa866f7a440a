#include "store/outbox.h"

#include <algorithm>
#include <charconv>

#include "store/accounts.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

constexpr std::string_view kTurn = "outbox";

std::string position_name(std::string_view consumer) {
  return "outbox position of " + std::string(consumer);
}

Event read_event(const Row& row) {
  Event event;
  event.sequence = row.integer(0);
  event.account = row.integer(1);
  event.kind = static_cast<EventKind>(row.integer(2));
  event.resource = static_cast<std::uint64_t>(row.integer(3));
  event.vulnerability = static_cast<std::uint64_t>(row.integer(4));
  event.status = static_cast<int>(row.integer(5));
  event.severity = static_cast<int>(row.integer(6));
  event.time = row.integer(7);
  event.detail = row.text(8);
  return event;
}

}  // namespace

Result<void> put_events(Connection& to, std::span<const Event> events) {
  if (events.empty()) return ok();
  // A consumer that has seen number 5 never asks for 4 again: numbers must become visible in their
  // order, so from here to the commit there is one writer of events.
  VIGIL_CHECK(to.take_turn(kTurn));
  constexpr std::size_t kColumns = 8;
  std::vector<Value> values;
  values.reserve(events.size() * kColumns);
  for (const Event& event : events) {
    values.emplace_back(event.account);
    values.emplace_back(static_cast<std::int64_t>(event.kind));
    values.emplace_back(static_cast<std::int64_t>(event.resource));
    values.emplace_back(static_cast<std::int64_t>(event.vulnerability));
    values.emplace_back(std::int64_t{event.status});
    values.emplace_back(std::int64_t{event.severity});
    values.emplace_back(event.time);
    values.emplace_back(std::string_view(event.detail));
  }
  return to.execute_many(
      "INSERT INTO outbox (account, kind, resource, vulnerability, status, severity, time, detail)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      kColumns, values);
}

Result<std::vector<Event>> events_after(Connection& from, std::int64_t sequence,
                                        std::size_t limit) {
  std::vector<Event> events;
  VIGIL_CHECK(from.query(
      "SELECT sequence, account, kind, resource, vulnerability, status, severity, time, detail"
      " FROM outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2",
      {sequence, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
        events.push_back(read_event(row));
        return true;
      }));
  return events;
}

Result<std::int64_t> newest_event(Connection& from) {
  std::int64_t newest = 0;
  VIGIL_CHECK(from.query("SELECT MAX(sequence) FROM outbox", {}, [&](const Row& row) {
    newest = row.integer(0);
    return false;
  }));
  return newest;
}

Result<std::vector<Event>> events_of_resource(Connection& from, std::int64_t account,
                                              std::uint64_t resource, std::int64_t before,
                                              std::size_t limit) {
  std::vector<Event> events;
  VIGIL_CHECK(from.query(
      "SELECT sequence, account, kind, resource, vulnerability, status, severity, time, detail"
      " FROM outbox WHERE account = $1 AND resource = $2 AND sequence < $3"
      " ORDER BY sequence DESC LIMIT $4",
      {account, stored_key(resource), before, static_cast<std::int64_t>(limit)},
      [&](const Row& row) {
        events.push_back(read_event(row));
        return true;
      }));
  return events;
}

Result<std::vector<Event>> events_of_finding(Connection& from, std::int64_t account,
                                             const findings::FindingId& finding,
                                             std::size_t limit) {
  std::vector<Event> events;
  VIGIL_CHECK(from.query(
      "SELECT sequence, account, kind, resource, vulnerability, status, severity, time, detail"
      " FROM outbox WHERE account = $1 AND resource = $2 AND vulnerability = $3"
      " ORDER BY sequence DESC LIMIT $4",
      {account, stored_key(finding.resource), stored_key(finding.vulnerability),
       static_cast<std::int64_t>(limit)},
      [&](const Row& row) {
        events.push_back(read_event(row));
        return true;
      }));
  std::ranges::reverse(events);
  return events;
}

Result<std::int64_t> consumer_position(Connection& from, std::string_view consumer) {
  const std::string name = position_name(consumer);
  VIGIL_TRY(const auto text, setting(from, name));
  std::int64_t position = 0;
  if (!text) return position;
  const char* end = text->data() + text->size();
  if (std::from_chars(text->data(), end, position).ptr != end || position < 0) {
    return fail("no number", "setting '" + name + "'");
  }
  return position;
}

Result<void> set_consumer_position(Connection& to, std::string_view consumer,
                                   std::int64_t sequence) {
  return set_setting(to, position_name(consumer), std::to_string(sequence));
}

Result<std::int64_t> trim_events(Connection& to, std::int64_t before, std::size_t limit) {
  // The oldest are those with the lowest numbers, which is also why no index on the time is needed.
  return to.execute(
      "DELETE FROM outbox WHERE sequence IN (SELECT sequence FROM"
      " (SELECT sequence, time FROM outbox ORDER BY sequence LIMIT $2) AS oldest WHERE time < $1)",
      {before, static_cast<std::int64_t>(limit)});
}

}  // namespace vigil::store
