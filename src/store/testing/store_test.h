// The fixture of every test of the store: each test runs once per engine, with an empty store of its
// own.
//
//   using Filters = store::testing::StoreTest;
//   TEST_P(Filters, ANameIsTakenOnce) { write([&](Connection& to) { ... }); ... }
//   VIGIL_ON_BOTH_ENGINES(Filters);
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/store.h"
#include "store/testing/postgres_server_test.h"

namespace vigil::store::testing {

class StoreTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "vigil-store-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    address_ = directory_ + "/vigil.db";
    if (is_postgres()) {
      PostgresServer& server = PostgresServer::shared();
      if (!server.problem().empty()) GTEST_SKIP() << server.problem();
      address_ = server.address(PostgresServer::kSchema);
    }
    reopen();
  }
  void TearDown() override {
    store_.reset();
    if (is_postgres() && PostgresServer::shared().problem().empty()) {
      PostgresServer::shared().clean();
    }
    std::filesystem::remove_all(directory_);
  }

  [[nodiscard]] static bool is_postgres() { return GetParam() == std::string_view("postgres"); }
  /// Empty at the start of the test, with the schema.
  Store& store() { return *store_; }
  /// Where it is (a file's path or a URL), to open it a second time.
  [[nodiscard]] const std::string& address() const { return address_; }
  /// A directory of this test, removed behind it.
  [[nodiscard]] const std::string& directory() const { return directory_; }
  /// Closes it and opens it again, as a restart does.
  void reopen(const OpenOptions& options = {}) {
    store_.reset();
    auto opened = Store::open(address_, options);
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
  }

  /// Runs `work` in a transaction that must succeed.
  void write(const std::function<Result<void>(Connection&)>& work) {
    const auto done = store_->write(work);
    ASSERT_TRUE(done) << done.error().text();
  }
  void read(const std::function<Result<void>(Connection&)>& work) {
    const auto done = store_->read(work);
    ASSERT_TRUE(done) << done.error().text();
  }
  /// The first column of the first row; 0 if there is none.
  std::int64_t number(std::string_view sql, std::initializer_list<Value> values = {}) {
    std::int64_t out = 0;
    read([&](Connection& from) {
      return from.query(sql, values, [&](const Row& row) {
        out = row.integer(0);
        return false;
      });
    });
    return out;
  }

 private:
  std::string directory_;
  std::string address_;
  std::unique_ptr<Store> store_;
};

}  // namespace vigil::store::testing

/// Runs the TEST_Ps of this name (an alias or child of StoreTest) on each engine. PostgreSQL is
/// skipped, and says so, where its server is not installed.
#define VIGIL_ON_BOTH_ENGINES(suite)                                           \
  INSTANTIATE_TEST_SUITE_P(On, suite, ::testing::Values("sqlite", "postgres"), \
                           [](const auto& each) { return std::string(each.param); })
