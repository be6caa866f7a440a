// A PostgreSQL server of this test program's own: Debian's, in a temporary directory, on a Unix
// socket. It is started when the first test wants it and stopped at the program's end, however that
// comes about. Its language orders text unlike bytes do, so that a test notices who relies on that.
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/store.h"

namespace vigil::store::testing {

class PostgresServer {
 public:
  /// The server of this program; `problem()` says why there is none.
  static PostgresServer& shared() {
    static PostgresServer server;
    return server;
  }

  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// Where the tests' store is. It is emptied between tests, which is quicker than making it anew.
  static constexpr const char* kSchema = "test";
  /// Of a schema, which must be there.
  [[nodiscard]] std::string address(const std::string& schema) const {
    return "postgresql://vigil@/postgres?host=" + directory_ + "&options=-csearch_path%3D" + schema;
  }
  /// The server's socket.
  [[nodiscard]] std::string socket() const { return directory_ + "/.s.PGSQL.5432"; }
  /// For making schemas and for looking at the server: a store beside that of the tests.
  Store& store() { return *store_; }
  [[nodiscard]] pid_t process() const { return process_; }

  /// Ends the server as a crash does, and starts it again.
  void kill() {
    ::kill(process_, SIGQUIT);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  void start() {
    process_ = run({"postgres", "-D", directory_ + "/data", "-c", "listen_addresses=", "-c",
                    "unix_socket_directories=" + directory_, "-c", "fsync=off", "-c",
                    "shared_buffers=16MB", "-c", "max_connections=60", "-c",
                    "deadlock_timeout=100ms", "-c", "log_min_messages=fatal"});
  }

  /// Deletes what a test left in its schema: rows, and tables of its own.
  void clean() {
    run_script(R"(
DO $$ DECLARE each text; has_rows boolean; BEGIN
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'test'
  LOOP
    IF each = 'vigil_schema' THEN CONTINUE; END IF;
    IF EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = each) THEN
      EXECUTE 'SELECT EXISTS (SELECT FROM test.' || quote_ident(each) || ')' INTO has_rows;
      IF has_rows THEN EXECUTE 'TRUNCATE test.' || quote_ident(each); END IF;
    ELSE
      EXECUTE 'DROP TABLE test.' || quote_ident(each) || ' CASCADE';
    END IF;
  END LOOP;
END $$)");
  }
  void run_script(const std::string& sql) {
    const auto done = store_->write([&](Connection& to) { return to.run_script(sql); });
    ASSERT_TRUE(done) << done.error().text();
  }

  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

 private:
  PostgresServer() : owner_(::getpid()) {
    if (!find_program()) return;
    std::string pattern = "/tmp/vigil-postgres-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
      problem_ = "no temporary directory";
      return;
    }
    directory_ = pattern;
    if (::chown(directory_.c_str(), user_, group_) != 0 || !initialise()) {
      problem_ = "initdb failed";
      return;
    }
    start();
    auto opened = Store::open(address("public"));
    if (!opened) {
      problem_ = opened.error().text();
      return;
    }
    store_ = std::move(*opened);
    run_script(std::string("CREATE SCHEMA ") + kSchema);
  }

  ~PostgresServer() {
    // A child that a test forked is not its owner.
    if (::getpid() != owner_) return;
    store_.reset();
    if (process_ > 0) {
      ::kill(process_, SIGINT);
      ::waitpid(process_, nullptr, 0);
    }
    if (!directory_.empty()) std::filesystem::remove_all(directory_);
  }

  bool find_program() {
    for (const char* version : {"17", "16", "15"}) {
      const std::string folder = std::string("/usr/lib/postgresql/") + version + "/bin/";
      if (::access((folder + "postgres").c_str(), X_OK) == 0) programs_ = folder;
    }
    if (programs_.empty()) {
      problem_ = "PostgreSQL is not installed (script/setup test)";
      return false;
    }
    if (::geteuid() != 0) return true;
    // The server refuses to be run by root.
    const passwd* found = ::getpwnam("postgres");
    if (found == nullptr) {
      problem_ = "there is no user postgres";
      return false;
    }
    user_ = found->pw_uid;
    group_ = found->pw_gid;
    return true;
  }

  bool initialise() {
    const pid_t child = run({"initdb", "-D", directory_ + "/data", "-U", "vigil", "--auth=trust",
                             "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu",
                             "--icu-locale=en", "--no-sync", "--no-instructions"});
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  /// Starts one of PostgreSQL's programs, as its user, to end with us.
  pid_t run(const std::vector<std::string>& words) {
    const std::string program = programs_ + words.front();
    const std::string log = directory_ + "/log";
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (::geteuid() == 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(group_) != 0 || ::setuid(user_) != 0)) {
      ::_exit(126);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::unsetenv("PGOPTIONS");
    const int nothing = ::open("/dev/null", O_RDONLY);
    const int words_of_it = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (::dup2(nothing, 0) < 0 || ::dup2(words_of_it, 1) < 0 || ::dup2(words_of_it, 2) < 0) {
      ::_exit(126);
    }
    ::execv(program.c_str(), arguments.data());
    ::_exit(127);
  }

  pid_t owner_;
  uid_t user_ = ::geteuid();
  gid_t group_ = ::getegid();
  std::string programs_;
  std::string directory_;
  std::string problem_;
  pid_t process_ = 0;
  std::unique_ptr<Store> store_;
};

}  // namespace vigil::store::testing
