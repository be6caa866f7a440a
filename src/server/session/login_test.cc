#include "server/session/login.h"

#include <gtest/gtest.h>

#include <thread>

#include "server/session/users.h"
#include "server/testing/store_test.h"

namespace vigil::server {
namespace {

constexpr PasswordCost kCheap{.passes = 1, .memory = 8192};
constexpr std::string_view kPassword = "correct horse battery";
constexpr std::string_view kRemote = "192.0.2.1:4711";

TEST(Passwords, OnlyTheRightOneMatches) {
  Passwords passwords(kCheap);
  const auto hash = passwords.hash(kPassword);
  ASSERT_TRUE(hash) << hash.error().text();
  EXPECT_TRUE(hash->starts_with("$argon2id$"));
  EXPECT_NE(*hash, passwords.hash(kPassword).value_or(*hash));
  EXPECT_EQ(passwords.matches(kPassword, *hash), true);
  EXPECT_EQ(passwords.matches("correct horse batterz", *hash), false);
  EXPECT_EQ(passwords.matches("", *hash), false);
  EXPECT_EQ(passwords.matches(kPassword, "nonsense"), false);
  EXPECT_EQ(passwords.matches(kPassword, ""), false);
  EXPECT_FALSE(passwords.hash("short"));
  EXPECT_FALSE(passwords.hash(std::string(1025, 'x')));
  EXPECT_EQ(passwords.matches(std::string(1025, 'x'), *hash), false);
}

TEST(Passwords, TheRealCostIsPaid) {
  Passwords passwords;
  const auto hash = passwords.hash(kPassword);
  ASSERT_TRUE(hash);
  EXPECT_NE(hash->find("$m=65536,t=2,p=1$"), std::string::npos) << *hash;
}

TEST(Passwords, TooManyAtOnceAreBusy) {
  Passwords passwords(kCheap, 0, std::chrono::milliseconds(10));
  const auto result = passwords.matches(kPassword, "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Busy);
}

TEST(Passwords, GeneratedOnesDiffer) {
  EXPECT_EQ(Passwords::generate().size(), 24U);
  EXPECT_NE(Passwords::generate(), Passwords::generate());
}

TEST(LoginLimiter, CountsFailuresOfAUserFromAnAddress) {
  LoginLimiter limiter;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limiter.begin("alice", "a", 1000 + i), 0);
  EXPECT_EQ(limiter.begin("alice", "a", 1010), 890);
  EXPECT_EQ(limiter.begin("alice", "b", 1010), 0);
  EXPECT_EQ(limiter.begin("bob", "a", 1010), 0);
  EXPECT_EQ(limiter.begin("alice", "a", 1900), 0);
}

TEST(LoginLimiter, SuccessForgetsTheFailures) {
  LoginLimiter limiter;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(limiter.begin("alice", "a", 1000), 0);
    limiter.succeeded("alice", "a");
  }
}

TEST(LoginLimiter, OneAddressCannotTryEverybody) {
  LoginLimiter limiter;
  int allowed = 0;
  for (int i = 0; i < 100; ++i) allowed += limiter.begin(std::to_string(i), "a", 1000) == 0 ? 1 : 0;
  EXPECT_EQ(allowed, 50);
}

TEST(LoginLimiter, ItsMemoryIsBounded) {
  LoginLimiter limiter({.remembered = 100});
  for (int i = 0; i < 5000; ++i) limiter.begin("alice", std::to_string(i), 1000 + i);
  EXPECT_LE(limiter.remembered(), 100U);
}

TEST(LoginLimiter, AnAddressIsThePeerWithoutItsPort) {
  EXPECT_EQ(address_of("192.0.2.1:443"), "192.0.2.1");
  EXPECT_EQ(address_of("[2001:db8:1:2:3:4:5:6]:443"), "2001:db8:1:2::");
}

class ConsoleLogin : public testing::WithStore {
 protected:
  void SetUp() override {
    WithStore::SetUp();
    sessions_ = std::make_unique<Sessions>(*store_);
    login_ = std::make_unique<Login>(*store_, passwords_, *sessions_);
    const auto made =
        put_user_with_password(*store_, passwords_, kAccount, {"alice", kPassword, true}, kNow);
    ASSERT_TRUE(made) << made.error().text();
  }

  NewSession log_in() {
    auto session = login_->log_in("alice", kPassword, kRemote, kNow);
    EXPECT_TRUE(session) << session.error().message;
    return session.value_or(NewSession{});
  }

  Passwords passwords_{kCheap};
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<Login> login_;
};

TEST_F(ConsoleLogin, GivesASessionOfTheUser) {
  const NewSession session = log_in();
  EXPECT_EQ(session.token.size(), 64U);
  const auto found = sessions_->find(session.token, kNow + 10);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->user.name, "alice");
  EXPECT_EQ((*found)->user.account, kAccount);
  EXPECT_TRUE((*found)->user.administrator);
  EXPECT_EQ((*found)->csrf, session.csrf);

  HttpRequest request;
  request.headers = {{"X-Vigil-Csrf", session.csrf}};
  EXPECT_TRUE(has_csrf_token(request, **found));
  request.headers = {{"X-Vigil-Csrf", session.token}};
  EXPECT_FALSE(has_csrf_token(request, **found));
  request.headers = {};
  EXPECT_FALSE(has_csrf_token(request, **found));
}

