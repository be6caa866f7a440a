// A connection to one SQLite file, with the statements it has prepared.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "store/engine.h"
#include "store/sqlite/statement.h"

namespace vigil::store::sqlite {

enum class Role { Reader, Writer };

/// As in PostgreSQL, a statement that failed spoils its transaction: nothing can be run after it and
/// it cannot be committed.
class SqliteConnection final : public Connection {
 public:
  /// `patience`: how long a statement waits for a lock of another process.
  static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, Role role,
                                                        std::chrono::milliseconds patience);
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection() override;

  using Connection::execute;
  using Connection::query;
  Result<void> query(std::string_view sql, std::span<const Value> values,
                     const RowVisitor& visit) override;
  Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) override;
  Result<void> execute_many(std::string_view sql, std::size_t columns,
                            std::span<const Value> rows) override;
  Result<void> run_script(std::string_view sql) override;

  /// Runs `work` between `begin` and COMMIT, or ROLLBACK if it fails or throws.
  Result<void> transact(std::string_view begin,
                        const std::function<Result<void>(Connection&)>& work);
  /// The connection could not be brought back to rest and must not be used again.
  [[nodiscard]] bool unusable() const;

 private:
  Result<Statement*> prepared(std::string_view sql);
  template <typename T>
  Result<T> noting_failure(Result<T> result);
  Result<void> usable() const;
  void roll_back();
  /// Gives back what a large transaction worked in.
  void forget_pages();

  sqlite3* handle_;
  bool visiting_ = false;
  std::optional<Error> failure_;  ///< of the running transaction
  /// The most recently used is first; the least recently used makes room.
  std::list<std::unique_ptr<Statement>> statements_;
  std::unordered_map<std::string_view, std::list<std::unique_ptr<Statement>>::iterator> by_text_;
};

}  // namespace vigil::store::sqlite
