// What both engines promise: values come back as they were bound, transactions are whole or nothing,
// readers see one state.
#include "store/engine.h"

#include <atomic>
#include <limits>
#include <thread>

#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Engines : public testing::StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    write([](Connection& to) {
      return to.run_script(
          "CREATE TABLE sample (id BIGINT PRIMARY KEY, small SMALLINT, real DOUBLE PRECISION,"
          " text TEXT, bytes BYTEA); CREATE TABLE other (id BIGINT)");
    });
  }

  static Result<void> insert(Connection& to, std::int64_t id) {
    VIGIL_CHECK(to.execute("INSERT INTO sample (id) VALUES ($1)", {id}));
    return ok();
  }
  std::int64_t count() { return number("SELECT count(*) FROM sample"); }
};

TEST_P(Engines, EveryKindOfValueComesBackAsItWasBound) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::string bytes("\0\x01\xff'\\", 5);
  write([&](Connection& to) -> Result<void> {
    constexpr std::string_view kInsert =
        "INSERT INTO sample (id, small, real, text, bytes) VALUES ($1, $2, $3, $4, $5)";
    VIGIL_CHECK(to.execute(kInsert, {Limits::max(), std::int64_t{-7}, 0.1,
                                     std::string_view("it's \"Ä\""), Blob{bytes}}));
    VIGIL_CHECK(to.execute(kInsert, {Limits::min(), nullptr, nullptr, nullptr, nullptr}));
    VIGIL_CHECK(to.execute(kInsert, {std::int64_t{0}, std::int64_t{0}, 1e300, std::string_view(),
                                     Blob{std::string_view()}}));
    return ok();
  });
  std::vector<std::string> rows;
  read([&](Connection& from) {
    return from.query("SELECT id, small, real, text, bytes FROM sample ORDER BY id", {},
                      [&](const Row& row) {
                        std::string line;
                        for (int i = 0; i < 5; ++i) line += row.is_null(i) ? '0' : '1';
                        rows.push_back(line);
                        if (row.integer(0) == Limits::max()) {
                          EXPECT_EQ(row.integer(1), -7);
                          EXPECT_EQ(row.real(2), 0.1);
                          EXPECT_EQ(row.text(3), "it's \"Ä\"");
                          EXPECT_EQ(row.text(4), bytes);
                        } else if (row.integer(0) == Limits::min()) {
                          EXPECT_EQ(row.integer(1), 0);
                          EXPECT_EQ(row.real(2), 0.0);
                          EXPECT_EQ(row.text(3), "");
                          EXPECT_EQ(row.text(4), "");
                        } else {
                          EXPECT_EQ(row.real(2), 1e300);
                        }
                        return true;
                      });
  });
  EXPECT_THAT(rows, ElementsAre("10000", "11111", "11111"));
}

TEST_P(Engines, AParameterMayOccurTwiceAndInAnyOrder) {
  EXPECT_EQ(number("SELECT $2 * 100 + $1 * 10 + $2", {std::int64_t{1}, std::int64_t{2}}), 212);
}

TEST_P(Engines, AParameterIsAsWideAsItsValueWhateverItIsComparedWith) {
  EXPECT_EQ(number("SELECT count(*) FROM other WHERE $1 = 0 OR id < $1",
                   {std::numeric_limits<std::int64_t>::max()}),
            0);
}

