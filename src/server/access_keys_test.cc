#include "server/access_keys.h"

#include <gtest/gtest.h>

#include "server/testing/store_test.h"

namespace vigil::server {
namespace {

using AccessKeys = testing::WithStore;

TEST_F(AccessKeys, HaveTheFormOfAws) {
  for (int i = 0; i < 100; ++i) {
    const AccessKey key = generate_access_key();
    EXPECT_EQ(key.id.size(), 20U);
    EXPECT_TRUE(key.id.starts_with("AKIA"));
    EXPECT_EQ(key.id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
    EXPECT_EQ(key.secret.size(), 40U);
    EXPECT_NE(key.id, generate_access_key().id);
  }
}

TEST_F(AccessKeys, AnIssuedKeySignsUntilItIsDisabled) {
  const MasterKey master(std::array<unsigned char, MasterKey::kBytes>{1});
  AccessKey key;
  ASSERT_TRUE(store_->write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(key, issue_access_key(to, master, kAccount, "alice", kNow));
    return ok();
  }));
  const SigningKeys keys = signing_keys(*store_, master);
  const auto found = keys(key.id);
  ASSERT_TRUE(found) << found.error().text();
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->secret, key.secret);
  EXPECT_EQ((*found)->account, "123456789012");
  EXPECT_EQ((*found)->principal, "alice");

  ASSERT_TRUE(store_->write([&](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(store::disable_access_key(to, key.id, kNow + 1));
    return ok();
  }));
  EXPECT_EQ(keys(key.id)->has_value(), false);
}

TEST_F(AccessKeys, WhatIsNoKeyIsUnknown) {
  const SigningKeys keys =
      signing_keys(*store_, MasterKey(std::array<unsigned char, MasterKey::kBytes>{1}));
  for (const std::string& id : {std::string(), std::string("AKIA"), std::string(20, 'A'),
                                std::string("AKIA' OR 1=1 --12345"), std::string(5000, 'A')}) {
    const auto found = keys(id);
    ASSERT_TRUE(found) << id;
    EXPECT_FALSE(found->has_value()) << id;
  }
}

TEST_F(AccessKeys, TheStoreDoesNotHoldTheSecret) {
  const MasterKey master(std::array<unsigned char, MasterKey::kBytes>{1});
  AccessKey key;
  std::vector<store::AccessKeyRow> rows;
  ASSERT_TRUE(store_->write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(key, issue_access_key(to, master, kAccount, "alice", kNow));
    VIGIL_TRY(rows, store::list_access_keys(to, kAccount));
    return ok();
  }));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].secret.find(key.secret), std::string::npos);
  // With another master key it is an error, not an unknown key.
  const MasterKey other(std::array<unsigned char, MasterKey::kBytes>{2});
  EXPECT_FALSE(signing_keys(*store_, other)(key.id));
}

}  // namespace
}  // namespace vigil::server
