#include "server/change_feed.h"

#include <algorithm>
#include <unordered_set>

#include "store/keys.h"

namespace vigil::server {
namespace {

/// Of a look; the next one goes on where it ended.
constexpr std::size_t kMostEvents = 100'000;
/// For one listener that is behind.
constexpr std::size_t kMostMissed = 10'000;
/// Two minutes of a busy store. Who is further behind asks the store.
constexpr std::size_t kMostBeats = 120;
/// Nobody has listened for so long: what happened meanwhile is not gathered.
constexpr std::chrono::milliseconds kForgotten{30'000};

struct Gathered {
  std::map<store::EventKind, std::int64_t> kinds;
  std::vector<std::uint64_t> resources;
  std::unordered_set<std::uint64_t> seen;
};

struct Gathering {
  std::int64_t to = 0;  ///< the last event that was read; `from` if there was none
  std::size_t events = 0;
  std::map<std::int64_t, Gathered> accounts;
};

/// Events in (from, to], at most `limit`, of one account or all.
Result<Gathering> gather(store::Connection& from, std::int64_t after, std::int64_t to,
                         std::size_t limit, std::optional<std::int64_t> account) {
  Gathering out{.to = after, .events = 0, .accounts = {}};
  VIGIL_CHECK(from.query(
      "SELECT sequence, account, kind, resource FROM outbox WHERE sequence > $1 AND sequence <= $2"
      " ORDER BY sequence LIMIT $3",
      {after, to, static_cast<std::int64_t>(limit)}, [&](const store::Row& row) {
        out.to = row.integer(0);
        ++out.events;
        if (account && row.integer(1) != *account) return true;
        Gathered& gathered = out.accounts[row.integer(1)];
        ++gathered.kinds[static_cast<store::EventKind>(row.integer(2))];
        const std::uint64_t resource = store::key_from(row.integer(3));
        if (gathered.resources.size() < Changes::kMostResources &&
            gathered.seen.insert(resource).second) {
          gathered.resources.push_back(resource);
        }
        return true;
      }));
  // Numbers that were never committed leave gaps: all up to `to` was looked at.
  if (out.events < limit) out.to = std::max(out.to, to);
  return out;
}

Result<Changes> named(store::Connection& from, std::int64_t account, std::int64_t sequence,
                      Gathered& gathered) {
  Changes out{.sequence = sequence, .kinds = std::move(gathered.kinds), .resources = {}};
  VIGIL_CHECK(store::query_keys(
      from, "SELECT resource_id FROM resource WHERE account = $1 AND id IN ({keys})",
      std::initializer_list<store::Value>{account}, gathered.resources, [&](const store::Row& row) {
        out.resources.emplace_back(row.text(0));
        return true;
      }));
  std::ranges::sort(out.resources);
  const auto rest = std::ranges::unique(out.resources);
  out.resources.erase(rest.begin(), rest.end());
  return out;
}

void add(Changes& to, const Changes& more) {
  for (const auto& [kind, count] : more.kinds) to.kinds[kind] += count;
  for (const std::string& resource : more.resources) {
    if (to.resources.size() >= Changes::kMostResources) break;
    if (std::ranges::find(to.resources, resource) == to.resources.end()) {
      to.resources.push_back(resource);
    }
  }
}

}  // namespace

Result<void> ChangeFeed::look() {
  std::int64_t from = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (looking_ || (looked_ && now < *looked_ + pace_.look)) return ok();
    if (looked_ && now > *looked_ + std::max(kForgotten, 10 * pace_.look)) {
      beats_.clear();
      position_ = -1;
    }
    from = position_;
    looking_ = true;
  }
  Beat beat;
  const auto done = store_.read([&](store::Connection& in) -> Result<void> {
    beat = {};
    VIGIL_TRY(const std::int64_t newest, store::newest_event(in));
    beat.from = from;
    // All events may have been trimmed.
    beat.to = from < 0 || newest < from ? newest : from;
    if (newest <= from || from < 0) return ok();
    VIGIL_TRY(Gathering gathering, gather(in, from, newest, kMostEvents, std::nullopt));
    beat.to = gathering.to;
    for (auto& [account, gathered] : gathering.accounts) {
      VIGIL_TRY(beat.accounts[account], named(in, account, gathering.to, gathered));
    }
    return ok();
  });
  const std::lock_guard lock(mutex_);
  looking_ = false;
  // Whatever came of it: a store in trouble is not asked by every listener.
  looked_ = Clock::now();
  if (!done) return fail(done.error());
  if (beat.to < position_) beats_.clear();
  position_ = beat.to;
  if (from >= 0 && beat.to > beat.from) beats_.push_back(std::move(beat));
  if (beats_.size() > kMostBeats) beats_.pop_front();
  return ok();
}

Result<std::int64_t> ChangeFeed::begin(std::optional<std::int64_t> after) {
  std::int64_t newest = 0;
  VIGIL_CHECK(store_.read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(newest, store::newest_event(from));
    return ok();
  }));
  return std::min(after.value_or(newest), newest);
}

Result<Changes> ChangeFeed::after(std::int64_t account, std::int64_t position) {
  VIGIL_CHECK(look());
  std::int64_t to = 0;
  {
    const std::lock_guard lock(mutex_);
    to = position_;
    Changes changes{.sequence = position, .kinds = {}, .resources = {}};
    // A listener that has just begun may be ahead.
    if (position >= position_) return changes;
    auto beat = std::ranges::find(beats_, position, &Beat::from);
    if (beat != beats_.end()) {
      changes.sequence = position_;
      for (; beat != beats_.end(); ++beat) {
        const auto own = beat->accounts.find(account);
        if (own != beat->accounts.end()) add(changes, own->second);
      }
      return changes;
    }
    // To where the first beat begins, from which on they are told from memory.
    const auto next =
        std::ranges::find_if(beats_, [&](const Beat& one) { return one.from > position; });
    if (next != beats_.end()) to = next->from;
  }
  return catch_up(account, position, to);
}

Result<Changes> ChangeFeed::catch_up(std::int64_t account, std::int64_t from, std::int64_t to) {
  Changes changes;
  VIGIL_CHECK(store_.read([&](store::Connection& in) -> Result<void> {
    VIGIL_TRY(Gathering gathering, gather(in, from, to, kMostMissed, account));
    VIGIL_TRY(changes, named(in, account, gathering.to, gathering.accounts[account]));
    return ok();
  }));
  return changes;
}

}  // namespace vigil::server
