// A session with a PostgreSQL server, with the statements it has prepared.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "store/engine.h"
#include "store/postgres/fault.h"
#include "store/postgres/parameters.h"

struct pg_conn;
struct pg_result;

namespace vigil::store::postgres {

struct ResultDeleter {
  void operator()(pg_result* result) const;
};
using ResultPointer = std::unique_ptr<pg_result, ResultDeleter>;

class PostgresConnection final : public Connection {
 public:
  /// Connects within `patience`, which also bounds how long a statement waits for a lock. An error
  /// of code Network is worth another try. The address is not repeated in errors: it may hold a
  /// password.
  static Result<std::unique_ptr<PostgresConnection>> connect(const std::string& address,
                                                             std::chrono::milliseconds patience);
  explicit PostgresConnection(pg_conn* session) : session_(session) {}
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;
  ~PostgresConnection() override;

  using Connection::execute;
  using Connection::query;
  Result<void> query(std::string_view sql, std::span<const Value> values,
                     const RowVisitor& visit) override;
  Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) override;
  Result<void> execute_many(std::string_view sql, std::size_t columns,
                            std::span<const Value> rows) override;
  Result<void> run_script(std::string_view sql) override;
  Result<void> take_turn(std::string_view name) override;

  /// How a transaction ended.
  struct Outcome {
    Result<void> result;
    Remedy remedy = Remedy::None;
    bool began = false;       ///< `work` was run
    bool committing = false;  ///< COMMIT was sent: what became of it is not known if that failed
    std::string number;       ///< of the transaction, where `begin` ends with asking for it
  };
  /// Runs `work` between `begin` and COMMIT, or ROLLBACK if it fails or throws.
  Outcome transact(std::string_view begin, const std::function<Result<void>(Connection&)>& work);
  /// The session is at rest and alive, as far as can be told without asking.
  [[nodiscard]] bool usable() const;

 private:
  struct Prepared {
    std::string key;  ///< the text and the parameters' types
    std::string name;
  };

  Result<void> ready() const;
  Error noted(std::string_view state, std::string_view message, std::string_view where);
  Error noted(const pg_result* result, std::string_view where);
  tl::unexpected<Error> failed(Error error);
  Result<std::string> prepared(std::string_view sql, std::span<const Type> types);
  Result<ResultPointer> send(std::string_view sql, std::span<const Value> values,
                             const RowVisitor* visit);
  Result<void> send_batch(std::string_view sql, const std::string& name, Parameters& parameters,
                          std::span<const Value> rows);
  void drain();
  void roll_back();

  pg_conn* session_;
  bool visiting_ = false;
  std::optional<Error> failure_;  ///< of the running transaction
  Remedy remedy_ = Remedy::None;  ///< of that failure
  std::uint64_t named_ = 0;       ///< statements so far
  /// The most recently used is first; the least recently used makes room.
  std::list<Prepared> statements_;
  std::unordered_map<std::string_view, std::list<Prepared>::iterator> by_key_;
};

}  // namespace vigil::store::postgres
