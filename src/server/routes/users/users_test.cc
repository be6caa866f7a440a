// The users of the console: GET, POST and DELETE of /vigil/v1/users, and PUT of a password.
#include "server/testing/service_test.h"

namespace vigil::server {
namespace {

constexpr std::string_view kNew = "three lamps and a piano";

std::string user(const std::string& name, std::string_view password = kNew,
                 bool administrator = false) {
  return R"({"name":")" + name + R"(","password":")" + std::string(password) +
         R"(","administrator":)" + (administrator ? "true" : "false") + "}";
}
std::string change(std::string_view password, std::string_view current = {}) {
  return R"({"password":")" + std::string(password) + R"(","current":")" + std::string(current) +
         R"("})";
}

using Users = testing::WithService;

TEST_F(Users, AreListedWithTheirSessionsForTheirAccountOnly) {
  const Page admin = log_in("admin");
  static_cast<void>(log_in("alice"));
  static_cast<void>(log_in("alice"));
  Seen list = ask(admin, "GET", "/vigil/v1/users");
  ASSERT_EQ(list.status, 200) << list.body;
  std::vector<std::string> names;
  for (const base::Json& one : list.json()["users"].items()) {
    names.emplace_back(one["name"].text());
    EXPECT_GT(one["createdAt"].integer(), 1'700'000'000);
    EXPECT_EQ(one["administrator"].truth(), names.back() == "admin");
    EXPECT_EQ(one["sessions"].integer(), names.back() == "admin" ? 1 : 2);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"admin", "alice"}));
  EXPECT_EQ(list.body.find("argon2"), std::string::npos);
}

TEST_F(Users, AMadeOneCanLogIn) {
  const Page admin = log_in("admin");
  Seen made = ask(admin, "POST", "/vigil/v1/users", user("eve", kNew, true));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.json()["name"].text(), "eve");
  EXPECT_EQ(made.json()["administrator"].truth(), true);
  EXPECT_EQ(made.body.find(kNew), std::string::npos);
  const Page eve = log_in("eve", kNew);
  EXPECT_EQ(ask(eve, "GET", "/vigil/v1/session").json()["account"].text(), kAccount);
  EXPECT_EQ(ask(eve, "GET", "/vigil/v1/users").status, 200);
}

TEST_F(Users, AreForAdministrators) {
  const Page alice = log_in("alice");
  EXPECT_EQ(ask(alice, "GET", "/vigil/v1/users").status, 403);
  EXPECT_EQ(ask(alice, "POST", "/vigil/v1/users", user("eve")).status, 403);
  EXPECT_EQ(ask(alice, "DELETE", "/vigil/v1/users/admin").status, 403);
  EXPECT_EQ(ask(alice, "PUT", "/vigil/v1/users/admin/password", change(kNew, kPassword)).status,
            403);
  EXPECT_EQ(send("GET", "/vigil/v1/users", {}, {}).status, 403);
  EXPECT_EQ(try_log_in("eve", kNew).status, 403);
  EXPECT_EQ(try_log_in("admin", kPassword).status, 200);
}

TEST_F(Users, AnAccessKeyIsNoUserWhateverItsHolderIsCalled) {
  // As the first start issues one: to "admin".
  Service service({*estate_, *login_, *sessions_, logger_, nullptr, &installation_},
                  [](const HttpRequest&, const Demand&) -> Authenticated {
                    return Identity{.account = std::string(kAccount),
                                    .principal = "admin",
                                    .region = "us-east-1",
                                    .user = false,
                                    .administrator = false};
                  });
  const auto status = [&](const std::string& method, const std::string& target,
                          const std::string& body) {
    return service
        .handle({.method = method,
                 .target = target,
                 .headers = {},
                 .body = body,
                 .remote = "192.0.2.1:4711",
                 .secure = false})
        .status;
  };
  EXPECT_EQ(status("GET", "/vigil/v1/users", {}), 403);
  EXPECT_EQ(status("POST", "/vigil/v1/users", user("eve")), 403);
  EXPECT_EQ(status("DELETE", "/vigil/v1/users/alice", {}), 403);
  EXPECT_EQ(status("PUT", "/vigil/v1/users/admin/password", change(kNew, kPassword)), 403);
  EXPECT_EQ(status("GET", "/vigil/v1/keys", {}), 403);
  EXPECT_EQ(status("POST", "/vigil/v1/keys", R"({"holder":"x"})"), 403);
  EXPECT_EQ(try_log_in("admin", kPassword).status, 200) << "nothing has changed";
}

TEST_F(Users, NamesAndPasswordsHaveRules) {
  const Page admin = log_in("admin");
  for (const char* name : {"", "two words", "a/b", "x\\u0000y"}) {
    Seen refused = ask(admin, "POST", "/vigil/v1/users", user(name));
    EXPECT_EQ(refused.status, 400) << name;
    EXPECT_NE(refused.body.find("\"name\":\"name\""), std::string::npos) << refused.body;
  }
  for (const char* password : {"", "short", "password1234", "eve-eve-eve-eve-"}) {
    Seen refused = ask(admin, "POST", "/vigil/v1/users", user("eve", password));
    EXPECT_EQ(refused.status, 400) << password;
    EXPECT_NE(refused.body.find("\"name\":\"password\""), std::string::npos) << refused.body;
    EXPECT_EQ(ask(admin, "PUT", "/vigil/v1/users/alice/password", change(password)).status, 400)
        << password;
  }
  EXPECT_EQ(ask(admin, "POST", "/vigil/v1/users", "[]").status, 400);
  EXPECT_EQ(ask(admin, "POST", "/vigil/v1/users", "{").status, 400);
  // A name is taken whoever has it: people log in without saying which account is theirs.
  EXPECT_EQ(ask(admin, "POST", "/vigil/v1/users", user("alice")).status, 409);
  EXPECT_EQ(ask(admin, "POST", "/vigil/v1/users", user("stranger")).status, 409);
  EXPECT_EQ(try_log_in("alice", kPassword).status, 200);
}

