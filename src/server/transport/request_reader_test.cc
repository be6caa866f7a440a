#include "server/transport/request_reader.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

using State = RequestReader::State;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

std::string post(std::string_view headers, std::string_view body) {
  return "POST /p HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

TEST(RequestReader, ReadsByteByByteWhatItReadsAtOnce) {
  const std::string text =
      post("Transfer-Encoding: chunked\r\n", "5;x=\"y\"\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
  const RequestLimits limits;
  RequestReader whole(limits);
  RequestReader slow(limits);
  EXPECT_EQ(whole.feed(text), State::Complete);
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_NE(slow.state(), State::Complete) << i;
    slow.feed(std::string_view(text).substr(i, 1));
  }
  ASSERT_EQ(slow.state(), State::Complete);
  const HttpRequest a = whole.take();
  const HttpRequest b = slow.take();
  EXPECT_EQ(a.body, "hello world");
  EXPECT_EQ(b.body, a.body);
  EXPECT_EQ(b.method, "POST");
  EXPECT_EQ(b.target, "/p");
  EXPECT_EQ(b.header("host"), "x");
  EXPECT_EQ(whole.feed({}), State::Idle);
}

TEST(RequestReader, RequestsInOnePieceComeOneAfterTheOther) {
  const RequestLimits limits;
  RequestReader reader(limits);
  const std::string text =
      std::string(kGet) + post("Content-Length: 3\r\n", "abc") + "\r\n" + std::string(kGet);
  ASSERT_EQ(reader.feed(text), State::Complete);
  EXPECT_EQ(reader.take().target, "/a");
  ASSERT_EQ(reader.feed({}), State::Complete);
  EXPECT_EQ(reader.take().body, "abc");
  ASSERT_EQ(reader.feed({}), State::Complete);
  EXPECT_EQ(reader.take().target, "/a");
  EXPECT_EQ(reader.feed({}), State::Idle);
}

TEST(RequestReader, WhatFollowsABadRequestIsNeverRead) {
  const RequestLimits limits;
  RequestReader reader(limits);
  EXPECT_EQ(reader.feed(post("Content-Length: 4, 4\r\n", "abcd") + std::string(kGet)),
            State::Failed);
  EXPECT_EQ(reader.failure().status, 400);
  EXPECT_EQ(reader.feed(kGet), State::Failed);
}

TEST(RequestReader, FieldsBehindAChunkedBodyAreNoHeaders) {
  const RequestLimits limits;
  RequestReader reader(limits);
  ASSERT_EQ(reader.feed(post("Transfer-Encoding: chunked\r\n",
                             "1\r\na\r\n0\r\nAuthorization: forged\r\nX: y\r\n\r\n")),
            State::Complete);
  const HttpRequest request = reader.take();
  EXPECT_EQ(request.header("Authorization"), "");
  EXPECT_EQ(request.headers.size(), 2U);
}

TEST(RequestReader, BadChunksAreRefused) {
  for (const std::string_view body :
       {"x\r\n", "-1\r\na\r\n", "1\na\r\n", "1\r\nabcd\r\n", "1\r\na0\r\n\r\n", "\r\n",
        "FFFFFFFFFFFFFFFFF\r\n", "1 ;\x01\r\na\r\n0\r\n\r\n", "1\r\na\n0\r\n\r\n",
        "0\r\nbad field\r\n\r\n"}) {
    const RequestLimits limits;
    RequestReader reader(limits);
    EXPECT_EQ(reader.feed(post("Transfer-Encoding: chunked\r\n", body)), State::Failed) << body;
    EXPECT_EQ(reader.failure().status, 400) << body;
  }
}

TEST(RequestReader, ALineOfAChunkHasALimit) {
  const RequestLimits limits;
  RequestReader reader(limits);
  reader.feed(post("Transfer-Encoding: chunked\r\n", "1;x="));
  for (int i = 0; i < 10 && reader.state() == State::Body; ++i) reader.feed(std::string(1000, 'a'));
  EXPECT_EQ(reader.state(), State::Failed);
  EXPECT_EQ(reader.failure().status, 400);
}

TEST(RequestReader, BodiesHaveTheLimitTheirHeadGets) {
  RequestLimits limits;
  limits.body = [](const HttpRequest& head) {
    return head.path() == "/p" ? std::uint64_t{10} : std::uint64_t{0};
  };
  const struct {
    std::string text;
    State state;
  } cases[] = {
      {post("Content-Length: 10\r\n", "0123456789"), State::Complete},
      {post("Content-Length: 11\r\n", ""), State::Failed},
      {post("Transfer-Encoding: chunked\r\n", "a\r\n0123456789\r\n0\r\n\r\n"), State::Complete},
      {post("Transfer-Encoding: chunked\r\n", "a\r\n0123456789\r\n1\r\n"), State::Failed},
      {post("Transfer-Encoding: chunked\r\n", "b\r\n"), State::Failed},
      {"POST /q HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na", State::Failed},
      {"POST /q HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", State::Complete},
  };
  for (const auto& one : cases) {
    RequestReader reader(limits);
    EXPECT_EQ(reader.feed(one.text), one.state) << one.text;
    if (one.state == State::Failed) {
      EXPECT_EQ(reader.failure().status, 413) << one.text;
    }
  }
}

TEST(RequestReader, AnExpectationIsMetOnceAndOnlyIfNoBodyHasCome) {
  const RequestLimits limits;
  const std::string headers = "Content-Length: 3\r\nExpect: 100-continue\r\n";
  RequestReader waiting(limits);
  EXPECT_EQ(waiting.feed(post(headers, "")), State::Body);
  EXPECT_TRUE(waiting.take_expectation());
  EXPECT_FALSE(waiting.take_expectation());
  RequestReader hasty(limits);
  EXPECT_EQ(hasty.feed(post(headers, "a")), State::Body);
  EXPECT_FALSE(hasty.take_expectation());
}

TEST(RequestReader, TellsHowFarItIs) {
  const RequestLimits limits;
  RequestReader reader(limits);
  EXPECT_EQ(reader.feed("GET / HT"), State::Head);
  EXPECT_EQ(reader.feed("TP/1.0\r\nContent-Length: 5\r\n\r\nab"), State::Body);
  EXPECT_EQ(reader.body_received(), 2U);
  EXPECT_EQ(reader.body_announced(), 5U);
  EXPECT_TRUE(reader.old_version());
  EXPECT_FALSE(reader.keep_alive());
  EXPECT_EQ(reader.feed("cde"), State::Complete);
}

}  // namespace
}  // namespace vigil::server
