#include "store/postgres/migrate.h"

#include "store/migrate.h"
#include "store/schema.h"

namespace vigil::store::postgres {
namespace {

// Any number that no other program of the same database uses.
constexpr std::string_view kLock = "SELECT pg_advisory_xact_lock(x'566947494c'::bigint)";

struct State {
  std::string encoding;
  std::string schema;  ///< the one things are made in; empty if the search path names none
  std::int64_t tables = 0;
  bool is_ours = false;
};

Result<State> look(Connection& from) {
  State state;
  VIGIL_CHECK(
      from.query("SELECT current_setting('server_encoding'), coalesce(current_schema(), ''),"
                 " (SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()),"
                 " (SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
                 "   AND tablename = 'vigil_schema')",
                 {}, [&](const Row& row) {
                   state = {.encoding = std::string(row.text(0)),
                            .schema = std::string(row.text(1)),
                            .tables = row.integer(2),
                            .is_ours = row.integer(3) != 0};
                   return true;
                 }));
  return state;
}

Result<std::int64_t> version_of(Connection& from) {
  std::int64_t version = 0;
  VIGIL_CHECK(from.query("SELECT version FROM vigil_schema", {}, [&](const Row& row) {
    version = row.integer(0);
    return true;
  }));
  return version;
}

Result<void> make(Connection& to, const State& state) {
  if (state.encoding != "UTF8") {
    return fail("the database keeps text as " + state.encoding, {},
                "make one with createdb --encoding=UTF8 --template=template0 NAME");
  }
  if (state.schema.empty()) {
    return fail("the search path names no schema there is", {}, "make it: CREATE SCHEMA NAME");
  }
  if (state.tables > 0) {
    return fail("another program keeps its tables there", "schema '" + state.schema + "'",
                "make a database for Vigil: createdb --encoding=UTF8 NAME");
  }
  VIGIL_CHECK(to.run_script(schema_for("postgres")));
  return to.run_script(
      "CREATE TABLE vigil_schema (version BIGINT NOT NULL);"
      " INSERT INTO vigil_schema (version) VALUES (" +
      std::to_string(kSchemaVersion) + ")");
}

Result<void> bring_up_to_date(Connection& to) {
  VIGIL_CHECK(to.run_script(kLock));
  VIGIL_TRY(const State state, look(to));
  if (!state.is_ours) return make(to, state);
  VIGIL_TRY(const auto version, version_of(to));
  VIGIL_CHECK(check_schema_version(version, "schema '" + state.schema + "'"));
  if (version == kSchemaVersion) return ok();
  VIGIL_CHECK(store::migrate(to, "postgres", version));
  return to.run_script("UPDATE vigil_schema SET version = " + std::to_string(kSchemaVersion));
}

}  // namespace

Result<void> migrate(PostgresConnection& connection) {
  // READ COMMITTED: what another node made while we waited for the lock is to be seen.
  return connection.transact("BEGIN ISOLATION LEVEL READ COMMITTED", bring_up_to_date).result;
}

}  // namespace vigil::store::postgres
