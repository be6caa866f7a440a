// What changes in the store, for all who listen together: however many there are, the store is asked once
// a second, and not at all while nobody listens. (It is asked, not told, because other nodes may write to
// the same PostgreSQL.)
//
// A look at the store that finds events makes one beat, by account; listeners are told the beats behind
// their own position from memory. Who comes with a position from before these is brought up to them from
// the store, a bounded number of events at a time. Nothing is left out and nothing told twice.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/outbox.h"
#include "store/store.h"

namespace vigil::server {

/// Events of one account, gathered.
struct Changes {
  std::int64_t sequence = 0;  ///< up to which they are
  std::map<store::EventKind, std::int64_t> kinds;
  std::vector<std::string> resources;  ///< ids, each once, at most kMostResources

  static constexpr std::size_t kMostResources = 100;
};

/// Thread-safe.
class ChangeFeed {
 public:
  struct Pace {
    std::chrono::milliseconds look{1'000};        ///< between two looks at the store
    std::chrono::milliseconds heartbeat{15'000};  ///< between two signs of life of a stream
  };
  /// `store` must outlive it.
  explicit ChangeFeed(store::Store& store,
                      Pace pace = {std::chrono::seconds(1), std::chrono::seconds(15)})
      : store_(store), pace_(pace) {}

  [[nodiscard]] const Pace& pace() const { return pace_; }

  /// Where a listener begins: behind the newest event, or where it says, if the store is as far.
  Result<std::int64_t> begin(std::optional<std::int64_t> after);

  /// What happened to the account behind a position, as far as it was looked at; looks first if it is
  /// time to. Without `kinds` nothing did, but the position moves on to `sequence`. Does not wait for
  /// another thread's look.
  Result<Changes> after(std::int64_t account, std::int64_t position);

 private:
  using Clock = std::chrono::steady_clock;
  /// What one look found: of every account with events in (from, to].
  struct Beat {
    std::int64_t from = 0, to = 0;
    std::map<std::int64_t, Changes> accounts;
  };

  Result<void> look();
  Result<Changes> catch_up(std::int64_t account, std::int64_t from, std::int64_t to);

  store::Store& store_;
  const Pace pace_;
  std::mutex mutex_;
  // Guarded by mutex_:
  bool looking_ = false;
  std::optional<Clock::time_point> looked_;
  std::int64_t position_ = -1;  ///< -1: never looked
  std::deque<Beat> beats_;      ///< one behind the other, the last up to position_
};

}  // namespace vigil::server
