// A row of a PostgreSQL result in binary format.
#pragma once

#include <list>
#include <string>

#include "store/engine.h"

struct pg_result;

namespace vigil::store::postgres {

/// Reads integers, reals, booleans, numeric (which sums of integers are), text and bytes; what is asked
/// for as another type than it is, is converted as SQLite does.
class PostgresRow final : public Row {
 public:
  /// The first row of the result, which must outlive this.
  explicit PostgresRow(const pg_result* result) : result_(result) {}

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] double real(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;

 private:
  [[nodiscard]] std::string_view bytes(int column) const;

  const pg_result* result_;
  mutable std::list<std::string> made_;  ///< texts of numbers
};

}  // namespace vigil::store::postgres
