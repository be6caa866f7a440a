#include "store/sqlite/connection.h"

#include <sqlite3.h>

#include "store/sqlite/fault.h"

namespace vigil::store::sqlite {
namespace {

// Enough for all texts of this program; filters make texts of their own, which come and go.
constexpr std::size_t kMostStatements = 160;

// KiB of pages a connection may hold. The writer's is what a large transaction, as a refresh of
// intelligence has them, works in before it spills and reads again what it spilled; between
// transactions it keeps no more than kKept, so that all together stay below what an idle server may
// hold. The log is moved into the file every 64 MiB: ids are random, so a page is often changed again
// before that.
constexpr std::string_view kWriterPragmas = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = OFF;
PRAGMA cache_size = -65536;
PRAGMA wal_autocheckpoint = 16000;
PRAGMA journal_size_limit = 134217728;
)";
constexpr int kKept = 16 << 20;  // bytes
constexpr std::string_view kReaderPragmas = R"(
PRAGMA query_only = ON;
PRAGMA cache_size = -4096;
)";

Result<void> run_all(sqlite3* handle, std::string_view sql) {
  const int code = sqlite3_exec(handle, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(fault(handle, code, sql));
  return ok();
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const std::string& path, Role role, std::chrono::milliseconds patience) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  auto connection = std::make_unique<SqliteConnection>(handle);
  if (code != SQLITE_OK) return fail(fault(handle, code, path));
  sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  auto set = run_all(handle, role == Role::Writer ? kWriterPragmas : kReaderPragmas);
  if (!set) {
    Error error = std::move(set).error();
    error.where = path;
    return fail(std::move(error));
  }
  return connection;
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(handle_);
}

Result<void> SqliteConnection::usable() const {
  if (visiting_) return fail("a visitor of rows must not use the connection");
  if (failure_) return fail(*failure_);
  return ok();
}

template <typename T>
Result<T> SqliteConnection::noting_failure(Result<T> result) {
  if (!result && !failure_) failure_ = result.error();
  return result;
}

Result<Statement*> SqliteConnection::prepared(std::string_view sql) {
  if (const auto found = by_text_.find(sql); found != by_text_.end()) {
    statements_.splice(statements_.begin(), statements_, found->second);
    return statements_.front().get();
  }
  VIGIL_TRY(auto statement, Statement::prepare(handle_, sql));
  if (statements_.size() == kMostStatements) {
    by_text_.erase(statements_.back()->sql());
    statements_.pop_back();
  }
  statements_.push_front(std::move(statement));
  by_text_.emplace(statements_.front()->sql(), statements_.begin());
  return statements_.front().get();
}

Result<void> SqliteConnection::query(std::string_view sql, std::span<const Value> values,
                                     const RowVisitor& visit) {
  VIGIL_CHECK(usable());
  const auto statement = prepared(sql);
  if (!statement) return noting_failure(Result<void>(fail(statement.error())));
  visiting_ = true;
  auto result = (*statement)->run(values, &visit);
  visiting_ = false;
  return noting_failure(std::move(result));
}

Result<std::int64_t> SqliteConnection::execute(std::string_view sql,
                                               std::span<const Value> values) {
  VIGIL_CHECK(usable());
  const sqlite3_int64 before = sqlite3_total_changes64(handle_);
  const auto statement = prepared(sql);
  if (!statement) return noting_failure(Result<std::int64_t>(fail(statement.error())));
  if (auto result = (*statement)->run(values, nullptr); !result) {
    return noting_failure(Result<std::int64_t>(fail(std::move(result).error())));
  }
  return sqlite3_total_changes64(handle_) - before;
}

Result<void> SqliteConnection::execute_many(std::string_view sql, std::size_t columns,
                                            std::span<const Value> rows) {
  VIGIL_CHECK(usable());
  if (rows.empty()) return ok();
  const auto statement = prepared(sql);
  if (!statement) return noting_failure(Result<void>(fail(statement.error())));
  if (columns == 0 || rows.size() % columns != 0) {
    return noting_failure(Result<void>(fail("the values are no whole rows", std::string(sql))));
  }
  for (; !rows.empty(); rows = rows.subspan(columns)) {
    auto result = (*statement)->run(rows.first(columns), nullptr);
    if (!result) return noting_failure(std::move(result));
  }
  return ok();
}

Result<void> SqliteConnection::run_script(std::string_view sql) {
  VIGIL_CHECK(usable());
  return noting_failure(run_all(handle_, sql));
}

bool SqliteConnection::unusable() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void SqliteConnection::roll_back() {
  // A full disk may have rolled back already.
  if (sqlite3_get_autocommit(handle_) == 0) {
    sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void SqliteConnection::forget_pages() {
  int used = 0;
  int highest = 0;
  sqlite3_db_status(handle_, SQLITE_DBSTATUS_CACHE_USED, &used, &highest, 0);
  if (used > kKept) sqlite3_db_release_memory(handle_);
}

Result<void> SqliteConnection::transact(std::string_view begin,
                                        const std::function<Result<void>(Connection&)>& work) {
  failure_.reset();
  visiting_ = false;
  VIGIL_CHECK(run_all(handle_, begin));
  struct Ending {
    SqliteConnection* connection;
    ~Ending() {
      connection->roll_back();
      connection->forget_pages();
    }
  } const ending{this};
  VIGIL_CHECK(work(*this));
  if (failure_) return fail(*failure_);
  return run_all(handle_, "COMMIT");
}

}  // namespace vigil::store::sqlite
