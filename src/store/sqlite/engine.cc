#include "store/sqlite/engine.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "base/file.h"
#include "store/engine_pool.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "store/sqlite/connection.h"

namespace vigil::store::sqlite {
namespace {

using std::chrono::milliseconds;
using Work = std::function<Result<void>(Connection&)>;

// "VGIL": tells a database of Vigil from another program's, also to `file`.
constexpr std::int64_t kApplicationId = 0x5647494c;

class SqliteEngine final : public Engine {
 public:
  SqliteEngine(const std::string& path, const OpenOptions& options)
      : patience_(options.patience),
        writer_(1, [=] { return SqliteConnection::open(path, Role::Writer, options.patience); }),
        readers_(options.readers,
                 [=] { return SqliteConnection::open(path, Role::Reader, options.patience); }) {}

  [[nodiscard]] std::string_view name() const override { return "sqlite"; }
  Result<void> read(const Work& work) override { return transact(readers_, "BEGIN", work); }
  Result<void> write(const Work& work) override {
    return transact(writer_, "BEGIN IMMEDIATE", work);
  }

 private:
  Result<void> transact(Pool<SqliteConnection>& pool, std::string_view begin, const Work& work) {
    VIGIL_TRY(auto lease, pool.take(std::chrono::steady_clock::now() + patience_));
    auto result = lease->transact(begin, work);
    if (lease->unusable()) lease.discard();
    return result;
  }

  const milliseconds patience_;
  Pool<SqliteConnection> writer_;
  Pool<SqliteConnection> readers_;
};

Result<std::int64_t> number(Connection& from, std::string_view sql) {
  std::int64_t out = 0;
  VIGIL_CHECK(from.query(sql, {}, [&](const Row& row) {
    out = row.integer(0);
    return true;
  }));
  return out;
}

/// The schema's version in the file; 0 for a new one.
Result<std::int64_t> schema_version(Connection& from, const std::string& path) {
  VIGIL_TRY(const auto application, number(from, "PRAGMA application_id"));
  VIGIL_TRY(const auto version, number(from, "PRAGMA user_version"));
  VIGIL_TRY(const auto tables, number(from, "SELECT count(*) FROM sqlite_schema"));
  const bool is_new = application == 0 && version == 0 && tables == 0;
  if (application != kApplicationId && !is_new) {
    return fail("the file is a database of another program", path, "name another file");
  }
  return version;
}

Result<void> bring_up_to_date(Engine& engine, const std::string& path) {
  std::int64_t version = 0;
  const auto look = [&](Connection& from) -> Result<void> {
    VIGIL_TRY(version, schema_version(from, path));
    return check_schema_version(version, path);
  };
  VIGIL_CHECK(engine.read(look));
  if (version == kSchemaVersion) return ok();
  return engine.write([&](Connection& to) -> Result<void> {
    // Another process may have been quicker.
    VIGIL_CHECK(look(to));
    if (version == kSchemaVersion) return ok();
    VIGIL_CHECK(version == 0 ? to.run_script(schema_for("sqlite"))
                             : migrate(to, "sqlite", version));
    return to.run_script("PRAGMA application_id = " + std::to_string(kApplicationId) +
                         "; PRAGMA user_version = " + std::to_string(kSchemaVersion));
  });
}

/// SQLite would make the file readable for everybody; its companions get the mode of the file.
Result<void> make_private_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    if (errno == EEXIST) return ok();
    return fail_errno("cannot make the database", path, errno);
  }
  ::close(descriptor);
  base::sync_parent_directory(path);
  return ok();
}

/// While the log is switched on SQLite does not wait for others who do the same to a new file.
Result<void> patiently(milliseconds patience, const std::function<Result<void>()>& step) {
  constexpr milliseconds kPause{10};
  const auto end = std::chrono::steady_clock::now() + patience;
  while (true) {
    auto result = step();
    if (result || result.error().code != ErrorCode::Busy) return result;
    if (std::chrono::steady_clock::now() + kPause >= end) return result;
    std::this_thread::sleep_for(kPause);
  }
}

/// Write-ahead logging is what everything else here relies on; file systems without shared memory
/// refuse it quietly.
Result<void> check_log(Engine& engine, const std::string& path) {
  return engine.write([&](Connection& to) -> Result<void> {
    std::string mode;
    VIGIL_CHECK(to.query("PRAGMA journal_mode", {}, [&](const Row& row) {
      mode = row.text(0);
      return true;
    }));
    if (mode == "wal") return ok();
    return fail("the file system cannot hold a write-ahead log (journal mode is " + mode + ")",
                path, "put the database on a local disk", ErrorCode::Unsupported);
  });
}

}  // namespace

Result<std::unique_ptr<Engine>> open(const std::string& path, const OpenOptions& options) {
  VIGIL_CHECK(make_private_file(path));
  std::unique_ptr<Engine> engine = std::make_unique<SqliteEngine>(path, options);
  VIGIL_CHECK(patiently(options.patience, [&] { return check_log(*engine, path); }));
  VIGIL_CHECK(bring_up_to_date(*engine, path));
  return engine;
}

}  // namespace vigil::store::sqlite
