// Events: in order, once, and not lost.
#include "store/outbox.h"

#include <atomic>
#include <thread>

#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Event event(std::uint64_t resource, std::int64_t time = 0) {
  Event out;
  out.account = 1;
  out.resource = resource;
  out.time = time;
  return out;
}

std::vector<std::uint64_t> resources(const std::vector<Event>& events) {
  std::vector<std::uint64_t> out;
  for (const Event& each : events) out.push_back(each.resource);
  return out;
}

class Outbox : public testing::StoreTest {
 protected:
  std::vector<Event> after(std::int64_t sequence, std::size_t limit = 1000) {
    std::vector<Event> events;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(events, events_after(from, sequence, limit));
      return ok();
    });
    return events;
  }
};

TEST_P(Outbox, EveryFieldComesBack) {
  Event whole = event(0xffff'ffff'ffff'fffe, 1'700'000'000);
  whole.account = 123'456'789'012;
  whole.kind = EventKind::FindingReopened;
  whole.vulnerability = 0x8000'0000'0000'0000;
  whole.status = 2;
  whole.severity = 5;
  whole.detail = "{\"a\":1}";
  write([&](Connection& to) { return put_events(to, std::span(&whole, 1)); });
  const auto events = after(0);
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_GT(events[0].sequence, 0);
  EXPECT_EQ(events[0].account, whole.account);
  EXPECT_EQ(events[0].kind, whole.kind);
  EXPECT_EQ(events[0].resource, whole.resource);
  EXPECT_EQ(events[0].vulnerability, whole.vulnerability);
  EXPECT_EQ(events[0].status, whole.status);
  EXPECT_EQ(events[0].severity, whole.severity);
  EXPECT_EQ(events[0].time, whole.time);
  EXPECT_EQ(events[0].detail, whole.detail);
}

TEST_P(Outbox, EventsComeInTheOrderInWhichTheyWerePut) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_events(to, std::vector<Event>{event(3), event(1)}));
    VIGIL_CHECK(put_events(to, {}));
    return put_events(to, std::vector<Event>{event(2)});
  });
  const auto events = after(0);
  EXPECT_THAT(resources(events), ElementsAre(3, 1, 2));
  EXPECT_THAT(resources(after(0, 2)), ElementsAre(3, 1));
  EXPECT_THAT(resources(after(events[1].sequence)), ElementsAre(2));
  EXPECT_THAT(after(events[2].sequence), IsEmpty());
}

TEST_P(Outbox, WhatIsRolledBackWasNeverThere) {
  EXPECT_FALSE(store().write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_events(to, std::vector<Event>{event(1)}));
    return fail("no");
  }));
  EXPECT_THAT(after(0), IsEmpty());
}

TEST_P(Outbox, EachConsumerHasItsOwnPosition) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(set_consumer_position(to, "bus", 5));
    VIGIL_CHECK(set_consumer_position(to, "bus", 6));
    return set_consumer_position(to, "mail", 2);
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto bus, consumer_position(from, "bus"));
    EXPECT_EQ(bus, 6);
    VIGIL_TRY(const auto mail, consumer_position(from, "mail"));
    EXPECT_EQ(mail, 2);
    VIGIL_TRY(const auto unknown, consumer_position(from, "new"));
    EXPECT_EQ(unknown, 0);
    return ok();
  });
}

TEST_P(Outbox, OldEventsAreTrimmedAndTheirNumbersNeverComeAgain) {
  write([](Connection& to) {
    return put_events(to, std::vector<Event>{event(1, 10), event(2, 20), event(3, 30)});
  });
  const auto last = after(0).back().sequence;
  write([](Connection& to) -> Result<void> {
    VIGIL_TRY(const auto first, trim_events(to, 30, 1));
    EXPECT_EQ(first, 1);
    VIGIL_TRY(const auto rest, trim_events(to, 31, 100));
    EXPECT_EQ(rest, 2);
    VIGIL_TRY(const auto none, trim_events(to, 31, 100));
    EXPECT_EQ(none, 0);
    return ok();
  });
  reopen();
  write([](Connection& to) { return put_events(to, std::vector<Event>{event(4, 40)}); });
  const auto events = after(last);
  EXPECT_THAT(resources(events), ElementsAre(4));
}

// A number that becomes visible after a higher one would be skipped by a consumer for ever.
TEST_P(Outbox, AConsumerBesideManyWritersMissesNothing) {
  constexpr std::uint64_t kWriters = 4;
  constexpr std::uint64_t kEvents = 40;
  std::atomic<std::uint64_t> running = kWriters;
  std::vector<std::thread> threads;
  for (std::uint64_t writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (std::uint64_t i = 0; i < kEvents; ++i) {
        write([&](Connection& to) {
          return put_events(to, std::vector<Event>{event(writer * kEvents + i)});
        });
      }
      --running;
    });
  }
  std::vector<bool> seen(kWriters * kEvents, false);
  std::int64_t position = 0;
  for (bool last = false; !last;) {
    last = running == 0;
    for (const Event& each : after(position, 7)) {
      EXPECT_GT(each.sequence, position);
      EXPECT_FALSE(seen[each.resource]);
      seen[each.resource] = true;
      position = each.sequence;
      last = false;
    }
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count(seen.begin(), seen.end(), false), 0);
}

VIGIL_ON_BOTH_ENGINES(Outbox);

}  // namespace
}  // namespace vigil::store
