#include "server/transport/request_head.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

int status_of(std::string_view head) {
  const auto read = read_head(head, {});
  return read ? 200 : read.error().status;
}

TEST(RequestHead, AnOrdinaryRequest) {
  const auto head = read_head(
      "POST /findings/list?a=%20b HTTP/1.1\r\nHost: localhost:8480\r\n"
      "Content-Type:application/json \t\r\ncontent-length: 12\r\nX-Empty:\r\n\r\n",
      {});
  ASSERT_TRUE(head) << head.error().message;
  EXPECT_EQ(head->method, "POST");
  EXPECT_EQ(head->target, "/findings/list?a=%20b");
  EXPECT_EQ(head->minor, 1U);
  ASSERT_EQ(head->fields.size(), 4U);
  EXPECT_EQ(head->fields[1].first, "Content-Type");
  EXPECT_EQ(head->fields[1].second, "application/json");
  EXPECT_EQ(head->fields[3].second, "");
  EXPECT_EQ(head->content_length, 12U);
  EXPECT_FALSE(head->chunked);
  EXPECT_FALSE(head->expects_continue);
  EXPECT_TRUE(head->keep_alive);
}

TEST(RequestHead, ConnectionsAreKeptAsTheVersionAndTheHeaderSay) {
  const struct {
    std::string_view version;
    std::string_view connection;
    bool keep_alive;
  } cases[] = {
      {"1.1", "", true},
      {"1.1", "Connection: close\r\n", false},
      {"1.1", "Connection: Upgrade, Close\r\n", false},
      {"1.1", "Connection: keep-alive\r\n", true},
      {"1.1", "Connection: keep-alive\r\nConnection: close\r\n", false},
      {"1.0", "", false},
      {"1.0", "Connection: Keep-Alive\r\n", true},
      {"1.0", "Connection: keep-alive, close\r\n", false},
  };
  for (const auto& one : cases) {
    const std::string text = "GET / HTTP/" + std::string(one.version) + "\r\nHost: x\r\n" +
                             std::string(one.connection) + "\r\n";
    const auto head = read_head(text, {});
    ASSERT_TRUE(head) << text;
    EXPECT_EQ(head->keep_alive, one.keep_alive) << text;
  }
}

