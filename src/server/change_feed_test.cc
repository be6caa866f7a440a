#include "server/change_feed.h"

#include <gmock/gmock.h>

#include <thread>

#include "findings/identity.h"
#include "server/testing/store_test.h"
#include "store/inventory.h"

namespace vigil::server {
namespace {

using store::EventKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr std::chrono::milliseconds kAlways{0};

class ChangeFeedTest : public testing::WithStore {
 protected:
  static std::uint64_t key(const std::string& id) {
    return findings::resource_key(store::account_digits(kAccount), id);
  }
  void add_resource(const std::string& id) {
    const auto done = store_->write([&](store::Connection& to) {
      store::ResourceRow row;
      row.account = kAccount;
      row.id = key(id);
      row.resource_id = id;
      row.type = "AWS_EC2_INSTANCE";
      return store::put_resource(to, row, "{}", "", {});
    });
    ASSERT_TRUE(done) << done.error().text();
  }
  void happen(EventKind kind, std::uint64_t resource, int times = 1,
              std::int64_t account = kAccount) {
    const std::vector<store::Event> events(
        static_cast<std::size_t>(times),
        store::Event{.account = account, .kind = kind, .resource = resource, .time = kNow});
    const auto done =
        store_->write([&](store::Connection& to) { return store::put_events(to, events); });
    ASSERT_TRUE(done) << done.error().text();
  }
  static Changes after(ChangeFeed& feed, std::int64_t position, std::int64_t account = kAccount) {
    const auto changes = feed.after(account, position);
    EXPECT_TRUE(changes) << changes.error().text();
    return changes.value_or(Changes{});
  }
};

TEST_F(ChangeFeedTest, TellsWhatHappenedSinceAListenerBegan) {
  ChangeFeed feed(*store_, {kAlways, kAlways});
  add_resource("i-1");
  add_resource("i-2");
  happen(EventKind::FindingOpened, key("i-1"), 5);
  const auto begun = feed.begin(std::nullopt);
  ASSERT_TRUE(begun);
  EXPECT_EQ(*begun, 5);
  EXPECT_THAT(after(feed, *begun).kinds, IsEmpty());
  happen(EventKind::FindingOpened, key("i-1"), 2);
  happen(EventKind::FindingClosed, key("i-2"));
  happen(EventKind::FindingClosed, key("i-2"), 4, kAccount + 1);
  const Changes changes = after(feed, *begun);
  EXPECT_EQ(changes.sequence, 12);
  EXPECT_THAT(changes.kinds,
              ElementsAre(Pair(EventKind::FindingOpened, 2), Pair(EventKind::FindingClosed, 1)));
  EXPECT_THAT(changes.resources, UnorderedElementsAre("i-1", "i-2"));
  EXPECT_THAT(after(feed, changes.sequence).kinds, IsEmpty());
}

TEST_F(ChangeFeedTest, WhereverAListenerIsNothingIsLeftOutOrToldTwice) {
  ChangeFeed feed(*store_, {kAlways, kAlways});
  constexpr int kEvents = 60;
  std::vector<std::pair<std::int64_t, std::int64_t>> listeners;  // begin, position
  std::vector<std::int64_t> told;
  for (int i = 0; i < kEvents; ++i) {
    happen(EventKind::FindingOpened, 7);
    // Two events in some beats, positions at the ends and within them.
    if (i % 3 == 1) static_cast<void>(after(feed, 0));
    listeners.emplace_back(i, i);
    told.push_back(0);
    if (i % 10 != 9) continue;
    for (std::size_t k = 0; k < listeners.size(); ++k) {
      const Changes changes = after(feed, listeners[k].second);
      listeners[k].second = changes.sequence;
      for (const auto& [kind, count] : changes.kinds) told[k] += count;
    }
  }
  for (std::size_t k = 0; k < listeners.size(); ++k) {
    for (int more = 0; more < 3; ++more) {
      const Changes changes = after(feed, listeners[k].second);
      listeners[k].second = changes.sequence;
      for (const auto& [kind, count] : changes.kinds) told[k] += count;
    }
    EXPECT_EQ(listeners[k].second, kEvents) << k;
    EXPECT_EQ(told[k], kEvents - listeners[k].first) << k;
  }
}

TEST_F(ChangeFeedTest, WhoIsFarBehindIsBroughtUpInPortions) {
  happen(EventKind::FindingOpened, 7, 25'000);
  ChangeFeed feed(*store_, {kAlways, kAlways});
  std::int64_t position = 0, told = 0;
  int portions = 0;
  while (position < 25'000 && portions < 10) {
    const Changes changes = after(feed, position);
    ASSERT_GT(changes.sequence, position);
    position = changes.sequence;
    told += changes.kinds.at(EventKind::FindingOpened);
    ++portions;
  }
  EXPECT_EQ(portions, 3);
  EXPECT_EQ(told, 25'000);
}

TEST_F(ChangeFeedTest, NamesAtMostAHundredResources) {
  ChangeFeed feed(*store_, {kAlways, kAlways});
  const std::int64_t begun = *feed.begin(std::nullopt);
  static_cast<void>(after(feed, begun));
  for (int i = 0; i < 120; ++i) {
    const std::string id = "i-" + std::to_string(i);
    add_resource(id);
    happen(EventKind::FindingOpened, key(id));
  }
  const Changes changes = after(feed, begun);
  EXPECT_EQ(changes.kinds.at(EventKind::FindingOpened), 120);
  EXPECT_EQ(changes.resources.size(), 100U);
}

TEST_F(ChangeFeedTest, ManyListenersAreOneLook) {
  ChangeFeed feed(*store_, {std::chrono::hours(1), kAlways});
  const std::int64_t begun = *feed.begin(std::nullopt);
  EXPECT_THAT(after(feed, begun).kinds, IsEmpty());
  happen(EventKind::FindingOpened, 7);
  // It is not time to look again: the store is not asked, so nothing is known of it.
  for (int i = 0; i < 10; ++i) EXPECT_THAT(after(feed, begun).kinds, IsEmpty());
}

TEST_F(ChangeFeedTest, APositionAheadOfTheStoreIsTheNewest) {
  ChangeFeed feed(*store_, {kAlways, kAlways});
  happen(EventKind::FindingOpened, 7, 3);
  EXPECT_EQ(*feed.begin(99), 3);
  EXPECT_EQ(*feed.begin(2), 2);
}

TEST_F(ChangeFeedTest, TrimmedEventsAreNobodysMatter) {
  ChangeFeed feed(*store_, {kAlways, kAlways});
  happen(EventKind::FindingOpened, 7, 3);
  EXPECT_THAT(after(feed, 3).kinds, IsEmpty());
  const auto trimmed = store_->write([&](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(store::trim_events(to, INT64_MAX, 100));
    return ok();
  });
  ASSERT_TRUE(trimmed);
  EXPECT_THAT(after(feed, 3).kinds, IsEmpty());
  happen(EventKind::FindingOpened, 7);
  EXPECT_THAT(after(feed, 3).kinds, ElementsAre(Pair(EventKind::FindingOpened, 1)));
}

}  // namespace
}  // namespace vigil::server
