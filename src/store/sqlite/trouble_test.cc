// What a file may meet: a full disk, another process that holds it, damage, many who open it at once.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class SqliteTrouble : public testing::StoreTest {
 protected:
  static Result<void> put(Connection& to, std::int64_t first, std::int64_t count,
                          std::size_t size = 1000) {
    const std::string body(size, 'x');
    for (std::int64_t id = first; id < first + count; ++id) {
      VIGIL_CHECK(
          to.execute("INSERT INTO resource_body (account, id, body, runtime)"
                     " VALUES (1, $1, $2, '')",
                     {id, std::string_view(body)}));
    }
    return ok();
  }
  std::int64_t count() { return number("SELECT count(*) FROM resource_body"); }
};
INSTANTIATE_TEST_SUITE_P(On, SqliteTrouble, ::testing::Values("sqlite"));

TEST_P(SqliteTrouble, AFullDatabaseRollsBackAndGoesOnWhenThereIsRoom) {
  write([](Connection& to) { return put(to, 0, 10); });
  write([](Connection& to) { return to.run_script("PRAGMA max_page_count = 200"); });
  const auto full = store().write([](Connection& to) { return put(to, 1000, 5000); });
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::Io);
  EXPECT_THAT(full.error().text(), AllOf(HasSubstr("full"), HasSubstr("make room")));
  EXPECT_EQ(count(), 10);
  write([](Connection& to) { return put(to, 20, 1); });
  EXPECT_EQ(count(), 11) << "what fits is still taken";
  write([](Connection& to) { return to.run_script("PRAGMA max_page_count = 1000000"); });
  write([](Connection& to) { return put(to, 1000, 5000); });
  EXPECT_EQ(count(), 5011);
}

/// Runs in a child: a file may not grow beyond a limit, which is how a full disk looks from here.
int write_on_a_full_disk(const std::string& address, rlim_t bytes) {
  ::signal(SIGXFSZ, SIG_IGN);
  auto store = Store::open(address);
  if (!store) return 2;
  const auto put = [&](std::int64_t id, std::size_t size) {
    return (*store)->write([&](Connection& to) -> Result<void> {
      VIGIL_CHECK(to.execute(
          "INSERT INTO resource_body (account, id, body, runtime) VALUES (2, $1, $2, '')",
          {id, std::string_view(std::string(size, 'y'))}));
      return ok();
    });
  };
  const rlimit small{bytes, RLIM_INFINITY};
  if (::setrlimit(RLIMIT_FSIZE, &small) != 0) return 3;
  std::int64_t acknowledged = 0;
  constexpr std::size_t kSize = 5000;
  while (put(acknowledged, kSize)) ++acknowledged;
  const auto refused = put(-1, kSize);
  if (refused || refused.error().code != ErrorCode::Io) return 4;
  const rlimit large{RLIM_INFINITY, RLIM_INFINITY};
  if (::setrlimit(RLIMIT_FSIZE, &large) != 0) return 5;
  // There is room again: the same store goes on, and nothing acknowledged is missing.
  if (!put(-2, kSize)) return 6;
  std::int64_t found = 0;
  const auto counted = (*store)->read([&](Connection& from) {
    return from.query("SELECT count(*) FROM resource_body WHERE account = 2 AND id >= 0", {},
                      [&](const Row& row) {
                        found = row.integer(0);
                        return true;
                      });
  });
  return counted && found == acknowledged ? 0 : 7;
}

TEST_P(SqliteTrouble, AFullDiskLosesNothingThatWasAcknowledged) {
  for (const rlim_t bytes : {500'000U, 1'000'000U, 4'000'000U}) {
    reopen();
    write([](Connection& to) -> Result<void> {
      VIGIL_CHECK(to.execute("DELETE FROM resource_body WHERE account = 2"));
      return ok();
    });
    const pid_t child = ::fork();
    if (child == 0) ::_exit(write_on_a_full_disk(address(), bytes));
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0) << bytes;
  }
}

/// A process that holds the write lock until it is killed.
class Holder {
 public:
  explicit Holder(const std::string& address) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    child_ = ::fork();
    if (child_ == 0) {
      const auto store = Store::open(address);
      if (store) {
        (void)(*store)->write([&](Connection&) -> Result<void> {
          (void)!::write(ends[1], "x", 1);
          while (true) ::pause();
        });
      }
      ::_exit(1);
    }
    char held = 0;
    EXPECT_EQ(::read(ends[0], &held, 1), 1);
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~Holder() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

 private:
  pid_t child_ = 0;
};

TEST_P(SqliteTrouble, AnotherProcessMayHoldTheFileForAWhile) {
  write([](Connection& to) { return put(to, 1, 1); });
  reopen({.patience = std::chrono::milliseconds(100)});
  {
    const Holder holder(address());
    const auto busy = store().write([](Connection& to) { return put(to, 2, 1); });
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().code, ErrorCode::Busy);
    EXPECT_THAT(busy.error().text(), HasSubstr("another program writes"));
    EXPECT_EQ(count(), 1) << "reading goes on";
  }
  write([](Connection& to) { return put(to, 2, 1); });
  EXPECT_EQ(count(), 2) << "what a dead process held is free";
}

TEST_P(SqliteTrouble, AWriterWaitsForAnotherProcess) {
  auto holder = std::make_unique<Holder>(address());
  std::thread releasing([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    holder.reset();
  });
  write([](Connection& to) { return put(to, 1, 1); });
  releasing.join();
  EXPECT_EQ(count(), 1);
}

TEST_P(SqliteTrouble, DamageIsAnErrorThatSaysSo) {
  write([](Connection& to) { return put(to, 0, 2000); });
  reopen();  // closing moves everything from the log into the file
  const std::string copy = directory() + "/damaged.db";
  std::filesystem::copy_file(address(), copy);
  {
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    const std::string garbage(4096, '\x55');
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(copy));
    for (std::streamoff at = 4096LL * 80; at + 4096 < size; at += 4096LL * 2) {
      file.seekp(at);
      file.write(garbage.data(), static_cast<std::streamsize>(garbage.size()));
    }
  }
  auto opened = Store::open(copy);
  Result<void> read = opened ? (*opened)->read([](Connection& from) {
    return from.query("SELECT sum(length(body)) FROM resource_body", {},
                      [](const Row&) { return true; });
  })
                             : fail(opened.error());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::Invalid);
  EXPECT_THAT(read.error().text(), AllOf(HasSubstr("malformed"), HasSubstr("restore a backup")));
}

TEST_P(SqliteTrouble, AFileCutShortIsAnErrorThatSaysSo) {
  write([](Connection& to) { return put(to, 0, 2000); });
  reopen();
  const std::string copy = directory() + "/short.db";
  std::filesystem::copy_file(address(), copy);
  std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
  auto opened = Store::open(copy);
  Result<void> read = opened ? (*opened)->read([](Connection& from) {
    return from.query("SELECT sum(length(body)) FROM resource_body", {},
                      [](const Row&) { return true; });
  })
                             : fail(opened.error());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::Invalid);
}

TEST_P(SqliteTrouble, ManyMayOpenANewFileAtOnce) {
  for (int round = 0; round < 5; ++round) {
    const std::string path = directory() + "/new" + std::to_string(round) + ".db";
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&] {
        const auto opened = Store::open(path);
        EXPECT_TRUE(opened) << opened.error().text();
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
}

}  // namespace
}  // namespace vigil::store
