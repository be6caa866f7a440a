#include "store/postgres/connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/hash.h"
#include "store/postgres/row.h"

namespace vigil::store::postgres {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostStatements = 160;
constexpr int kBinary = 1;

std::string_view state_of(const pg_result* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state != nullptr ? state : "";
}

std::string_view message_of(const pg_result* result) {
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return message != nullptr ? message : PQresultErrorMessage(result);
}

/// "PostgreSQL at HOST:PORT/DATABASE".
std::string place_of(const pg_conn* session) {
  const auto text = [](const char* each) { return std::string(each != nullptr ? each : ""); };
  return "PostgreSQL at " + text(PQhost(session)) + ":" + text(PQport(session)) + "/" +
         text(PQdb(session));
}

/// libpq's own complaint may repeat a password.
Result<void> check_address(const std::string& address) {
  PQconninfoOption* parsed = PQconninfoParse(address.c_str(), nullptr);
  if (parsed == nullptr) {
    return fail("this is no address of a PostgreSQL database", {},
                "postgres://USER:PASSWORD@HOST:PORT/DATABASE");
  }
  PQconninfoFree(parsed);
  return ok();
}

/// Goes on with connecting until it is done, has failed or the time is over: false for the last.
bool connect_until(pg_conn* session, Clock::time_point until) {
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting{.fd = PQsocket(session),
                   .events = static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                   .revents = 0};
    if (::poll(&waiting, 1, static_cast<int>(left)) == 0) return false;
    state = PQconnectPoll(session);
  }
  return true;
}

/// The SQLSTATE in a verbose message of a refused connection: "FATAL:  28P01: password ...". libpq
/// has no other way to ask.
std::string_view refused_state(std::string_view message) {
  constexpr std::string_view kMark = "FATAL:  ";
  constexpr std::size_t kStateSize = 5;
  const std::size_t at = message.find(kMark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = message.substr(at + kMark.size());
  if (rest.size() <= kStateSize || rest[kStateSize] != ':') return {};
  return rest.substr(0, kStateSize);
}

/// The first line of a message, without the state.
std::string_view refused_text(std::string_view message, std::string_view state) {
  std::string_view text = message.substr(0, message.find('\n'));
  if (!state.empty()) {
    text.remove_prefix(static_cast<std::size_t>(state.data() - message.data()) + state.size() + 2);
  }
  return text;
}

Error refusal(const pg_conn* session) {
  const std::string_view message = PQerrorMessage(session);
  const std::string_view state = refused_state(message);
  Fault out = fault(state, refused_text(message, state), place_of(session));
  // Too many clients now are fewer later.
  if (out.remedy == Remedy::Reconnect) out.error.code = ErrorCode::Network;
  return std::move(out.error);
}

}  // namespace

