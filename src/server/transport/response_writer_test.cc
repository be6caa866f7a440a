#include "server/transport/response_writer.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

constexpr std::int64_t kNow = 1795409117;  // Mon, 23 Nov 2026 04:45:17 GMT

TEST(ResponseWriter, AnOrdinaryAnswer) {
  HttpResponse response;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = "{}";
  ResponseContext context;
  context.method = "GET";
  context.now = kNow;
  EXPECT_EQ(response_head(response, context),
            "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 04:45:17 GMT\r\nServer: Vigil\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n");
  context.keep_alive = false;
  EXPECT_TRUE(response_head(response, context).ends_with("Connection: close\r\n\r\n"));
  context.keep_alive = true;
  context.old_version = true;
  EXPECT_TRUE(response_head(response, context).ends_with("Connection: keep-alive\r\n\r\n"));
}

TEST(ResponseWriter, AHeaderCannotBecomeTwo) {
  HttpResponse response;
  response.headers = {{"X-Text", std::string("a\r\nSet-Cookie: b\0c", 18)},
                      {"Bad Name", "x"},
                      {"Evil:\r\nX", "y"},
                      {"content-length", "99"},
                      {"Transfer-Encoding", "chunked"}};
  ResponseContext context;
  context.now = kNow;
  EXPECT_EQ(response_head(response, context),
            "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 04:45:17 GMT\r\nServer: "
            "Vigil\r\nX-Content-Type-Options: nosniff\r\n"
            "X-Text: a  Set-Cookie: b c\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseWriter, BodiesEndAsTheClientCanTell) {
  HttpResponse streamed;
  streamed.stream = [] { return std::string(); };
  ResponseContext context;
  context.method = "GET";
  EXPECT_EQ(framing_of(streamed, context), BodyFraming::Chunked);
  EXPECT_NE(response_head(streamed, context).find("Transfer-Encoding: chunked\r\n"),
            std::string::npos);
  context.old_version = true;
  EXPECT_EQ(framing_of(streamed, context), BodyFraming::UntilClose);
  EXPECT_EQ(framing_of(HttpResponse{}, context), BodyFraming::Length);
  EXPECT_EQ(chunk("hello world, hello"), "12\r\nhello world, hello\r\n");
}

TEST(ResponseWriter, SomeAnswersHaveNoBody) {
  HttpResponse response;
  response.body = "text";
  EXPECT_TRUE(has_body(response, "GET"));
  EXPECT_FALSE(has_body(response, "HEAD"));
  for (const int status : {204, 304}) {
    response.status = status;
    EXPECT_FALSE(has_body(response, "GET"));
    EXPECT_EQ(response_head(response, {}).find("Content-Length"), std::string::npos);
  }
}

TEST(ResponseWriter, DatesAreThoseOfHttp) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(ResponseWriter, BusyIsWorthAnotherTry) {
  const HttpResponse response = failure_response({503, "Busy \"now\"."});
  EXPECT_EQ(response.body, R"({"message":"Busy \"now\"."})");
  EXPECT_EQ(response.headers.at(1).name, "Retry-After");
}

}  // namespace
}  // namespace vigil::server