TEST_P(Engines, SumsAndCountsAreIntegers) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(insert(to, 4'000'000'000));
    return insert(to, 5'000'000'001);
  });
  EXPECT_EQ(number("SELECT sum(id) FROM sample"), 9'000'000'001);
  EXPECT_EQ(number("SELECT sum(id) FROM sample WHERE id < 0"), 0);
  EXPECT_EQ(number("SELECT -sum(id) FROM sample"), -9'000'000'001);
}

TEST_P(Engines, BlobsOrderBytewise) {
  write([](Connection& to) -> Result<void> {
    const std::vector<std::string> keys = {"\xff", std::string("a\0", 2), "a", "b"};
    for (std::size_t i = 0; i < keys.size(); ++i) {
      VIGIL_CHECK(to.execute("INSERT INTO sample (id, bytes) VALUES ($1, $2)",
                             {static_cast<std::int64_t>(i), Blob{keys[i]}}));
    }
    return ok();
  });
  std::vector<std::int64_t> order;
  read([&](Connection& from) {
    return from.query("SELECT id FROM sample WHERE bytes > $1 ORDER BY bytes", {Blob{"a"}},
                      [&](const Row& row) {
                        order.push_back(row.integer(0));
                        return true;
                      });
  });
  EXPECT_THAT(order, ElementsAre(1, 3, 0));
}

TEST_P(Engines, ExecuteSaysHowManyRowsChanged) {
  write([](Connection& to) -> Result<void> {
    for (std::int64_t id = 0; id < 5; ++id) VIGIL_CHECK(insert(to, id));
    const auto changed =
        to.execute("UPDATE sample SET small = 1 WHERE id >= $1", {std::int64_t{2}});
    EXPECT_EQ(changed.value(), 3);
    EXPECT_EQ(to.execute("DELETE FROM sample WHERE id = 99").value(), 0);
    return ok();
  });
}

TEST_P(Engines, ManyRowsAreWrittenInOneCall) {
  constexpr std::int64_t kRows = 3000;
  const std::string text = "a text that is long enough to fill a few buffers on its way";
  std::vector<Value> values;
  for (std::int64_t id = 0; id < kRows; ++id) {
    values.emplace_back(id);
    // NULL and numbers of both kinds mixed in one column.
    values.push_back(id % 3 == 0 ? Value(nullptr) : id % 3 == 1 ? Value(0.5) : Value(id));
    values.emplace_back(std::string_view(text));
  }
  write([&](Connection& to) {
    return to.execute_many("INSERT INTO sample (id, real, text) VALUES ($1, $2, $3)", 3, values);
  });
  EXPECT_EQ(count(), kRows);
  EXPECT_EQ(number("SELECT count(*) FROM sample WHERE real IS NULL"), kRows / 3);
  EXPECT_EQ(number("SELECT count(*) FROM sample WHERE real = 0.5"), kRows / 3);
  EXPECT_EQ(number("SELECT count(*) FROM sample WHERE real = id"), kRows / 3);
}

TEST_P(Engines, ARowThatFailsAmongManyFailsThemAll) {
  const std::vector<Value> values = {std::int64_t{1}, std::int64_t{2}, std::int64_t{1}};
  const auto done = store().write([&](Connection& to) {
    return to.execute_many("INSERT INTO sample (id) VALUES ($1)", 1, values);
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Invalid);
  EXPECT_EQ(count(), 0);
  write([](Connection& to) { return insert(to, 1); });
  EXPECT_EQ(count(), 1) << "the connection is as good as before";
}

TEST_P(Engines, AnUpsertOfManyRowsAddsToThem) {
  const std::vector<Value> values = {std::int64_t{1}, std::int64_t{2}, std::int64_t{1}};
  write([&](Connection& to) {
    return to.execute_many(
        "INSERT INTO sample (id, small) VALUES ($1, 1)"
        " ON CONFLICT (id) DO UPDATE SET small = sample.small + excluded.small",
        1, values);
  });
  EXPECT_EQ(number("SELECT small FROM sample WHERE id = 1"), 2);
  EXPECT_EQ(number("SELECT small FROM sample WHERE id = 2"), 1);
}

TEST_P(Engines, AFailedWorkLeavesNothing) {
  const auto done = store().write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(insert(to, 1));
    return fail("no", {}, {}, ErrorCode::NotFound);
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::NotFound);
  EXPECT_EQ(count(), 0);
}

TEST_P(Engines, AFailedStatementSpoilsItsTransactionEvenIfNobodyLooks) {
  const auto done = store().write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(insert(to, 1));
    EXPECT_FALSE(insert(to, 1));
    EXPECT_FALSE(insert(to, 2)) << "nothing runs after a failure";
    return ok();
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(count(), 0);
}

TEST_P(Engines, AnExceptionRollsBack) {
  EXPECT_THROW((void)store().write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(insert(to, 1));
    throw std::bad_alloc();
  }),
               std::bad_alloc);
  EXPECT_EQ(count(), 0);
}

TEST_P(Engines, AVisitorMayStopEarlyAndMustNotUseTheConnection) {
  write([](Connection& to) -> Result<void> {
    for (std::int64_t id = 0; id < 100; ++id) VIGIL_CHECK(insert(to, id));
    return ok();
  });
  read([](Connection& from) -> Result<void> {
    int seen = 0;
    VIGIL_CHECK(from.query("SELECT id FROM sample ORDER BY id", {}, [&](const Row&) {
      EXPECT_FALSE(from.query("SELECT 1", {}, [](const Row&) { return true; }));
      return ++seen < 3;
    }));
    EXPECT_EQ(seen, 3);
    // The connection serves the next query.
    VIGIL_CHECK(from.query("SELECT count(*) FROM sample", {}, [&](const Row& row) {
      seen = static_cast<int>(row.integer(0));
      return true;
    }));
    EXPECT_EQ(seen, 100);
    return ok();
  });
}

