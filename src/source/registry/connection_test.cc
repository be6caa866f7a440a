// A registry that is not to be trusted, on a loopback port.
#include "source/registry/connection.h"

#include <gtest/gtest.h>

#include "base/testing/web_server_test.h"
#include "source/registry/testing/quick_options_test.h"

namespace vigil::source::registry {
namespace {

using base::WebReply;
using base::WebRequest;
using base::WebServer;
using std::chrono::milliseconds;

Options quick() {
  Options options = testing::quick_options();
  options.longest_wait = milliseconds(2'000);
  return options;
}

Get manifest_of(std::string repository) {
  Get get;
  get.target = "/v2/" + repository + "/manifests/1";
  get.repository = std::move(repository);
  return get;
}

WebReply refused(const std::string& challenge) {
  return {.status = "401 Unauthorized",
          .headers = "WWW-Authenticate: " + challenge + "\r\n",
          .body = R"({"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]})"};
}

TEST(RegistryConnection, AnswersWithoutAnyFuss) {
  WebServer server([](const WebRequest&) { return WebReply{.body = "hello"}; });
  Connection connection(server.host(), quick(), true);
  const auto answer = connection.get(manifest_of("a/b"));
  ASSERT_TRUE(answer) << answer.error().error.text();
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(server.requests().size(), 1U);  // the greeting in TLS was hung up on
}

TEST(RegistryConnection, BasicAuthenticationAfterBeingAsked) {
  WebServer server([](const WebRequest& request) {
    if (request.has("Authorization: Basic dXNlcjpwYXNz\r\n")) return WebReply{.body = "in"};
    return refused("Basic realm=\"x\"");
  });
  Options options = quick();
  options.user = "user";
  options.password = "pass";
  Connection connection(server.url(""), options, true);
  for (int i = 0; i < 2; ++i) {
    const auto answer = connection.get(manifest_of("a"));
    ASSERT_TRUE(answer) << answer.error().error.text();
    EXPECT_EQ(answer->body, "in");
  }
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);  // the second time it is known what is wanted
  EXPECT_FALSE(requests[0].has("Authorization"));
}

TEST(RegistryConnection, ATokenForEachRepository) {
  WebServer* self = nullptr;
  WebServer server([&](const WebRequest& request) {
    if (request.target.starts_with("/token")) {
      const bool a = request.target.find("repository%3Aa%3Apull") != std::string::npos;
      return WebReply{.body = a ? R"({"token":"for-a"})" : R"({"access_token":"for-b"})"};
    }
    const std::string name = request.target.substr(4, 1);
    if (request.has("Authorization: Bearer for-" + name + "\r\n")) return WebReply{.body = name};
    return refused("Bearer realm=\"" + self->url("/token") +
                   "\",service=\"s\",scope=\"repository:" + name + ":pull\"");
  });
  self = &server;
  Options options = quick();
  options.user = "user";
  options.password = "pass";
  Connection connection(server.url(""), options, true);
  EXPECT_EQ(connection.get(manifest_of("a"))->body, "a");
  EXPECT_EQ(connection.get(manifest_of("b"))->body, "b");
  EXPECT_EQ(connection.get(manifest_of("a"))->body, "a");
  EXPECT_EQ(server.count("/token?service=s&scope=repository%3Aa%3Apull"), 1U);
  for (const WebRequest& request : server.requests()) {
    // The password goes to the token server and nowhere else.
    EXPECT_EQ(request.has("Authorization: Basic"), request.target.starts_with("/token"));
  }
}

TEST(RegistryConnection, ATokenThatIsNoLongerGoodIsReplacedOnce) {
  WebServer* self = nullptr;
  std::atomic<int> tokens = 0;
  std::atomic<bool> revoked = false;
  WebServer server([&](const WebRequest& request) {
    if (request.target.starts_with("/token")) {
      return WebReply{.body =
                          R"({"token":"t)" + std::to_string(++tokens) + R"(","expires_in":300})"};
    }
    const bool good = request.has(revoked ? "Bearer t2" : "Bearer t1");
    return good ? WebReply{.body = "in"} : refused("Bearer realm=\"" + self->url("/token") + "\"");
  });
  self = &server;
  Connection connection(server.url(""), quick(), true);
  EXPECT_TRUE(connection.get(manifest_of("a")));
  revoked = true;
  EXPECT_TRUE(connection.get(manifest_of("a")));
  EXPECT_EQ(tokens, 2);
}

TEST(RegistryConnection, DoesNotProveItselfForever) {
  WebServer* self = nullptr;
  WebServer server([&](const WebRequest& request) {
    if (request.target.starts_with("/token")) return WebReply{.body = R"({"token":"t"})"};
    return refused("Bearer realm=\"" + self->url("/token") + "\"");
  });
  self = &server;
  Connection connection(server.url(""), quick(), true);
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().error.what,
            "the registry answers with HTTP status 401, UNAUTHORIZED: authentication required");
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST(RegistryConnection, TriesAgainWhatIsTemporary) {
  std::atomic<int> count = 0;
  WebServer server([&](const WebRequest&) {
    switch (++count) {
      case 1:
        return WebReply{.status = "503 Service Unavailable"};
      case 2:
        return WebReply{.status = "429 Too Many Requests", .headers = "Retry-After: 1\r\n"};
      case 3:
        return WebReply{.body = "long enough to be cut", .cut_after = 4};
      default:
        return WebReply{.body = "at last"};
    }
  });
  const auto begun = std::chrono::steady_clock::now();
  Connection connection(server.url(""), quick(), true);
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_TRUE(answer) << answer.error().error.text();
  EXPECT_EQ(answer->body, "at last");
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1));
}

