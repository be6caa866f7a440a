#include "base/http.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/file.h"
#include "base/testing/http_server_test.h"
#include "base/text.h"

namespace vigil::base {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

using Reply = HttpReply;
using Server = HttpServer;

Reply reply(std::string_view status, std::string_view headers, std::string_view body) {
  return http_reply(status, headers, body);
}

class Http : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name :
         {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
      ::unsetenv(name);
    }
    directory_ = testing::TempDir() + "vigil_http_" + std::to_string(::getpid());
    ASSERT_TRUE(make_directories(directory_));
    path_ = directory_ + "/feed.zip";
    options_.allow_http = true;
    options_.first_wait = milliseconds(10);
    options_.connect_timeout = seconds(5);
    options_.total_timeout = seconds(20);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::string content() const { return read_file(path_, 1 << 20).value_or(""); }
  [[nodiscard]] std::vector<std::string> left_over() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  std::string directory_;
  std::string path_;
  HttpOptions options_;
};

TEST_F(Http, GetsABody) {
  Server server({reply("200 OK", "ETag: \"v1\"\r\nLast-Modified: Tue, 10 Nov 2026 10:00:00 GMT\r\n",
                       "hello")});
  options_.user_agent = "vigil/9.9 test";
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_TRUE(body) << body.error().text();
  EXPECT_EQ(body->bytes, "hello");
  EXPECT_EQ(body->response.etag, "\"v1\"");
  EXPECT_EQ(body->response.last_modified, "Tue, 10 Nov 2026 10:00:00 GMT");
  EXPECT_EQ(body->response.bytes, 5U);
  EXPECT_NE(server.requests().at(0).find("User-Agent: vigil/9.9 test\r\n"), std::string::npos);
}

TEST_F(Http, AsksConditionallyAndTakesNotModified) {
  Server server({reply("304 Not Modified", "ETag: \"v1\"\r\n", "")});
  ASSERT_TRUE(write_file_atomically(path_, "old"));
  const auto response = http_download(
      {.url = server.url("/x"), .etag = "\"v1\"", .last_modified = "Tue, 10 Nov 2026 10:00:00 GMT"},
      options_, path_);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_TRUE(response->not_modified);
  EXPECT_EQ(response->etag, "\"v1\"");
  EXPECT_EQ(response->last_modified, "Tue, 10 Nov 2026 10:00:00 GMT");
  const std::string request = server.requests().at(0);
  EXPECT_NE(request.find("If-None-Match: \"v1\"\r\n"), std::string::npos) << request;
  EXPECT_NE(request.find("If-Modified-Since: Tue, 10 Nov 2026 10:00:00 GMT\r\n"),
            std::string::npos);
  EXPECT_EQ(content(), "old");
  EXPECT_EQ(left_over(), std::vector<std::string>{"feed.zip"});
}

TEST_F(Http, DownloadsBesideAndRenames) {
  Server server({reply("200 OK", "", "new")});
  ASSERT_TRUE(write_file_atomically(path_, "old"));
  const auto response = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(content(), "new");
  EXPECT_FALSE(response->resumed);
  EXPECT_EQ(left_over(), std::vector<std::string>{"feed.zip"});
}

TEST_F(Http, AnEmptyBodyIsAnEmptyFile) {
  for (const char* headers : {"", "Transfer-Encoding: chunked\r\n"}) {
    Server server({reply("200 OK", headers, *headers == '\0' ? "" : "0\r\n\r\n")});
    ASSERT_TRUE(write_file_atomically(path_ + ".part", "stale"));
    const auto response = http_download({.url = server.url("/x")}, options_, path_);
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->bytes, 0U);
    EXPECT_TRUE(exists(path_));
    EXPECT_EQ(content(), "");
  }
}

TEST_F(Http, FollowsRedirectsUpToALimit) {
  Server target({reply("200 OK", "", "there")});
  Server server({reply("302 Found", "Location: " + target.url("/moved") + "\r\n", "")});
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_TRUE(body) << body.error().text();
  EXPECT_EQ(body->bytes, "there");
  EXPECT_EQ(body->response.url, target.url("/moved"));

  Server circle({reply("302 Found", "Location: /again\r\n", "")});
  options_.redirects = 3;
  const auto endless = http_get({.url = circle.url("/x")}, options_);
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().what, "too many redirects");
  EXPECT_EQ(circle.requests().size(), 4U);
}