TEST_F(Users, ARemovedOneIsOutAtOnce) {
  const Page admin = log_in("admin");
  const Page alice = log_in("alice");
  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/users/alice").status, 200);
  EXPECT_FALSE(is_logged_in(alice));
  EXPECT_EQ(try_log_in("alice", kPassword).status, 403);
  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/users/alice").status, 404);
}

TEST_F(Users, NobodyRemovesHimself) {
  const Page admin = log_in("admin");
  put_user("second", true);
  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/users/admin").status, 409);
  EXPECT_TRUE(is_logged_in(admin));
}

TEST_F(Users, TheLastAdministratorOfAnAccountStays) {
  const std::int64_t account = store::account_number(kAccount).value_or(0);
  const auto removed = remove_user(estate_->store(), account, "admin");
  ASSERT_FALSE(removed);  // "stranger" is one of another account
  EXPECT_EQ(removed.error().status, 409);
  EXPECT_TRUE(remove_user(estate_->store(), account, "alice"));
  put_user("second", true);
  EXPECT_TRUE(remove_user(estate_->store(), account, "admin"));
}

TEST_F(Users, OfAnotherAccountAreNotThere) {
  const Page admin = log_in("admin");
  const Page stranger = log_in("stranger");
  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/users/stranger").status, 404);
  EXPECT_EQ(ask(admin, "PUT", "/vigil/v1/users/stranger/password", change(kNew)).status, 404);
  EXPECT_EQ(ask(admin, "PUT", "/vigil/v1/users/nobody/password", change(kNew)).status, 404);
  EXPECT_TRUE(is_logged_in(stranger));
  EXPECT_EQ(try_log_in("stranger", kPassword).status, 200);
}

TEST_F(Users, OnesOwnPasswordNeedsTheCurrentOneAndEndsTheOtherSessions) {
  for (const char* name : {"alice", "admin"}) {
    const std::string path = "/vigil/v1/users/" + std::string(name) + "/password";
    const Page here = log_in(name);
    const Page elsewhere = log_in(name);
    EXPECT_EQ(ask(here, "PUT", path, change(kNew)).status, 403) << name;
    EXPECT_EQ(ask(here, "PUT", path, change(kNew, "not the current")).status, 403) << name;
    EXPECT_EQ(ask(here, "PUT", path, change("password1234", kPassword)).status, 400) << name;
    EXPECT_TRUE(is_logged_in(elsewhere)) << name;
    EXPECT_EQ(ask(here, "PUT", path, change(kNew, kPassword)).status, 200) << name;
    EXPECT_TRUE(is_logged_in(here)) << name;
    EXPECT_FALSE(is_logged_in(elsewhere)) << name;
    EXPECT_EQ(try_log_in(name, kPassword).status, 403) << name;
    EXPECT_EQ(try_log_in(name, kNew).status, 200) << name;
  }
}

TEST_F(Users, GuessingTheCurrentPasswordIsSlowedDown) {
  const Page alice = log_in("alice");
  const std::string path = "/vigil/v1/users/alice/password";
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(ask(alice, "PUT", path, change(kNew, "a guess")).status, 403);
  }
  Seen refused = ask(alice, "PUT", path, change(kNew, kPassword));
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(refused.headers["Retry-After"], "");
}

TEST_F(Users, AnAdministratorGivesOthersANewPassword) {
  const Page admin = log_in("admin");
  const Page alice = log_in("alice");
  EXPECT_EQ(ask(admin, "PUT", "/vigil/v1/users/alice/password", change(kNew)).status, 200);
  EXPECT_FALSE(is_logged_in(alice));
  EXPECT_EQ(try_log_in("alice", kPassword).status, 403);
  EXPECT_EQ(try_log_in("alice", kNew).status, 200);
  EXPECT_EQ(ask(admin, "PUT", "/vigil/v1/users/alice/password", "x").status, 400);
}

TEST_F(Users, TheLogSaysWhoDidWhatAndNoSecret) {
  ::testing::internal::CaptureStderr();
  const Page admin = log_in("admin");
  ask(admin, "POST", "/vigil/v1/users", user("eve", kNew));
  ask(admin, "PUT", "/vigil/v1/users/eve/password", change("a kettle on the moon"));
  ask(admin, "DELETE", "/vigil/v1/users/eve");
  try_log_in("alice", "wrong-password-1");
  try_log_in("my-password-by-mistake", "x");
  ask(admin, "DELETE", "/vigil/v1/session");
  const std::string log = ::testing::internal::GetCapturedStderr();
  for (const char* said :
       {R"(audit action="logged in" principal=admin remote=192.0.2.1:4711)",
        R"(audit action="made a user" about=eve principal=admin remote=192.0.2.1:4711)",
        R"(audit action="changed a password" about=eve principal=admin)",
        R"(audit action="removed a user" about=eve principal=admin)",
        R"(audit action="failed to log in" principal=alice)",
        R"(audit action="failed to log in" principal=unknown)",
        R"(audit action="logged out" principal=admin)"}) {
    EXPECT_NE(log.find(said), std::string::npos) << said << "\n" << log;
  }
  for (const std::string& secret :
       {std::string(kNew), std::string(kPassword), std::string("kettle"),
        std::string("wrong-password-1"), std::string("by-mistake"), admin.csrf,
        admin.cookie.substr(14)}) {
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace vigil::server
