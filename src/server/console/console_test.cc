#include "server/console/console.h"

#include <gtest/gtest.h>

#include <zlib.h>
#include <array>

namespace vigil::server {
namespace {

std::string gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(text.size() + 64, '\0');
  // zlib's interface wants a pointer that is not const and does not write through it.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

class ConsoleTest : public testing::Test {
 protected:
  HttpResponse get(std::string target, std::vector<Header> headers,
                   const std::string& method = "GET") {
    HttpRequest request;
    request.method = method;
    request.target = std::move(target);
    request.headers = std::move(headers);
    return console_.answer(request).value_or(HttpResponse{.status = 404});
  }
  static std::string header(const HttpResponse& response, std::string_view name) {
    for (const Header& header : response.headers) {
      if (header.name == name) return header.value;
    }
    return {};
  }

  std::string script_ = gzip("let x = 1;\n");
  std::string page_ = gzip("<!doctype html>page");
  std::string bytes_ = script_ + "BROTLI" + page_ + "PAGEBR";
  std::array<Asset, 2> assets_ = {Asset{"/assets/app-1.js",
                                        "text/javascript",
                                        "\"a1\"",
                                        11,
                                        {0, script_.size()},
                                        {script_.size(), 6}},
                                  Asset{"/index.html",
                                        "text/html",
                                        "\"b2\"",
                                        19,
                                        {script_.size() + 6, page_.size()},
                                        {script_.size() + 6 + page_.size(), 6}}};
  Console console_{assets_, bytes_};
  const Header browser_{"Accept", "text/html,application/xhtml+xml"};
};

TEST_F(ConsoleTest, SendsTheBestCodingTheClientTakes) {
  const HttpResponse brotli =
      get("/assets/app-1.js", {{"Accept-Encoding", "gzip, deflate, br, zstd"}});
  EXPECT_EQ(brotli.body, "BROTLI");
  EXPECT_EQ(header(brotli, "Content-Encoding"), "br");
  EXPECT_EQ(header(brotli, "Vary"), "Accept-Encoding");
  const HttpResponse zipped = get("/assets/app-1.js", {{"Accept-Encoding", "gzip;q=1.0, br;q=0"}});
  EXPECT_EQ(zipped.body, script_);
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  const HttpResponse plain = get("/assets/app-1.js", {});
  EXPECT_EQ(plain.body, "let x = 1;\n");
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
}

TEST_F(ConsoleTest, WhatIsNamedByItsContentIsKeptForGoodThePageIsNot) {
  EXPECT_EQ(header(get("/assets/app-1.js", {}), "Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(header(get("/index.html", {}), "Cache-Control"), "no-cache");
  const HttpResponse known = get("/index.html", {{"If-None-Match", "\"b2\""}});
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
}

TEST_F(ConsoleTest, ABrowserGetsThePageAtEveryPathOfAView) {
  for (const char* path : {"/", "/findings?severity=CRITICAL", "/resources/i-0123"}) {
    EXPECT_EQ(get(path, {browser_}).body, "<!doctype html>page") << path;
  }
}

TEST_F(ConsoleTest, AnythingElseIsNotThePage) {
  EXPECT_EQ(get("/findings", {}).status, 404) << "no browser asks";
  EXPECT_EQ(get("/vigil/v1/nothing", {browser_}).status, 404) << "a route that does not exist";
  EXPECT_EQ(get("/", {browser_, {"Authorization", "AWS4-HMAC-SHA256 ..."}}).status, 404);
  EXPECT_EQ(get("/", {browser_}, "POST").status, 404);
}

TEST_F(ConsoleTest, NoInlineScriptNoOtherOriginNoFrame) {
  for (const char* path : {"/", "/assets/app-1.js"}) {
    const HttpResponse response = get(path, {browser_});
    const std::string policy = header(response, "Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'; script-src 'self'; style-src 'self';"),
              std::string::npos)
        << policy;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
  }
}

TEST_F(ConsoleTest, AProgramBuiltWithoutItSaysSo) {
  console_ = {};
  const HttpResponse response = get("/", {browser_});
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.body.find("built without its web console"), std::string::npos);
}

TEST(AcceptsCoding, ByNameUnlessRefused) {
  EXPECT_TRUE(accepts_coding("gzip, br", "br"));
  EXPECT_TRUE(accepts_coding("GZIP;q=0.1", "gzip"));
  EXPECT_FALSE(accepts_coding("gzip;q=0.000", "gzip"));
  EXPECT_FALSE(accepts_coding("xbr", "br"));
  EXPECT_FALSE(accepts_coding("*", "br"));
  EXPECT_FALSE(accepts_coding("", "br"));
}

}  // namespace
}  // namespace vigil::server