TEST_F(Http, FollowsNoRedirectToAFile) {
  Server server({reply("302 Found", "Location: file:///etc/passwd\r\n", "")});
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().code, ErrorCode::Network);
}

TEST_F(Http, RefusesOtherSchemes) {
  options_.allow_http = false;
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"file:///etc/passwd", "not an https address"},
      {"ftp://example.org/x", "not an https address"},
      {"example.org/x", "not an https address"},
      {"", "not an https address"},
      {"http://127.0.0.1:9/x", "an address without encryption"},
  };
  for (const auto& [url, error] : cases) {
    const auto body = http_get({.url = url}, options_);
    ASSERT_FALSE(body) << url;
    EXPECT_EQ(body.error().what, error) << url;
    EXPECT_FALSE(http_download({.url = url}, options_, path_));
  }
  EXPECT_TRUE(left_over().empty());
}

TEST_F(Http, CompletesWhatWasCutOff) {
  const std::string whole = "0123456789";
  Server server({reply("200 OK", "ETag: \"v1\"\r\nContent-Length: 10\r\n", whole.substr(0, 4)),
                 reply("206 Partial Content", "ETag: \"v1\"\r\nContent-Range: bytes 4-9/10\r\n",
                       whole.substr(4))});
  const auto response = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(content(), whole);
  EXPECT_TRUE(response->resumed);
  EXPECT_EQ(response->bytes, 10U);
  const std::string second = server.requests().at(1);
  EXPECT_NE(second.find("Range: bytes=4-\r\n"), std::string::npos) << second;
  EXPECT_NE(second.find("If-Range: \"v1\"\r\n"), std::string::npos) << second;
  EXPECT_EQ(left_over(), std::vector<std::string>{"feed.zip"});
}

TEST_F(Http, CompletesWhatAnEarlierProcessLeft) {
  Server server(
      {reply("200 OK", "Last-Modified: Tue, 10 Nov 2026 10:00:00 GMT\r\nContent-Length: 10\r\n",
             "0123"),
       reply("206 Partial Content", "Content-Range: bytes 4-9/10\r\n", "456789")});
  options_.attempts = 1;
  const auto cut = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, ErrorCode::Network);
  EXPECT_FALSE(exists(path_));
  EXPECT_EQ(left_over(), (std::vector<std::string>{"feed.zip.part", "feed.zip.part.from"}));
  const auto response = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(content(), "0123456789");
}

TEST_F(Http, BeginsAnewIfTheFileHasChanged) {
  Server server({reply("200 OK", "ETag: \"v1\"\r\nContent-Length: 10\r\n", "0123"),
                 reply("200 OK", "ETag: \"v2\"\r\n", "abc")});
  const auto response = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(content(), "abc");
  EXPECT_FALSE(response->resumed);
}

TEST_F(Http, BeginsAnewIfTheRangeIsPastTheEnd) {
  Server server({reply("200 OK", "ETag: \"v1\"\r\nContent-Length: 10\r\n", "0123"),
                 reply("416 Range Not Satisfiable", "", ""), reply("200 OK", "", "abc")});
  const auto response = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(content(), "abc");
  EXPECT_EQ(server.requests().at(2).find("Range:"), std::string::npos);
}

TEST_F(Http, AppendsOnlyThePartItAskedFor) {
  Server server({reply("200 OK", "ETag: \"v1\"\r\nContent-Length: 10\r\n", "0123"),
                 reply("206 Partial Content", "Content-Range: bytes 2-9/10\r\n", "23456789")});
  const auto response = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_FALSE(response);
  EXPECT_NE(response.error().what.find("not asked for"), std::string::npos);
}

TEST_F(Http, DoesNotResumeWithoutAStrongValidator) {
  for (const char* headers :
       {"Content-Length: 10\r\n", "ETag: W/\"v1\"\r\nContent-Length: 10\r\n"}) {
    Server server({reply("200 OK", headers, "0123"), reply("200 OK", "", "abc")});
    const auto response = http_download({.url = server.url("/x")}, options_, path_);
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(server.requests().at(1).find("Range:"), std::string::npos);
    EXPECT_EQ(content(), "abc");
  }
}