void ResultDeleter::operator()(pg_result* result) const {
  PQclear(result);
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::connect(
    const std::string& address, std::chrono::milliseconds patience) {
  VIGIL_CHECK(check_address(address));
  const std::string timeout = std::to_string(patience.count());
  // What the address says counts more than what stands before it, and less than what stands behind.
  constexpr std::size_t kCount = 8;
  const std::array<const char*, kCount> names = {
      "application_name", "keepalives_idle", "keepalives_interval", "keepalives_count",
      "tcp_user_timeout", "dbname",          "client_encoding",     nullptr};
  const std::array<const char*, kCount> values = {
      "vigil", "30", "10", "3", timeout.c_str(), address.c_str(), "UTF8", nullptr};
  pg_conn* session = PQconnectStartParams(names.data(), values.data(), 1);
  if (session == nullptr) return fail("out of memory", {}, {}, ErrorCode::Io);
  auto connection = std::make_unique<PostgresConnection>(session);
  PQsetErrorVerbosity(session, PQERRORS_VERBOSE);
  if (PQstatus(session) != CONNECTION_BAD && !connect_until(session, Clock::now() + patience)) {
    return fail("the database server does not answer", place_of(session), {}, ErrorCode::Network);
  }
  if (PQstatus(session) != CONNECTION_OK) return fail(refusal(session));
  PQsetErrorVerbosity(session, PQERRORS_DEFAULT);
  PQsetNoticeProcessor(session, [](void*, const char*) {}, nullptr);
  VIGIL_CHECK(connection->run_script("SET lock_timeout = " + timeout));
  return connection;
}

PostgresConnection::~PostgresConnection() {
  PQfinish(session_);
}

Result<void> PostgresConnection::ready() const {
  if (visiting_) return fail("a visitor of rows must not use the connection");
  if (failure_) return fail(*failure_);
  return ok();
}

tl::unexpected<Error> PostgresConnection::failed(Error error) {
  if (!failure_) failure_ = error;
  return fail(std::move(error));
}

Error PostgresConnection::noted(std::string_view state, std::string_view message,
                                std::string_view where) {
  if (PQstatus(session_) == CONNECTION_BAD) state = {};
  Fault out = fault(state, message, where);
  if (!failure_) remedy_ = out.remedy;
  return std::move(out.error);
}

Error PostgresConnection::noted(const pg_result* result, std::string_view where) {
  if (result == nullptr) return noted({}, PQerrorMessage(session_), where);
  return noted(state_of(result), message_of(result), where);
}

Result<std::string> PostgresConnection::prepared(std::string_view sql,
                                                 std::span<const Type> types) {
  std::string key;
  std::vector<Oid> oids;
  for (const Type type : types) {
    key += std::to_string(static_cast<std::uint32_t>(type)) + ",";
    oids.push_back(static_cast<Oid>(type));
  }
  key += sql;
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    statements_.splice(statements_.begin(), statements_, found->second);
    return statements_.front().name;
  }
  if (statements_.size() == kMostStatements) {
    const ResultPointer freed(PQexec(session_, ("DEALLOCATE " + statements_.back().name).c_str()));
    if (PQresultStatus(freed.get()) != PGRES_COMMAND_OK) return failed(noted(freed.get(), sql));
    by_key_.erase(statements_.back().key);
    statements_.pop_back();
  }
  std::string name = "vigil" + std::to_string(++named_);
  const ResultPointer made(PQprepare(session_, name.c_str(), std::string(sql).c_str(),
                                     static_cast<int>(oids.size()), oids.data()));
  if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) return failed(noted(made.get(), sql));
  statements_.push_front({std::move(key), name});
  by_key_.emplace(statements_.front().key, statements_.begin());
  return name;
}

Result<ResultPointer> PostgresConnection::send(std::string_view sql, std::span<const Value> values,
                                               const RowVisitor* visit) {
  VIGIL_CHECK(ready());
  const auto types = types_of(std::max<std::size_t>(values.size(), 1), values);
  if (!types) return failed(types.error());
  const auto used = std::span(*types).first(values.size());
  VIGIL_TRY(const std::string name, prepared(sql, used));
  Parameters parameters(used);
  parameters.set(values);
  if (PQsendQueryPrepared(session_, name.c_str(), parameters.count(), parameters.data(),
                          parameters.lengths(), parameters.formats(), kBinary) == 0) {
    return failed(noted({}, PQerrorMessage(session_), sql));
  }
  // Rows come one by one: a result is never gathered in memory.
  PQsetSingleRowMode(session_);
  ResultPointer last;
  bool wants_more = visit != nullptr;
  while (ResultPointer each{PQgetResult(session_)}) {
    const ExecStatusType status = PQresultStatus(each.get());
    if (status == PGRES_SINGLE_TUPLE) {
      if (!wants_more) continue;
      const PostgresRow row(each.get());
      visiting_ = true;
      wants_more = (*visit)(row);
      visiting_ = false;
    } else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      const Error error = noted(each.get(), sql);
      drain();
      return failed(error);
    }
    last = std::move(each);
  }
  return last;
}

Result<void> PostgresConnection::query(std::string_view sql, std::span<const Value> values,
                                       const RowVisitor& visit) {
  VIGIL_CHECK(send(sql, values, &visit));
  return ok();
}

Result<std::int64_t> PostgresConnection::execute(std::string_view sql,
                                                 std::span<const Value> values) {
  VIGIL_TRY(const ResultPointer result, send(sql, values, nullptr));
  const std::string_view count = PQcmdTuples(result.get());
  std::int64_t changed = 0;
  std::from_chars(count.data(), count.data() + count.size(), changed);
  return changed;
}

