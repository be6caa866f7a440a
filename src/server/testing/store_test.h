// A store in a directory that goes with the test.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "store/accounts.h"
#include "store/store.h"

namespace vigil::server::testing {

class WithStore : public ::testing::Test {
 protected:
  static constexpr std::int64_t kAccount = 123456789012;
  static constexpr std::int64_t kNow = 1'795'409'117;

  void SetUp() override {
    directory_ = ::testing::TempDir() + "vigil_server_" + std::to_string(::getpid());
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    auto opened = store::Store::open(directory_ + "/vigil.db");
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    const auto made = store_->write([](store::Connection& to) {
      return store::put_account(to, {.id = kAccount, .name = "test", .created = kNow});
    });
    ASSERT_TRUE(made) << made.error().text();
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  std::string directory_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace vigil::server::testing