TEST_F(Http, TriesAgainWhenTheServerIsBusy) {
  Server server(
      {reply("503 Service Unavailable", "Retry-After: 1\r\n", "busy"), reply("200 OK", "", "ok")});
  const auto from = std::chrono::steady_clock::now();
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_TRUE(body) << body.error().text();
  EXPECT_EQ(body->bytes, "ok");
  EXPECT_GE(std::chrono::steady_clock::now() - from, milliseconds(990)) << "Retry-After counts";
}

TEST_F(Http, GivesUpAfterItsAttempts) {
  Server server({reply("500 Internal Server Error", "", "")});
  options_.attempts = 3;
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().what, "the server answers with HTTP status 500");
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(Http, DoesNotWaitLongerThanAllowed) {
  Server server({reply("429 Too Many Requests", "Retry-After: 3600\r\n", "")});
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().hint, "the server asks to come back in 3,600 seconds");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Http, DoesNotRetryWhatStaysWrong) {
  Server server({reply("404 Not Found", "", "no such page")});
  const auto response = http_download({.url = server.url("/x")}, options_, path_);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::NotFound);
  EXPECT_EQ(response.error().what, "the server answers with HTTP status 404");
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_TRUE(left_over().empty());
}

TEST_F(Http, StopsAtTheSizeLimit) {
  options_.max_bytes = 5;
  const std::vector<Reply> replies = {
      reply("200 OK", "", "123456"),                                                   // announced
      reply("200 OK", "Transfer-Encoding: chunked\r\n", "6\r\n123456\r\n0\r\n\r\n")};  // not
  for (const Reply& one : replies) {
    Server server({one});
    const auto body = http_get({.url = server.url("/x")}, options_);
    ASSERT_FALSE(body);
    EXPECT_EQ(body.error().code, ErrorCode::TooLarge);
    const auto file = http_download({.url = server.url("/x")}, options_, path_);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, ErrorCode::TooLarge);
    EXPECT_TRUE(left_over().empty());
    EXPECT_EQ(server.requests().size(), 2U);
  }
}

TEST_F(Http, GivesUpOnASlowServer) {
  options_.attempts = 1;
  options_.stall_timeout = seconds(1);
  Reply stalling = reply("200 OK", "Content-Length: 10\r\n", "01");
  stalling.linger = seconds(20);
  Server server({stalling});
  const auto from = std::chrono::steady_clock::now();
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_FALSE(body);
  EXPECT_NE(body.error().what.find("too slow"), std::string::npos) << body.error().text();
  EXPECT_LT(std::chrono::steady_clock::now() - from, seconds(10));
}

TEST_F(Http, SaysWhenTheOtherEndSpeaksNoTls) {
  Server server({reply("200 OK", "", "plain")});
  const auto body = http_get({.url = server.url("/x", "https")}, options_);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().code, ErrorCode::Network);
  EXPECT_NE(body.error().what.find("no TLS connection"), std::string::npos) << body.error().text();
}

TEST_F(Http, SaysWhenNobodyListens) {
  options_.attempts = 1;
  const auto body = http_get({.url = "http://127.0.0.1:1/x"}, options_);
  ASSERT_FALSE(body);
  EXPECT_NE(body.error().what.find("no connection"), std::string::npos) << body.error().text();
}

TEST_F(Http, SaysWhenANameDoesNotResolve) {
  // RFC 6761 section 6.4: names under "invalid" never exist.
  const auto body = http_get({.url = "http://host.invalid/x"}, options_);
  ASSERT_FALSE(body);
  EXPECT_NE(body.error().what.find("cannot be resolved"), std::string::npos) << body.error().text();
}