Result<void> PostgresConnection::execute_many(std::string_view sql, std::size_t columns,
                                              std::span<const Value> rows) {
  VIGIL_CHECK(ready());
  if (rows.empty()) return ok();
  if (columns == 0 || rows.size() % columns != 0) {
    return failed(Error{"the values are no whole rows", std::string(sql), {}, ErrorCode::Invalid});
  }
  auto types = types_of(columns, rows);
  if (!types) return failed(types.error());
  VIGIL_TRY(const std::string name, prepared(sql, *types));
  Parameters parameters(*types);
  // A batch's answers fit into the buffers between here and the server, so that neither waits for
  // the other to read.
  constexpr std::size_t kBatch = 512;
  while (!rows.empty()) {
    const std::size_t size = std::min(rows.size(), kBatch * columns);
    VIGIL_CHECK(send_batch(sql, name, parameters, rows.first(size)));
    rows = rows.subspan(size);
  }
  return ok();
}

Result<void> PostgresConnection::send_batch(std::string_view sql, const std::string& name,
                                            Parameters& parameters, std::span<const Value> rows) {
  if (PQenterPipelineMode(session_) == 0) return failed(noted(nullptr, sql));
  bool is_sent = true;
  for (const auto columns = static_cast<std::size_t>(parameters.count()); !rows.empty() && is_sent;
       rows = rows.subspan(columns)) {
    parameters.set(rows.first(columns));
    is_sent = PQsendQueryPrepared(session_, name.c_str(), parameters.count(), parameters.data(),
                                  parameters.lengths(), parameters.formats(), kBinary) != 0;
  }
  if (!is_sent || PQpipelineSync(session_) == 0) return failed(noted(nullptr, sql));
  std::optional<Error> error;
  while (true) {
    const ResultPointer each(PQgetResult(session_));
    if (!each) {
      // The end of one statement's results, or of everything.
      if (PQstatus(session_) == CONNECTION_BAD) return failed(noted(nullptr, sql));
      continue;
    }
    const ExecStatusType status = PQresultStatus(each.get());
    if (status == PGRES_PIPELINE_SYNC) break;
    if (status == PGRES_FATAL_ERROR && !error) error = noted(each.get(), sql);
  }
  PQexitPipelineMode(session_);
  if (error) return failed(*error);
  return ok();
}

Result<void> PostgresConnection::run_script(std::string_view sql) {
  VIGIL_CHECK(ready());
  const ResultPointer result(PQexec(session_, std::string(sql).c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return ok();
  return failed(noted(result.get(), sql));
}

Result<void> PostgresConnection::take_turn(std::string_view name) {
  const auto number = static_cast<std::int64_t>(base::xxh3_64(name));
  VIGIL_CHECK(execute("SELECT pg_advisory_xact_lock($1)", {number}));
  return ok();
}

void PostgresConnection::drain() {
  visiting_ = false;
  while (PQstatus(session_) == CONNECTION_OK) {
    const ResultPointer each(PQgetResult(session_));
    if (!each) return;
  }
}

bool PostgresConnection::usable() const {
  return PQstatus(session_) == CONNECTION_OK && PQtransactionStatus(session_) == PQTRANS_IDLE &&
         PQpipelineStatus(session_) == PQ_PIPELINE_OFF;
}

void PostgresConnection::roll_back() {
  // A pipeline that was left half way is not put in order: the session is given up.
  if (usable() || PQpipelineStatus(session_) != PQ_PIPELINE_OFF) return;
  drain();
  const ResultPointer done(PQexec(session_, "ROLLBACK"));
}

PostgresConnection::Outcome PostgresConnection::transact(
    std::string_view begin, const std::function<Result<void>(Connection&)>& work) {
  failure_.reset();
  remedy_ = Remedy::None;
  visiting_ = false;
  Outcome outcome;
  struct Ending {
    PostgresConnection* connection;
    ~Ending() { connection->roll_back(); }
  } const ending{this};
  {
    const ResultPointer begun(PQexec(session_, std::string(begin).c_str()));
    const ExecStatusType status = PQresultStatus(begun.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      outcome.result = failed(noted(begun.get(), begin));
      outcome.remedy = remedy_;
      return outcome;
    }
    if (status == PGRES_TUPLES_OK) outcome.number = PQgetvalue(begun.get(), 0, 0);
  }
  outcome.began = true;
  outcome.result = work(*this);
  if (outcome.result && failure_) outcome.result = fail(*failure_);
  if (outcome.result) {
    outcome.committing = true;
    const ResultPointer done(PQexec(session_, "COMMIT"));
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) {
      outcome.result = failed(noted(done.get(), "COMMIT"));
    }
  }
  outcome.remedy = remedy_;
  return outcome;
}

}  // namespace vigil::store::postgres
