// What holds for every request, whatever it asks.
#include "server/testing/service_test.h"

#include "server/first_start.h"

namespace vigil::server {
namespace {

using AnyRequest = testing::WithService;

TEST_F(AnyRequest, NoAnswerIsKept) {
  const Page admin = log_in("admin");
  for (const char* path : {"/vigil/v1/session", "/vigil/v1/health", "/vigil/v1/users",
                           "/vigil/v1/intelligence", "/vigil/v1/metrics", "/vigil/v1/resources"}) {
    Seen answer = ask(admin, "GET", path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.headers["Cache-Control"], "no-store") << path;
  }
  EXPECT_EQ(ask(admin, "POST", "/findings/list", "{}").headers["Cache-Control"], "no-store");
  EXPECT_EQ(send("GET", "/vigil/v1/users", {}, {}).headers["Cache-Control"], "no-store");
}

TEST_F(AnyRequest, ThatAPageOfAnotherSiteSendsIsRefusedWithASession) {
  const Page admin = log_in("admin");
  const auto status = [&](const std::string& method, const std::string& path, Header header) {
    return send(method, path, "{}",
                {{"Cookie", admin.cookie}, {"x-vigil-csrf", admin.csrf}, std::move(header)})
        .status;
  };
  const Header elsewhere[] = {{"Sec-Fetch-Site", "cross-site"},
                              {"Sec-Fetch-Site", "same-site"},
                              {"Origin", "https://evil.example"},
                              {"Origin", "http://vigil.example:8081"},
                              {"Origin", "http://vigil.example.evil.example"},
                              {"Origin", "null"}};
  for (const Header& header : elsewhere) {
    EXPECT_EQ(status("GET", "/vigil/v1/users", header), 403) << header.value;
    EXPECT_EQ(status("POST", "/findings/list", header), 403) << header.value;
    EXPECT_EQ(try_log_in("admin", kPassword, {header}).status, 403) << header.value;
  }
  const Header here[] = {{"Sec-Fetch-Site", "same-origin"},
                         {"Sec-Fetch-Site", "none"},
                         {"Origin", "http://vigil.example"},
                         {"Origin", "https://VIGIL.example"}};
  for (const Header& header : here) {
    EXPECT_EQ(status("GET", "/vigil/v1/users", header), 200) << header.value;
    EXPECT_EQ(status("POST", "/findings/list", header), 200) << header.value;
    EXPECT_EQ(try_log_in("admin", kPassword, {header}).status, 200) << header.value;
  }
  // Behind a proxy that changes the host, the browser's own word counts.
  EXPECT_EQ(send("GET", "/vigil/v1/users", {},
                 {{"Cookie", admin.cookie},
                  {"Sec-Fetch-Site", "same-origin"},
                  {"Origin", "https://console.example"}})
                .status,
            200);
}

TEST_F(AnyRequest, OfASessionNeedsItsSecondTokenUnlessItIsAGet) {
  const Page admin = log_in("admin");
  const std::vector<Header> cookie = {{"Cookie", admin.cookie}};
  EXPECT_EQ(send("GET", "/vigil/v1/users", {}, cookie).status, 200);
  EXPECT_EQ(send("DELETE", "/vigil/v1/users/alice", {}, cookie).status, 403);
  EXPECT_EQ(send("POST", "/vigil/v1/keys", R"({"holder":"x"})", cookie).status, 403);
  EXPECT_EQ(ask({admin.cookie, "x"}, "DELETE", "/vigil/v1/users/alice").status, 403);
}

TEST(Welcome, NamesTheConsoleFirst) {
  const std::string text = welcome({.account = "000000000000",
                                    .access_key_id = "AKIAEXAMPLE",
                                    .secret_access_key = "secret",
                                    .user = "admin",
                                    .password = "w4kd-abcd"},
                                   "http://127.0.0.1:8080", "eu-west-1");
  const std::size_t console =
      text.find("Open http://127.0.0.1:8080/ and log in as admin with password w4kd-abcd\n");
  ASSERT_NE(console, std::string::npos) << text;
  EXPECT_LT(console, text.find("export AWS_ACCESS_KEY_ID=AKIAEXAMPLE\n")) << text;
  EXPECT_NE(text.find("000000000000"), std::string::npos) << text;
}

}  // namespace
}  // namespace vigil::server