TEST_F(Http, ReportsProgressAndCanBeCancelled) {
  Server server({reply("200 OK", "", std::string(100'000, 'x'))});
  std::uint64_t most = 0;
  options_.progress = [&](std::uint64_t received, std::optional<std::uint64_t> total) {
    most = std::max(most, received);
    EXPECT_TRUE(received == 0 || total == 100'000U);
    return true;
  };
  ASSERT_TRUE(http_get({.url = server.url("/x")}, options_));
  EXPECT_EQ(most, 100'000U);

  options_.progress = [](std::uint64_t, std::optional<std::uint64_t>) { return false; };
  const auto body = http_get({.url = server.url("/x")}, options_);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().what, "cancelled");
}

TEST_F(Http, GoesThroughTheProxyOfTheEnvironment) {
  Server proxy({reply("200 OK", "", "by proxy")});
  ::setenv("http_proxy", proxy.url("").c_str(), 1);
  const auto body = http_get({.url = "http://feed.invalid/x"}, options_);
  ::unsetenv("http_proxy");
  ASSERT_TRUE(body) << body.error().text();
  EXPECT_EQ(body->bytes, "by proxy");
  EXPECT_TRUE(proxy.requests().at(0).starts_with("GET http://feed.invalid/x HTTP/1.1\r\n"));
}

TEST_F(Http, OneDownloadToAPathAtATime) {
  Reply slow = reply("200 OK", "", "x");
  slow.delay = seconds(2);
  Server server({slow});
  std::thread first(
      [&] { EXPECT_TRUE(http_download({.url = server.url("/x")}, options_, path_)); });
  for (int i = 0; i < 500 && server.requests().empty(); ++i)
    std::this_thread::sleep_for(milliseconds(10));
  const auto second = http_download({.url = server.url("/x")}, options_, path_);
  first.join();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Busy);
}

TEST_F(Http, SendsABodyAndTakesWhateverIsAnswered) {
  Server server(
      {reply("409 Conflict", "X-Amzn-ErrorType: ConflictException\r\n", "{\"digest\":1}")});
  const std::string body(300'000, 'x');
  const auto answer = http_send(
      {.method = "PUT",
       .url = server.url("/a?b=c"),
       .body = body,
       .headers = [] { return std::vector<std::string>{"Content-Type: text/plain", "X-Own: 1"}; }},
      options_);
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->status, 409);
  EXPECT_EQ(answer->error_type, "ConflictException");
  EXPECT_EQ(answer->body, "{\"digest\":1}");
  ASSERT_EQ(server.requests().size(), 1U);
  const std::string request = server.requests()[0];
  EXPECT_TRUE(request.starts_with("PUT /a?b=c HTTP/1.1\r\n"));
  EXPECT_NE(request.find("\r\nContent-Type: text/plain\r\n"), std::string::npos);
  EXPECT_NE(request.find("\r\nX-Own: 1\r\n"), std::string::npos);
  EXPECT_EQ(request.find("Expect:"), std::string::npos);
  EXPECT_TRUE(request.ends_with("\r\n\r\n" + body));
}

TEST_F(Http, SendsAgainWhatIsBusyWithHeadersOfTheirOwn) {
  Server server({reply("503 Service Unavailable", "", "later"),
                 reply("429 Too Many Requests", "Retry-After: 1\r\n", "later"),
                 reply("200 OK", "", "done")});
  int attempts = 0;
  const auto answer = http_send(
      {.method = "POST",
       .url = server.url("/"),
       .body = "b",
       .headers =
           [&] { return std::vector<std::string>{"X-Attempt: " + std::to_string(++attempts)}; }},
      options_);
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "done");
  ASSERT_EQ(server.requests().size(), 3U);
  EXPECT_NE(server.requests()[2].find("X-Attempt: 3\r\n"), std::string::npos);
}

TEST_F(Http, AfterTheLastAttemptTheAnswerIsGivenBack) {
  Server server({reply("500 Internal Server Error", "", "broken")});
  options_.attempts = 2;
  const auto answer = http_send({.method = "PUT", .url = server.url("/"), .body = "b"}, options_);
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->body, "broken");
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Http, ASignedRequestIsNotRedirected) {
  Server server({reply("307 Temporary Redirect", "Location: /elsewhere\r\n", "")});
  const auto answer = http_send({.method = "PUT", .url = server.url("/"), .body = "b"}, options_);
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->status, 307);
  EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace
}  // namespace vigil::base