TEST_F(ConsoleLogin, AWrongNameIsToldLikeAWrongPassword) {
  const auto password = login_->log_in("alice", "wrong password", kRemote, kNow);
  const auto name = login_->log_in("nobody", kPassword, kRemote, kNow);
  const auto hostile = login_->log_in("' OR 1=1 --", kPassword, kRemote, kNow);
  for (const auto* one : {&password, &name, &hostile}) {
    ASSERT_FALSE(*one);
    EXPECT_EQ(one->error().type, "AccessDeniedException");
    EXPECT_EQ(one->error().message, "The name or the password is wrong.");
  }
}

TEST_F(ConsoleLogin, GuessingIsSlowedDownForTheGuesserOnly) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(login_->log_in("alice", "wrong password", kRemote, kNow).error().status, 403);
  }
  const auto refused = login_->log_in("alice", kPassword, kRemote, kNow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 429);
  EXPECT_EQ(refused.error().retry_after, 900);
  EXPECT_TRUE(login_->log_in("alice", kPassword, "198.51.100.7:1", kNow));
  EXPECT_TRUE(login_->log_in("alice", kPassword, kRemote, kNow + 900));
}

TEST_F(ConsoleLogin, SessionsEndByThemselves) {
  const NewSession session = log_in();
  const auto alive = [&](std::int64_t now) {
    return sessions_->find(session.token, now)->has_value();
  };
  EXPECT_TRUE(alive(kNow + 3599));
  EXPECT_TRUE(alive(kNow + 7000));
  EXPECT_FALSE(alive(kNow + 7000 + 3600));
  // However busy, not longer than half a day.
  const NewSession busy = log_in();
  for (std::int64_t at = kNow; at < kNow + 12 * 3600; at += 1800) {
    EXPECT_TRUE(sessions_->find(busy.token, at)->has_value()) << at - kNow;
  }
  EXPECT_FALSE(sessions_->find(busy.token, kNow + 12 * 3600)->has_value());
  EXPECT_EQ(sessions_->clean(kNow + 13 * 3600), 2);
}

TEST_F(ConsoleLogin, WhatAPageAsksByItselfKeepsNoSessionAlive) {
  const NewSession session = log_in();
  EXPECT_EQ(session.expires, kNow + 3600) << "if nothing is asked";
  EXPECT_EQ(session.latest, kNow + 12 * 3600);
  for (std::int64_t at = kNow; at < kNow + 3600; at += 60) {
    const auto found = sessions_->find(session.token, at, false);
    ASSERT_TRUE(found && *found) << at - kNow;
    EXPECT_EQ((*found)->expires, kNow + 3600);
  }
  EXPECT_FALSE(sessions_->find(session.token, kNow + 3600, false)->has_value());

  HttpRequest request;
  EXPECT_TRUE(is_users_doing(request));
  request.headers = {{"Accept", "application/json"}};
  EXPECT_TRUE(is_users_doing(request));
  request.headers = {{"accept", "text/event-stream"}};
  EXPECT_FALSE(is_users_doing(request));
  request.headers = {{"X-Vigil-Background", "1"}};
  EXPECT_FALSE(is_users_doing(request));
}

TEST_F(ConsoleLogin, LoggingOutEndsIt) {
  const NewSession session = log_in();
  ASSERT_TRUE(sessions_->end(session.token));
  EXPECT_FALSE(sessions_->find(session.token, kNow)->has_value());
  for (const std::string& bad : {std::string(), std::string("x"), std::string(64, '\'')}) {
    EXPECT_FALSE(sessions_->find(bad, kNow)->has_value());
    EXPECT_TRUE(sessions_->end(bad));
  }
}

TEST_F(ConsoleLogin, ANewPasswordEndsTheSessionsOfTheOld) {
  const NewSession session = log_in();
  ASSERT_TRUE(put_user_with_password(*store_, passwords_, kAccount,
                                     {"alice", "another password", false}, kNow));
  EXPECT_FALSE(sessions_->find(session.token, kNow)->has_value());
  EXPECT_FALSE(login_->log_in("alice", kPassword, kRemote, kNow));
  EXPECT_TRUE(login_->log_in("alice", "another password", kRemote, kNow));
  EXPECT_FALSE(
      put_user_with_password(*store_, passwords_, kAccount, {"bad name", kPassword, false}, kNow));
}

TEST_F(ConsoleLogin, TheStoreCannotBeUsedToLogIn) {
  const NewSession session = log_in();
  ASSERT_TRUE(store_->read([&](store::Connection& from) {
    return from.query("SELECT token_hash FROM console_session", {}, [&](const store::Row& row) {
      EXPECT_EQ(row.text(0).size(), 32U);
      EXPECT_EQ(session.token.find(row.text(0)), std::string::npos);
      return true;
    });
  }));
}

TEST(SessionCookie, IsReadAmongOthers) {
  HttpRequest request;
  EXPECT_EQ(session_token(request), "");
  request.headers = {{"Cookie", "a=b; vigil_session=abc123 ; xvigil_session=no"}};
  EXPECT_EQ(session_token(request), "abc123");
  request.headers = {{"cookie", "a=b"}, {"Cookie", "vigil_session=x=y"}};
  EXPECT_EQ(session_token(request), "x=y");
  request.headers = {{"Cookie", "vigil_session"}};
  EXPECT_EQ(session_token(request), "");
}

TEST(SessionCookie, IsOutOfReachOfScriptsAndOtherSites) {
  const NewSession session{.token = "t", .csrf = "c", .expires = 1030, .latest = 1060};
  EXPECT_EQ(session_cookie(session, true, 1000),
            "vigil_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(session_cookie(session, false, 1000),
            "vigil_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
  EXPECT_EQ(ended_session_cookie(true),
            "vigil_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
}

}  // namespace
}  // namespace vigil::server
