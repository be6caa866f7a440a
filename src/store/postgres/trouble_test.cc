// What a database server may do to us: stop, restart, end sessions, be no database of ours.
#include <atomic>
#include <thread>

#include "store/accounts.h"
#include "store/testing/cutting_proxy_test.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PostgresServer;

class PostgresTrouble : public testing::StoreTest {
 protected:
  /// Counts up by reading and writing, so that work done twice or not at all shows.
  static Result<void> count_up(Store& store) {
    return store.write([](Connection& to) -> Result<void> {
      VIGIL_TRY(const auto value, setting(to, "count"));
      return set_setting(to, "count", std::to_string(value ? std::stoll(*value) + 1 : 1));
    });
  }
  std::int64_t counted() {
    return number("SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'count'");
  }
  static PostgresServer& server() { return PostgresServer::shared(); }
};
INSTANTIATE_TEST_SUITE_P(On, PostgresTrouble, ::testing::Values("postgres"));

TEST_P(PostgresTrouble, SessionsThatAreEndedAtAnyMomentChangeNothingTwice) {
  constexpr int kThreads = 3;
  constexpr int kRounds = 40;
  std::atomic<int> running = kThreads;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        const auto done = count_up(store());
        EXPECT_TRUE(done) << done.error().text();
      }
      --running;
    });
  }
  std::int64_t ended = 0;
  while (running > 0) {
    const auto done = server().store().read([&](Connection& from) {
      return from.query(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
          " WHERE application_name = 'vigil' AND pid <> pg_backend_pid() AND state <> 'idle'",
          {}, [&](const Row& row) {
            ended += row.integer(0);
            return true;
          });
    });
    EXPECT_TRUE(done) << done.error().text();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counted(), kThreads * kRounds);
  EXPECT_GT(ended, 0);
}

TEST_P(PostgresTrouble, ACommitWhoseAnswerIsLostIsNotDoneAgain) {
  testing::CuttingProxy proxy(directory(), server().socket());
  auto opened = Store::open(proxy.address(PostgresServer::kSchema));
  ASSERT_TRUE(opened) << opened.error().text();
  for (int i = 0; i < 3; ++i) {
    proxy.cut_after_commit();
    const auto done = count_up(**opened);
    EXPECT_TRUE(done) << done.error().text();
  }
  EXPECT_EQ(proxy.cuts(), 3);
  EXPECT_EQ(counted(), 3);
}

TEST_P(PostgresTrouble, ACommitThatDidNotArriveIsDoneAgain) {
  testing::CuttingProxy proxy(directory(), server().socket());
  auto opened = Store::open(proxy.address(PostgresServer::kSchema));
  ASSERT_TRUE(opened) << opened.error().text();
  for (int i = 0; i < 3; ++i) {
    proxy.cut_before_commit();
    const auto done = count_up(**opened);
    EXPECT_TRUE(done) << done.error().text();
  }
  EXPECT_EQ(proxy.cuts(), 3);
  EXPECT_EQ(counted(), 3);
}

TEST_P(PostgresTrouble, AServerThatCrashedServesAgainWhenItIsBack) {
  ASSERT_TRUE(count_up(store()));
  server().kill();
  server().start();
  ASSERT_TRUE(count_up(store())) << "the idle sessions of before are replaced";
  EXPECT_EQ(counted(), 2);
}