TEST(RequestHead, WhatTwoReadersCouldUnderstandDifferentlyIsRefused) {
  const std::string_view cases[] = {
      "Host: x\r\nTransfer-Encoding: xchunked\r\n",
      "Host: x\r\nTransfer-Encoding: chunked, identity\r\n",
      "Host: x\r\nTransfer-Encoding: identity, chunked\r\n",
      "Host: x\r\nTransfer-Encoding: chunked, chunked\r\n",
      "Host: x\r\nTransfer-Encoding: gzip\r\n",
      "Host: x\r\nTransfer-Encoding:\r\n",
      "Host: x\r\nTransfer-Encoding: \"chunked\"\r\n",
      "Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "Host: x\r\nTransfer-Encoding: chunked\r\ntransfer-encoding: identity\r\n",
      "Host: x\r\nTransfer-Encoding : chunked\r\n",
      "Host: x\r\nTransfer\x0b-Encoding: chunked\r\n",
      "Host: x\r\nTransfer-Encoding: \x0b"
      "chunked\r\n",
      "Host: x\r\n Transfer-Encoding: chunked\r\n",
      "Host: x\r\nX: y\r\n\tTransfer-Encoding: chunked\r\n",
      "Host: x\r\nX: y\r\n folded\r\n",
      "Host: x\r\nContent-Length: 4, 4\r\n",
      "Host: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n",
      "Host: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n",
      "Host: x\r\nContent-Length: +4\r\n",
      "Host: x\r\nContent-Length: -4\r\n",
      "Host: x\r\nContent-Length: 0x4\r\n",
      "Host: x\r\nContent-Length: 4 4\r\n",
      "Host: x\r\nContent-Length: 4.0\r\n",
      "Host: x\r\nContent-Length:\r\n",
      "Host: x\r\nContent-Length: 99999999999999999999999\r\n",
      "Host: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
      "Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n",
      "",
      "Host:\r\n",
      "Host: x\r\nHost: x\r\n",
      "Host: x\r\nhost: y\r\n",
      "Host: x, y\r\n",
      "Host: x y\r\n",
      "Host: x/y\r\n",
      "Host: user@x\r\n",
      "Host: x\nX: y\r\n",
      "Host: x\rX: y\r\n",
      "Host: x\r\nX: a\x01"
      "b\r\n",
      "Host: x\r\nX: a\x7F"
      "b\r\n",
      "Host: x\r\nX y: b\r\n",
      "Host: x\r\nX\r\n",
      "Host: x\r\n: b\r\n",
      "Host: x\r\nX\xC3\xA9: b\r\n",
      "Host: x\r\n\r\nX: b\r\n",
  };
  for (const std::string_view fields : cases) {
    EXPECT_EQ(status_of("POST / HTTP/1.1\r\n" + std::string(fields) + "\r\n"), 400) << fields;
  }
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nX: a" + std::string(1, '\0') + "b\r\n\r\n"),
            400);
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(RequestHead, RequestLines) {
  const struct {
    std::string_view line;
    int status;
  } cases[] = {
      {"GET / HTTP/1.1", 200},
      {"HEAD /a?b HTTP/1.0", 200},
      {"get / HTTP/1.1", 501},
      {"TRACE / HTTP/1.1", 501},
      {"CONNECT x:1 HTTP/1.1", 501},
      {"BREW / HTTP/1.1", 501},
      {"GET  / HTTP/1.1", 400},
      {"GET / HTTP/1.1 ", 400},
      {"GET /a b HTTP/1.1", 400},
      {"GET\t/ HTTP/1.1", 400},
      {" GET / HTTP/1.1", 400},
      {"GET /", 400},
      {"GET / HTTP/2.0", 505},
      {"GET / HTTP/1.2", 505},
      {"GET / HTTP/0.9", 505},
      {"GET / http/1.1", 400},
      {"GET / HTTP/1.10", 400},
      {"GET / HTTP/11", 400},
      {"G(T / HTTP/1.1", 400},
      {"GET a HTTP/1.1", 400},
      {"GET * HTTP/1.1", 400},
      {"GET /a#b HTTP/1.1", 400},
      {"GET /\x01 HTTP/1.1", 400},
      {"GET /\xC3\xA9 HTTP/1.1", 400},
      {"GET http://x/a HTTP/1.1", 200},
      {"GET HTTPS://X/a HTTP/1.1", 200},
      {"GET http://y/a HTTP/1.1", 400},
      {"GET http://x HTTP/1.1", 400},
      {"GET ftp://x/a HTTP/1.1", 400},
      {"GET http://x@x/a HTTP/1.1", 400},
      {"", 400},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(status_of(std::string(one.line) + "\r\nHost: x\r\n\r\n"), one.status) << one.line;
  }
  EXPECT_EQ(read_head("GET http://x/a?b HTTP/1.1\r\nHost: x\r\n\r\n", {})->target, "/a?b");
}

TEST(RequestHead, OnlyTheOneExpectationCanBeMet) {
  const std::string begin = "POST / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_TRUE(
      read_head(begin + "Content-Length: 1\r\nExpect: 100-Continue\r\n\r\n", {})->expects_continue);
  EXPECT_TRUE(read_head(begin + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n", {})
                  ->expects_continue);
  EXPECT_FALSE(read_head(begin + "Expect: 100-continue\r\n\r\n", {})->expects_continue);
  EXPECT_EQ(status_of(begin + "Expect: payment\r\n\r\n"), 417);
}

TEST(RequestHead, LimitsHaveTheirOwnStatus) {
  const std::string begin = "GET / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(status_of("GET /" + std::string(17000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
  EXPECT_EQ(status_of(begin + "X: " + std::string(33000, 'a') + "\r\n\r\n"), 431);
  std::string many = begin;
  for (int i = 0; i < 99; ++i) many += "X: y\r\n";
  EXPECT_EQ(status_of(many + "\r\n"), 200);
  EXPECT_EQ(status_of(many + "X: y\r\n\r\n"), 431);
}

TEST(RequestHead, AnUnfinishedHeadIsRefusedAsSoonAsItIsBad) {
  const auto status = [](std::string_view text) {
    const auto failure = check_unfinished_head(text, 0, {});
    return failure ? failure->status : 200;
  };
  EXPECT_EQ(status("GET / HT"), 200);
  EXPECT_EQ(status("GET / HTTP/1.1\r"), 200);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: x\r\n\r"), 200);
  EXPECT_EQ(status("GET / HTTP/1.1\n"), 400);
  EXPECT_EQ(status("\n"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\rX"), 400);
  EXPECT_EQ(status(std::string_view("GE\0", 3)), 400);
  EXPECT_EQ(status(std::string(17000, 'a')), 414);
  EXPECT_EQ(status("GET / HTTP/1.1\r\n" + std::string(33000, 'a')), 431);
}

}  // namespace
}  // namespace vigil::server