TEST(RegistryConnection, DoesNotWaitAsLongAsItIsTold) {
  WebServer server([](const WebRequest&) {
    return WebReply{.status = "429 Too Many Requests", .headers = "Retry-After: 86400\r\n"};
  });
  Connection connection(server.url(""), quick(), true);
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().error.hint.find("too many requests"), std::string::npos);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST(RegistryConnection, ARegistryThatHangsIsLeft) {
  WebServer server([](const WebRequest&) { return WebReply{.delay = std::chrono::minutes(1)}; });
  Options options = quick();
  options.small_timeout = milliseconds(200);
  options.attempts = 2;
  Connection connection(server.url(""), options, true);
  const auto begun = std::chrono::steady_clock::now();
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().error.what.find("too slow"), std::string::npos)
      << answer.error().error.text();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

TEST(RegistryConnection, CredentialsDoNotGoWhereARedirectLeads) {
  WebServer storage([](const WebRequest&) { return WebReply{.body = "blob"}; });
  WebServer server([&](const WebRequest& request) {
    if (!request.has("Authorization: Basic")) return refused("Basic realm=\"x\"");
    return WebReply{.status = "307 Temporary Redirect",
                    .headers = "Location: " + storage.url("/blob?signature=1") + "\r\n"};
  });
  Options options = quick();
  options.user = "user";
  options.password = "pass";
  Connection connection(server.url(""), options, true);
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_TRUE(answer) << answer.error().error.text();
  EXPECT_EQ(answer->body, "blob");
  const auto requests = storage.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_FALSE(requests[0].has("Authorization"));
}

TEST(RegistryConnection, RedirectsToWhereItMayNotLeadAreRefused) {
  for (const std::string location :
       {"http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://0.0.0.0/",
        "file:///etc/passwd", "ftp://127.0.0.1/", "http://[::ffff:169.254.169.254]/",
        "http://2852039166/", "http://user:password@127.0.0.1/"}) {
    WebServer server([&](const WebRequest&) {
      return WebReply{.status = "302 Found", .headers = "Location: " + location + "\r\n"};
    });
    Connection connection(server.url(""), quick(), true);
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = connection.get(manifest_of("a"));
    ASSERT_FALSE(answer) << location;
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1)) << location;
    EXPECT_TRUE(answer.error().error.what.starts_with("leads to") ||
                answer.error().error.what.starts_with("redirected to what is no web address"))
        << answer.error().error.text();
  }
}

TEST(RegistryConnection, RedirectsInACircleEnd) {
  WebServer server([](const WebRequest& request) {
    return WebReply{.status = "302 Found", .headers = "Location: " + request.target + "x\r\n"};
  });
  Connection connection(server.url(""), quick(), true);
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().error.what, "too many redirects");
  EXPECT_EQ(server.requests().size(), 6U);
}

TEST(RegistryConnection, ATokenServerElsewhereIsJudgedToo) {
  WebServer server([](const WebRequest&) {
    return refused("Bearer realm=\"http://169.254.169.254/token\",service=\"s\"");
  });
  Options options = quick();
  options.user = "user";
  options.password = "pass";
  Connection connection(server.url(""), options, true);
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().error.what, "leads to a link-local address");
}

TEST(RegistryConnection, AnEndlessAnswerIsRefused) {
  WebServer server([](const WebRequest&) {
    return WebReply{.body = std::string(1 << 20, 'x'), .no_length = true};
  });
  Connection connection(server.url(""), quick(), true);
  Get get = manifest_of("a");
  get.max_bytes = 1000;
  const auto answer = connection.get(get);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().error.code, ErrorCode::TooLarge);
}

TEST(RegistryConnection, WhatARegistrySaysIsShownWithoutItsControlCharacters) {
  WebServer server([](const WebRequest&) {
    return WebReply{.status = "404 Not Found",
                    .body = R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"\u001b[31mno"}]})"};
  });
  Connection connection(server.url(""), quick(), true);
  const auto answer = connection.get(manifest_of("a"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().error.code, ErrorCode::NotFound);
  EXPECT_EQ(answer.error().error.what,
            "the registry answers with HTTP status 404, MANIFEST_UNKNOWN:  [31mno");
}

TEST(RegistryConnection, WithoutTlsOnlyWhereItIsAllowed) {
  WebServer server([](const WebRequest&) { return WebReply{.body = "x"}; });
  const std::string port = server.host().substr(server.host().find(':'));
  // A name that is this machine's but does not look like it: only TLS is tried.
  Connection connection("not-local.invalid" + port, quick(), true);
  EXPECT_FALSE(connection.get(manifest_of("a")));
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace vigil::source::registry
