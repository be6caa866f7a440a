#include "inventory/sqlite_rows.h"

#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include "base/file.h"

namespace vigil::inventory {
namespace {

constexpr int kMaximumBlob = 256 * 1024 * 1024;
/// A read of the rpm database of 10,000 packages takes some 100,000 steps of sqlite's machine.
constexpr int kStepsBetweenChecks = 10'000;
constexpr int kMaximumChecks = 5'000;

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

tl::unexpected<Error> failure(sqlite3* database) {
  return fail("the database is damaged: " + std::string(sqlite3_errmsg(database)));
}

/// A private directory that goes away.
class Scratch {
 public:
  Scratch() {
    std::error_code error;
    std::string name = std::filesystem::temp_directory_path(error) / "vigil-sqlite-XXXXXX";
    if (!error && ::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

int count_down(void* checks) {
  return --*static_cast<int*>(checks) <= 0 ? 1 : 0;
}

/// The content is untrusted: no functions or views of its own with side effects, no huge values, no
/// page that points out of its bounds.
void restrict(sqlite3* database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, kMaximumBlob);
  sqlite3_limit(database, SQLITE_LIMIT_VDBE_OP, 10'000);
  sqlite3_exec(database, "PRAGMA cell_size_check=ON", nullptr, nullptr, nullptr);
}

Result<void> read_rows(sqlite3* database, const SqliteQuery& query) {
  sqlite3_stmt* prepared = nullptr;
  const auto length = static_cast<int>(query.sql.size());
  if (sqlite3_prepare_v2(database, query.sql.data(), length, &prepared, nullptr) != SQLITE_OK) {
    return failure(database);
  }
  const Statement statement(prepared);
  std::vector<std::string_view> row;
  for (;;) {
    const int step = sqlite3_step(statement.get());
    if (step == SQLITE_DONE) return ok();
    if (step != SQLITE_ROW) return failure(database);
    row.clear();
    for (int column = 0; column < sqlite3_column_count(statement.get()); ++column) {
      const void* bytes = sqlite3_column_blob(statement.get(), column);
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), column));
      row.emplace_back(static_cast<const char*>(bytes), bytes == nullptr ? 0 : size);
    }
    if (!query.visit(row)) return ok();
  }
}

Result<void> read_all(sqlite3* database, std::span<const SqliteQuery> queries) {
  int checks = kMaximumChecks;
  sqlite3_progress_handler(database, kStepsBetweenChecks, count_down, &checks);
  for (const SqliteQuery& query : queries) VIGIL_CHECK(read_rows(database, query));
  return ok();
}

Result<void> read_in_memory(std::string& content, std::span<const SqliteQuery> queries) {
  sqlite3* opened = nullptr;
  const int status = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nullptr);
  const Database database(opened);
  if (status != SQLITE_OK) return failure(opened);
  restrict(opened);
  // Bytes 18 and 19 say by which file format to write and read: 2 is WAL, which needs files; 1 is
  // the old journal (sqlite.org/fileformat2.html section 1.3.3).
  content[18] = content[19] = 1;
  const auto size = static_cast<sqlite3_int64>(content.size());
  if (sqlite3_deserialize(opened, "main", reinterpret_cast<unsigned char*>(content.data()), size,
                          size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
    return failure(opened);
  }
  return read_all(opened, queries);
}

Result<void> read_with_journal(std::string_view content, std::string_view journal,
                               std::span<const SqliteQuery> queries) {
  const Scratch scratch;
  if (scratch.path().empty()) {
    return fail("cannot make a temporary directory", {}, "set TMPDIR to one that can be written to",
                ErrorCode::Io);
  }
  const std::string path = scratch.path() + "/database.sqlite";
  VIGIL_CHECK(base::write_file_atomically(path, content));
  VIGIL_CHECK(base::write_file_atomically(path + "-wal", journal));
  sqlite3* opened = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const Database database(opened);
  if (status != SQLITE_OK) return failure(opened);
  restrict(opened);
  return read_all(opened, queries);
}

}  // namespace

Result<void> query_sqlite(std::string database, std::string_view journal,
                          std::span<const SqliteQuery> queries) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  constexpr std::size_t kHeader = 100;
  if (database.size() < kHeader || !database.starts_with(kMagic)) {
    return fail("this is not an sqlite database");
  }
  if (!journal.empty()) return read_with_journal(database, journal, queries);
  return read_in_memory(database, queries);
}

}  // namespace vigil::inventory
