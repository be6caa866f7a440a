#include "store/sqlite/statement.h"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "store/sqlite/fault.h"

namespace vigil::store::sqlite {
namespace {

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  [[nodiscard]] bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] double real(int column) const override {
    return sqlite3_column_double(statement_, column);
  }
  [[nodiscard]] std::string_view text(int column) const override {
    const void* bytes = sqlite3_column_type(statement_, column) == SQLITE_BLOB
                            ? sqlite3_column_blob(statement_, column)
                            : sqlite3_column_text(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  }

 private:
  sqlite3_stmt* statement_;
};

/// SQLite takes a null pointer for NULL, an empty view may have one.
const char* data_of(std::string_view text) {
  return text.data() != nullptr ? text.data() : "";
}

struct Binder {
  sqlite3_stmt* statement;
  int index;

  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
  int operator()(std::string_view value) const {
    return sqlite3_bind_text64(statement, index, data_of(value), value.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  int operator()(Blob value) const {
    return sqlite3_bind_blob64(statement, index, data_of(value.bytes), value.bytes.size(),
                               SQLITE_STATIC);
  }
};

/// Ends a run: the statement holds no lock and no view of the caller's values any more.
class Resetter {
 public:
  explicit Resetter(sqlite3_stmt* statement) : statement_(statement) {}
  Resetter(const Resetter&) = delete;
  Resetter& operator=(const Resetter&) = delete;
  ~Resetter() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* statement_;
};

}  // namespace

Result<std::unique_ptr<Statement>> Statement::prepare(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, &rest);
  if (code != SQLITE_OK) return fail(fault(connection, code, sql));
  auto statement = std::make_unique<Statement>(connection, raw, sql);
  if (raw == nullptr) return fail("no statement", std::string(sql));
  const std::string_view behind = sql.substr(static_cast<std::size_t>(rest - sql.data()));
  if (behind.find_first_not_of(" \n\t;") != std::string_view::npos) {
    return fail("more than one statement", std::string(sql));
  }
  VIGIL_CHECK(statement->number_parameters());
  return statement;
}

Statement::Statement(sqlite3* connection, sqlite3_stmt* statement, std::string_view sql)
    : connection_(connection), statement_(statement), sql_(sql) {}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Result<void> Statement::number_parameters() {
  const int count = sqlite3_bind_parameter_count(statement_);
  for (int index = 1; index <= count; ++index) {
    const char* raw = sqlite3_bind_parameter_name(statement_, index);
    const std::string_view name = raw != nullptr ? raw : "";
    std::size_t number = 0;
    const bool is_number =
        name.starts_with('$') &&
        std::from_chars(name.data() + 1, name.data() + name.size(), number).ptr ==
            name.data() + name.size();
    if (!is_number || number == 0) return fail("a parameter is not $1, $2, ...", sql_);
    places_.push_back(number - 1);
    parameters_ = std::max(parameters_, number);
  }
  if (parameters_ != places_.size()) return fail("a parameter is left out", sql_);
  return ok();
}

Result<void> Statement::bind(std::span<const Value> values) {
  if (values.size() != parameters_) {
    return fail("the statement takes " + std::to_string(parameters_) + " values and got " +
                    std::to_string(values.size()),
                sql_);
  }
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const int code = std::visit(Binder{statement_, static_cast<int>(i) + 1}, values[places_[i]]);
    if (code != SQLITE_OK) return fail(fault(connection_, code, sql_));
  }
  return ok();
}

Result<void> Statement::run(std::span<const Value> values, const RowVisitor* visit) {
  const Resetter resetter(statement_);
  VIGIL_CHECK(bind(values));
  const SqliteRow row(statement_);
  while (true) {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_DONE) return ok();
    if (code != SQLITE_ROW) return fail(fault(connection_, code, sql_));
    if (visit != nullptr && !(*visit)(row)) return ok();
  }
}

}  // namespace vigil::store::sqlite
