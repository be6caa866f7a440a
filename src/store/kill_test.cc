// A process that dies at any moment: what it acknowledged is there, whole and once.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "store/accounts.h"
#include "store/outbox.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

constexpr std::int64_t kEventsEach = 3;
constexpr std::string_view kLast = "last";

/// One transaction: the next number, in a setting, in rows of a table and in events.
Result<std::int64_t> put_next(Store& store) {
  std::int64_t number = 0;
  VIGIL_CHECK(store.write([&](Connection& to) -> Result<void> {
    VIGIL_TRY(const auto last, setting(to, kLast));
    number = last ? std::stoll(*last) + 1 : 1;
    std::vector<Event> events(kEventsEach);
    std::vector<Value> rows;
    for (std::int64_t i = 0; i < kEventsEach; ++i) {
      Event& event = events[static_cast<std::size_t>(i)];
      event.resource = static_cast<std::uint64_t>(number);
      event.severity = static_cast<int>(i);
      rows.insert(rows.end(), {number, i});
    }
    VIGIL_CHECK(to.execute_many(
        "INSERT INTO package_set_member (account, package, package_set) VALUES (1, $1, $2)", 2,
        rows));
    VIGIL_CHECK(set_setting(to, kLast, std::to_string(number)));
    return put_events(to, events);
  }));
  return number;
}

/// Writes until it is killed; every number goes into the pipe when it is committed.
[[noreturn]] void write_for_ever(const std::string& address, int pipe) {
  const auto store = Store::open(address);
  while (store) {
    const auto number = put_next(**store);
    if (!number || ::write(pipe, &*number, sizeof(*number)) != sizeof(*number)) break;
  }
  ::_exit(1);
}

/// The last number that the process acknowledged before it was killed; 0 if none. It is killed
/// `delay` after its first.
std::int64_t last_acknowledged(const std::string& address, std::chrono::microseconds delay) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return 0;
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_for_ever(address, ends[1]);
  }
  ::close(ends[1]);
  pollfd first{.fd = ends[0], .events = POLLIN, .revents = 0};
  constexpr int kPatience = 30'000;
  ::poll(&first, 1, kPatience);
  ::usleep(static_cast<useconds_t>(delay.count()));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  std::int64_t number = 0;
  std::int64_t last = 0;
  while (::read(ends[0], &number, sizeof(number)) == sizeof(number)) last = number;
  ::close(ends[0]);
  return last;
}

class Killed : public testing::StoreTest {
 protected:
  /// Takes the events a consumer has not had yet: it must get each once, in order, three a number.
  void consume() {
    write([&](Connection& to) -> Result<void> {
      VIGIL_TRY(const auto position, consumer_position(to, "test"));
      VIGIL_TRY(const auto events, events_after(to, position, 1'000'000));
      for (const Event& event : events) {
        EXPECT_GT(event.sequence, position);
        EXPECT_EQ(static_cast<std::int64_t>(event.resource), consumed_ / kEventsEach + 1);
        EXPECT_EQ(event.severity, consumed_ % kEventsEach);
        ++consumed_;
      }
      if (events.empty()) return ok();
      return set_consumer_position(to, "test", events.back().sequence);
    });
  }
  std::int64_t last() {
    return number("SELECT CAST(value AS BIGINT) FROM setting WHERE name = $1", {kLast});
  }

  std::int64_t consumed_ = 0;
};

TEST_P(Killed, AHundredTimesLosesNothingAndRepeatsNothing) {
  constexpr int kKills = 100;
  std::random_device seeds;
  const auto seed = seeds();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> delays(0, 12'000);
  for (int kill = 0; kill < kKills && !HasFailure(); ++kill) {
    const std::int64_t acknowledged =
        last_acknowledged(address(), std::chrono::microseconds(delays(random)));
    ASSERT_GT(acknowledged, 0);
    const std::int64_t stored = last();
    EXPECT_GE(stored, acknowledged);
    EXPECT_LE(stored, acknowledged + 1) << "at most one was committed and not yet acknowledged";
    consume();
  }
  const std::int64_t stored = last();
  consume();
  EXPECT_EQ(consumed_, stored * kEventsEach);
  EXPECT_EQ(number("SELECT count(*) FROM package_set_member"), stored * kEventsEach);
  EXPECT_EQ(number("SELECT max(package) FROM package_set_member"), stored);
  if (!is_postgres()) {
    EXPECT_EQ(number("SELECT quick_check = 'ok' FROM pragma_quick_check"), 1);
  }
}

VIGIL_ON_BOTH_ENGINES(Killed);

}  // namespace
}  // namespace vigil::store