TEST_P(PostgresTrouble, ADatabaseThatIsGoneIsWaitedForAndThenFailsCleanly) {
  reopen({.patience = std::chrono::milliseconds(300)});
  ASSERT_TRUE(count_up(store()));
  server().kill();
  const auto begin = std::chrono::steady_clock::now();
  const auto gone = count_up(store());
  const auto unread = store().read([](Connection&) { return ok(); });
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_FALSE(gone);
  EXPECT_FALSE(unread);
  if (!gone) {
    EXPECT_EQ(gone.error().code, ErrorCode::Network) << gone.error().text();
  }
  if (!unread) {
    EXPECT_EQ(unread.error().code, ErrorCode::Network) << unread.error().text();
  }

  auto patient = std::thread([&] {
    const auto store = Store::open(address());
    ASSERT_TRUE(store) << store.error().text();
    EXPECT_TRUE(count_up(**store));
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  server().start();
  patient.join();
  reopen();
  EXPECT_EQ(counted(), 2);
}

TEST_P(PostgresTrouble, ManyNodesMayOpenANewDatabaseAtOnce) {
  for (int round = 0; round < 2; ++round) {
    server().run_script("CREATE SCHEMA fresh");
    std::vector<std::thread> threads;
    for (int i = 0; i < 5; ++i) {
      threads.emplace_back([&] {
        const auto opened = Store::open(server().address("fresh"));
        ASSERT_TRUE(opened) << opened.error().text();
        const auto done = count_up(**opened);
        EXPECT_TRUE(done) << done.error().text();
      });
    }
    for (std::thread& thread : threads) thread.join();
    server().run_script("DROP SCHEMA fresh CASCADE");
  }
}

TEST_P(PostgresTrouble, ANewerSchemaIsRefused) {
  server().run_script("UPDATE test.vigil_schema SET version = version + 1");
  const auto opened = Store::open(address());
  server().run_script("UPDATE test.vigil_schema SET version = version - 1");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(opened.error().text(), HasSubstr("newer than this program"));
}

TEST_P(PostgresTrouble, AnotherProgramsTablesAreRefusedAndLeftAlone) {
  server().run_script("CREATE SCHEMA foreign_one; CREATE TABLE foreign_one.account (id BIGINT)");
  const auto opened = Store::open(server().address("foreign_one"));
  server().run_script("DROP TABLE foreign_one.account; DROP SCHEMA foreign_one");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Invalid);
  EXPECT_THAT(opened.error().text(), HasSubstr("another program keeps its tables there"));
}

TEST_P(PostgresTrouble, ASchemaThatIsNotThereIsNamed) {
  const auto opened = Store::open(server().address("nowhere"));
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().text(), HasSubstr("the search path names no schema"));
}

TEST_P(PostgresTrouble, WrongAddressesAreErrorsWithoutThePassword) {
  const std::string there = address().substr(address().find('?'));
  struct Case {
    std::string address;
    ErrorCode code;
    std::string says;
  };
  const std::vector<Case> cases = {
      {"postgres://vigil:secret@/nothing" + there, ErrorCode::NotFound, "does not exist"},
      {"postgres://vigil:secret@127.0.0.1:1/x", ErrorCode::Network, "refused"},
      {"postgres://vigil:secret@/postgres?wrong=1", ErrorCode::Invalid, "no address"},
      {"postgres://nobody:secret@/postgres" + there, ErrorCode::Invalid, "nobody"},
  };
  for (const Case& each : cases) {
    const auto opened = Store::open(each.address, {.patience = std::chrono::milliseconds(200)});
    ASSERT_FALSE(opened) << each.says;
    EXPECT_EQ(opened.error().code, each.code) << opened.error().text();
    EXPECT_THAT(opened.error().text(), AllOf(HasSubstr(each.says), Not(HasSubstr("secret"))));
  }
}

TEST_P(PostgresTrouble, ALockThatIsHeldTooLongIsBusy) {
  reopen({.patience = std::chrono::milliseconds(200)});
  const auto done = server().store().write([&](Connection& to) -> Result<void> {
    VIGIL_CHECK(to.run_script("LOCK TABLE test.setting IN EXCLUSIVE MODE"));
    const auto busy = count_up(store());
    EXPECT_FALSE(busy);
    if (!busy) {
      EXPECT_EQ(busy.error().code, ErrorCode::Busy) << busy.error().text();
    }
    return ok();
  });
  ASSERT_TRUE(done) << done.error().text();
  EXPECT_TRUE(count_up(store()));
}

TEST_P(PostgresTrouble, ManyWritersOfTheSameRowsAllComeToAnEnd) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 25;
  reopen({.writers = kThreads});
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        const auto done = count_up(store());
        EXPECT_TRUE(done) << done.error().text();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counted(), kThreads * kRounds);
}

TEST_P(PostgresTrouble, TextWithANulIsRefusedAndSpoilsNothingElse) {
  const auto done = store().write(
      [](Connection& to) { return set_setting(to, "a", std::string_view("b\0c", 3)); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Invalid);
  EXPECT_TRUE(count_up(store()));
}

}  // namespace
}  // namespace vigil::store
