#include "store/postgres/engine.h"

#include <algorithm>
#include <thread>

#include "store/engine_pool.h"
#include "store/postgres/connection.h"
#include "store/postgres/migrate.h"

namespace vigil::store::postgres {
namespace {

using Clock = std::chrono::steady_clock;
using Work = std::function<Result<void>(Connection&)>;
using std::chrono::milliseconds;

constexpr std::string_view kRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
// LOCK takes no snapshot, so the transaction sees what was committed before it got its turn.
constexpr std::string_view kWrite =
    "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE vigil_schema IN ROW SHARE MODE;"
    " SELECT pg_current_xact_id()";
constexpr std::string_view kWriteAlone =
    "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE vigil_schema IN EXCLUSIVE MODE;"
    " SELECT pg_current_xact_id()";

/// Waits between attempts to reach a server: longer each time, never beyond the end.
class Patience {
 public:
  explicit Patience(milliseconds length) : end_(Clock::now() + length) {}
  [[nodiscard]] Clock::time_point end() const { return end_; }
  /// False if there is no time for another attempt.
  bool wait() {
    constexpr milliseconds kLongest{1000};
    if (Clock::now() + pause_ >= end_) return false;
    std::this_thread::sleep_for(pause_);
    pause_ = std::min(pause_ * 2, kLongest);
    return true;
  }
  /// There is a server again.
  void calm_down() { pause_ = kShortest; }

 private:
  static constexpr milliseconds kShortest{20};
  Clock::time_point end_;
  milliseconds pause_ = kShortest;
};

class PostgresEngine final : public Engine {
 public:
  PostgresEngine(const std::string& address, const OpenOptions& options)
      : patience_(options.patience),
        readers_(options.readers, maker(address, options.patience)),
        writers_(options.writers, maker(address, options.patience)) {}

  [[nodiscard]] std::string_view name() const override { return "postgres"; }
  Result<void> read(const Work& work) override;
  Result<void> write(const Work& work) override;

 private:
  using Connections = Pool<PostgresConnection>;
  enum class Fate { Committed, RolledBack };

  static Connections::Maker maker(const std::string& address, milliseconds patience) {
    return [=] { return PostgresConnection::connect(address, patience); };
  }
  Result<PostgresConnection::Outcome> attempt(Connections& connections, std::string_view begin,
                                              const Work& work, Patience& patience);
  Result<Fate> fate_of(const std::string& number, Patience& patience);

  const milliseconds patience_;
  Connections readers_;
  Connections writers_;
};

/// Runs the work once. A connection that turns out to be dead before the work began does not count.
Result<PostgresConnection::Outcome> PostgresEngine::attempt(Connections& connections,
                                                            std::string_view begin,
                                                            const Work& work, Patience& patience) {
  while (true) {
    auto lease = connections.take(patience.end());
    if (!lease) {
      if (lease.error().code != ErrorCode::Network || !patience.wait()) return fail(lease.error());
      continue;
    }
    auto outcome = (*lease)->transact(begin, work);
    const bool is_dead = !(*lease)->usable() || outcome.remedy == Remedy::Reconnect;
    if (is_dead) lease->discard();
    if (outcome.began) patience.calm_down();
    if (outcome.began || outcome.remedy != Remedy::Reconnect) return outcome;
    // It was idle for long and the server is another one now: the pool makes a new one in the end.
    if (!patience.wait()) return outcome;
  }
}

Result<void> PostgresEngine::read(const Work& work) {
  Patience patience(patience_);
  // The caller's visitors have seen rows: reading is not begun anew.
  VIGIL_TRY(auto outcome, attempt(readers_, kRead, work, patience));
  return std::move(outcome.result);
}

Result<void> PostgresEngine::write(const Work& work) {
  Patience patience(patience_);
  bool alone = false;
  while (true) {
    VIGIL_TRY(auto outcome, attempt(writers_, alone ? kWriteAlone : kWrite, work, patience));
    if (outcome.result || outcome.remedy == Remedy::None) return std::move(outcome.result);
    if (outcome.remedy == Remedy::Reconnect && outcome.committing) {
      VIGIL_TRY(const Fate fate, fate_of(outcome.number, patience));
      if (fate == Fate::Committed) return ok();
    }
    if (outcome.remedy == Remedy::Retry) alone = true;
    if (Clock::now() >= patience.end()) return std::move(outcome.result);
  }
}

Result<PostgresEngine::Fate> PostgresEngine::fate_of(const std::string& number,
                                                     Patience& patience) {
  while (true) {
    std::string status;
    const auto ask = [&](Connection& from) {
      return from.query("SELECT pg_xact_status($1::text::xid8)", {std::string_view(number)},
                        [&](const Row& row) {
                          status = row.text(0);
                          return true;
                        });
    };
    const auto outcome = attempt(readers_, kRead, ask, patience);
    const bool is_known = outcome && outcome->result;
    if (is_known && status == "committed") return Fate::Committed;
    if (is_known && status == "aborted") return Fate::RolledBack;
    // "in progress": the server has not yet noticed that we are gone.
    if (!patience.wait()) {
      return fail("the connection broke during a commit, and it is not known whether it was done",
                  "transaction " + number, "look at the database server", ErrorCode::Network);
    }
  }
}

}  // namespace

Result<std::unique_ptr<Engine>> open(const std::string& address, const OpenOptions& options) {
  Patience patience(options.patience);
  while (true) {
    auto connection = PostgresConnection::connect(address, options.patience);
    if (connection) {
      VIGIL_CHECK(migrate(**connection));
      return std::make_unique<PostgresEngine>(address, options);
    }
    // A server that starts at the same time as we do.
    if (connection.error().code != ErrorCode::Network || !patience.wait()) {
      return fail(std::move(connection).error());
    }
  }
}

}  // namespace vigil::store::postgres