TEST_P(Engines, WrongStatementsAreErrorsThatShowThem) {
  struct Case {
    std::string_view sql;
    std::vector<Value> values;
  };
  std::vector<Case> cases = {
      {"SELEC id FROM sample", {}},
      {"SELECT nothing FROM sample", {}},
      {"SELECT id FROM sample WHERE id = $1", {}},
  };
  if (GetParam() == std::string_view("sqlite")) {
    // PostgreSQL does not mind a value that no parameter takes.
    const std::vector<Value> two = {std::int64_t{1}, std::int64_t{2}};
    cases.push_back({"SELECT id FROM sample WHERE id = $1", two});
    cases.push_back({"SELECT id FROM sample WHERE id = $2", two});
  }
  for (const Case& each : cases) {
    const auto done = store().read([&](Connection& from) {
      return from.query(each.sql, each.values, [](const Row&) { return true; });
    });
    ASSERT_FALSE(done) << each.sql;
    EXPECT_EQ(done.error().code, ErrorCode::Invalid) << each.sql;
    EXPECT_THAT(done.error().text(), HasSubstr(std::string(each.sql)));
  }
}

TEST_P(Engines, MoreTextsThanAreKeptPreparedStillWork) {
  read([](Connection& from) -> Result<void> {
    for (int round = 0; round < 2; ++round) {
      for (std::int64_t i = 0; i < 500; ++i) {
        std::int64_t got = -1;
        VIGIL_CHECK(
            from.query("SELECT $1 + " + std::to_string(i), {std::int64_t{1}}, [&](const Row& row) {
              got = row.integer(0);
              return true;
            }));
        EXPECT_EQ(got, i + 1);
      }
    }
    return ok();
  });
}

TEST_P(Engines, AReaderSeesOneStateWhileOthersWrite) {
  write([](Connection& to) { return insert(to, 1); });
  read([&](Connection& from) -> Result<void> {
    std::vector<std::int64_t> seen;
    for (std::int64_t id = 2; id < 5; ++id) {
      VIGIL_CHECK(from.query("SELECT count(*) FROM sample", {}, [&](const Row& row) {
        seen.push_back(row.integer(0));
        return true;
      }));
      std::thread([&] { write([&](Connection& to) { return insert(to, id); }); }).join();
    }
    EXPECT_THAT(seen, ElementsAre(1, 1, 1));
    return ok();
  });
  EXPECT_EQ(count(), 4);
}

TEST_P(Engines, AReaderCannotWrite) {
  EXPECT_FALSE(store().read([](Connection& from) { return insert(from, 1); }));
  EXPECT_EQ(count(), 0);
}

TEST_P(Engines, WritersWhoReadFirstDoNotLoseEachOthersChanges) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(to.execute("INSERT INTO sample (id, small) VALUES (1, 0)"));
    return ok();
  });
  constexpr int kThreads = 6;
  constexpr int kRounds = 20;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        write([](Connection& to) -> Result<void> {
          std::int64_t before = 0;
          VIGIL_CHECK(to.query("SELECT small FROM sample WHERE id = 1", {}, [&](const Row& row) {
            before = row.integer(0);
            return true;
          }));
          VIGIL_CHECK(to.execute("UPDATE sample SET small = $1 WHERE id = 1", {before + 1}));
          return ok();
        });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(number("SELECT small FROM sample WHERE id = 1"), kThreads * kRounds);
}

TEST_P(Engines, WhoWaitsTooLongForItsTurnIsToldSo) {
  reopen({.patience = std::chrono::milliseconds(50), .readers = 1, .writers = 1});
  write([&](Connection&) -> Result<void> {
    std::thread([&] {
      const auto done = store().write([](Connection& to) { return insert(to, 1); });
      ASSERT_FALSE(done);
      EXPECT_EQ(done.error().code, ErrorCode::Busy);
    }).join();
    return ok();
  });
  write([](Connection& to) { return insert(to, 1); });
  EXPECT_EQ(count(), 1);
}

VIGIL_ON_BOTH_ENGINES(Engines);

}  // namespace
}  // namespace vigil::store
