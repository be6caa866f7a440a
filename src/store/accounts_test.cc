// Accounts and everything that hangs on them.
#include "store/accounts.h"

#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::int64_t kAccount = 123'456'789'012;
constexpr std::int64_t kOther = 210'987'654'321;

using Accounts = testing::StoreTest;

TEST_P(Accounts, AnAccountIsPutFoundAndRenamed) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_account(to, {.id = kOther, .name = "b", .created = 2, .configuration = "{}"}));
    VIGIL_CHECK(
        put_account(to, {.id = kAccount, .name = "a", .created = 1, .configuration = "{}"}));
    return put_account(to,
                       {.id = kAccount, .name = "c", .created = 9, .configuration = "{\"x\":1}"});
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto account, find_account(from, kAccount));
    EXPECT_EQ(account->name, "c");
    EXPECT_EQ(account->created, 1) << "an account is made once";
    EXPECT_EQ(account->configuration, "{\"x\":1}");
    VIGIL_TRY(const auto accounts, list_accounts(from));
    EXPECT_THAT(accounts,
                ElementsAre(Field(&AccountRow::id, kAccount), Field(&AccountRow::id, kOther)));
    VIGIL_TRY(const auto none, find_account(from, 7));
    EXPECT_FALSE(none);
    return ok();
  });
}

TEST_P(Accounts, ScanTypesBelongToOneAccount) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(set_scan_type(to, kAccount, "EC2", "ENABLED", 1));
    VIGIL_CHECK(set_scan_type(to, kAccount, "ECR", "ENABLED", 1));
    VIGIL_CHECK(set_scan_type(to, kAccount, "EC2", "DISABLED", 2));
    return set_scan_type(to, kOther, "LAMBDA", "ENABLED", 1);
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto types, scan_types(from, kAccount));
    EXPECT_THAT(types, ElementsAre(Pair("EC2", "DISABLED"), Pair("ECR", "ENABLED")));
    return ok();
  });
}

TEST_P(Accounts, AnAccessKeyIsDisabledOnceAndNeverChangesItsAccount) {
  const std::string secret("\0\xffsecret", 8);
  AccessKeyRow key{.id = "AKIAEXAMPLE",
                   .account = kAccount,
                   .secret = secret,
                   .principal = "ci",
                   .created = 5,
                   .disabled = 0};
  write([&](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_access_key(to, key));
    VIGIL_TRY(const bool disabled, disable_access_key(to, key.id, 6));
    EXPECT_TRUE(disabled);
    VIGIL_TRY(const bool again, disable_access_key(to, key.id, 7));
    EXPECT_FALSE(again);
    return ok();
  });
  read([&](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto found, find_access_key(from, key.id));
    EXPECT_EQ(found->secret, secret);
    EXPECT_EQ(found->account, kAccount);
    EXPECT_EQ(found->principal, "ci");
    EXPECT_EQ(found->disabled, 6);
    VIGIL_TRY(const auto others, list_access_keys(from, kOther));
    EXPECT_THAT(others, IsEmpty());
    VIGIL_TRY(const auto own, list_access_keys(from, kAccount));
    EXPECT_THAT(own, ElementsAre(Field(&AccessKeyRow::id, key.id)));
    return ok();
  });
  key.account = kOther;
  const auto stolen = store().write([&](Connection& to) { return put_access_key(to, key); });
  ASSERT_FALSE(stolen);
  EXPECT_THAT(stolen.error().text(), HasSubstr("another account"));
}

TEST_P(Accounts, ADeletedUserIsLoggedOut) {
  const std::string token(32, '\x80');
  write([&](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_user(to, {.name = "ada",
                              .account = kAccount,
                              .password_hash = "$argon2id$1",
                              .administrator = true,
                              .created = 1}));
    VIGIL_CHECK(put_user(to, {.name = "bob",
                              .account = kAccount,
                              .password_hash = "$argon2id$2",
                              .administrator = false,
                              .created = 1}));
    return put_session(
        to, {.token_hash = token, .name = "ada", .csrf = "c", .created = 1, .expires = 100});
  });
  write([&](Connection& to) -> Result<void> {
    VIGIL_TRY(const auto user, find_user(to, "ada"));
    EXPECT_TRUE(user->administrator);
    VIGIL_TRY(const auto session, find_session(to, token));
    EXPECT_EQ(session->name, "ada");
    VIGIL_TRY(const bool deleted, delete_user(to, "ada"));
    EXPECT_TRUE(deleted);
    VIGIL_TRY(const bool again, delete_user(to, "ada"));
    EXPECT_FALSE(again);
    VIGIL_TRY(const auto gone, find_session(to, token));
    EXPECT_FALSE(gone);
    VIGIL_TRY(const auto users, list_users(to));
    EXPECT_THAT(users, ElementsAre(Field(&UserRow::name, "bob")));
    return ok();
  });
}

TEST_P(Accounts, SessionsExpire) {
  write([](Connection& to) -> Result<void> {
    for (std::int64_t expires = 1; expires <= 4; ++expires) {
      const std::string token(32, static_cast<char>(expires));
      VIGIL_CHECK(put_session(
          to, {.token_hash = token, .name = "ada", .csrf = "c", .created = 0, .expires = expires}));
    }
    VIGIL_TRY(const auto deleted, delete_expired_sessions(to, 2));
    EXPECT_EQ(deleted, 2);
    VIGIL_CHECK(delete_session(to, std::string(32, '\3')));
    return ok();
  });
  EXPECT_EQ(number("SELECT min(expires) FROM console_session"), 4);
  EXPECT_EQ(number("SELECT count(*) FROM console_session"), 1);
}

TEST_P(Accounts, TagsAreSetAddedToAndRemoved) {
  constexpr std::string_view kArn = "arn:aws:inspector2:us-east-1:123456789012:owner/x/filter/y";
  write([&](Connection& to) -> Result<void> {
    VIGIL_CHECK(set_tags(to, kAccount, kArn, {{"a", "1"}, {"b", "2"}}));
    VIGIL_CHECK(set_tags(to, kAccount, kArn, {{"b", "3"}, {"c", ""}}));
    VIGIL_CHECK(remove_tags(to, kAccount, kArn, {"a", "none"}));
    return set_tags(to, kOther, kArn, {{"d", "4"}});
  });
  read([&](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto tags, tags_of(from, kAccount, kArn));
    EXPECT_THAT(tags, ElementsAre(Pair("b", "3"), Pair("c", "")));
    return ok();
  });
}

TEST_P(Accounts, AClientTokenRemembersItsAnswer) {
  write([](Connection& to) {
    return put_client_token(to, kAccount, "CreateFilter", "t",
                            {.request = "digest", .answer = "{\"arn\":1}"}, 5);
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto token, find_client_token(from, kAccount, "CreateFilter", "t"));
    EXPECT_EQ(token->request, "digest");
    EXPECT_EQ(token->answer, "{\"arn\":1}");
    VIGIL_TRY(const auto other, find_client_token(from, kOther, "CreateFilter", "t"));
    EXPECT_FALSE(other);
    return ok();
  });
}

TEST_P(Accounts, ASettingIsTheLastThatWasSet) {
  write([](Connection& to) -> Result<void> {
    VIGIL_CHECK(set_setting(to, "a", "1"));
    return set_setting(to, "a", "2");
  });
  read([](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto value, setting(from, "a"));
    EXPECT_EQ(*value, "2");
    VIGIL_TRY(const auto none, setting(from, "b"));
    EXPECT_FALSE(none);
    return ok();
  });
}

VIGIL_ON_BOTH_ENGINES(Accounts);

}  // namespace
}  // namespace vigil::store
