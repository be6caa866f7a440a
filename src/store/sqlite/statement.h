// One prepared statement of one SQLite connection.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/engine.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vigil::store::sqlite {

/// Bound, run and reset by one thread at a time.
class Statement {
 public:
  /// Parameters are $1 to $n, each of which must occur, as PostgreSQL wants it.
  static Result<std::unique_ptr<Statement>> prepare(sqlite3* connection, std::string_view sql);
  Statement(sqlite3* connection, sqlite3_stmt* statement, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  /// Runs it to its end or until the visitor has enough. The views in `values` are not kept.
  Result<void> run(std::span<const Value> values, const RowVisitor* visit);
  /// How many values `run` wants.
  [[nodiscard]] std::size_t parameters() const { return parameters_; }
  [[nodiscard]] std::string_view sql() const { return sql_; }

 private:
  Result<void> number_parameters();
  Result<void> bind(std::span<const Value> values);

  sqlite3* connection_;
  sqlite3_stmt* statement_;
  std::string sql_;
  std::size_t parameters_ = 0;
  /// SQLite numbers parameters as they first occur: places_[i] is the n of its parameter i + 1.
  std::vector<std::size_t> places_;
};

}  // namespace vigil::store::sqlite
