// The seam between Vigil's SQL and the engine that runs it: SQLite or PostgreSQL.
//
// SQL is written once, in what both understand: parameters are $1, $2, ...; upserts are
// `INSERT ... ON CONFLICT (...) DO UPDATE`; blobs compare bytewise. Statements are prepared once per
// connection and kept, so texts should be the same from call to call: bind, do not concatenate.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace vigil::store {

/// Bytes, to tell them from text.
struct Blob {
  std::string_view bytes;
};

/// What a parameter is bound to. Views must live until the call returns.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

/// One row of a result; columns count from 0. Views live until the visitor returns.
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;  ///< 0 for NULL
  [[nodiscard]] virtual double real(int column) const = 0;           ///< 0 for NULL
  [[nodiscard]] virtual std::string_view text(
      int column) const = 0;  ///< empty for NULL; also blobs
};

/// Returns false to stop early.
using RowVisitor = std::function<bool(const Row& row)>;

/// A connection inside Store::read or Store::write. Used by one thread at a time. A statement that
/// fails spoils its transaction: nothing runs after it, and it is rolled back whatever `work` returns.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Runs a query and visits its rows, which are not gathered in memory. The visitor must not use
  /// the connection.
  virtual Result<void> query(std::string_view sql, std::span<const Value> values,
                             const RowVisitor& visit) = 0;
  /// Runs a statement; the number of rows it changed.
  virtual Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) = 0;
  /// Runs a statement once per row of values (rows.size() is a multiple of `columns`), without a
  /// round trip per row. What writes very many rows does best with some 50 000 in a transaction: ids are
  /// random, and a page of an index that is changed often in one transaction is written once.
  virtual Result<void> execute_many(std::string_view sql, std::size_t columns,
                                    std::span<const Value> rows) = 0;
  /// Runs statements without parameters, as a schema has them.
  virtual Result<void> run_script(std::string_view sql) = 0;
  /// Until this write transaction ends, nobody else goes on who takes a turn of the same name: so
  /// that the order of what is done under it is the order of commits. Take it late and only one.
  /// Where there is a single writer there is nothing to do.
  virtual Result<void> take_turn(std::string_view name);

  Result<void> query(std::string_view sql, std::initializer_list<Value> values,
                     const RowVisitor& visit) {
    return query(sql, std::span(values.begin(), values.size()), visit);
  }
  Result<std::int64_t> execute(std::string_view sql, std::initializer_list<Value> values = {}) {
    return execute(sql, std::span(values.begin(), values.size()));
  }
};

/// How a transaction ended that did not succeed: ErrorCode::Busy is worth another try.
class Engine {
 public:
  virtual ~Engine() = default;
  /// "sqlite", "postgres": also the marker of its own lines in schema.sql.
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// Runs `work` in a read transaction that sees one state of the database.
  virtual Result<void> read(const std::function<Result<void>(Connection&)>& work) = 0;
  /// Runs `work` in a write transaction: committed if it succeeds, rolled back if not. Waits for its
  /// turn up to a limit; `work` is run again where the database asks for it (a deadlock, a lost
  /// connection before commit), so it must not change anything but through the connection or what it
  /// first resets.
  virtual Result<void> write(const std::function<Result<void>(Connection&)>& work) = 0;
};

}  // namespace vigil::store
