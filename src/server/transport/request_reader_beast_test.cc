// Boost.Beast's parser as an oracle: what we accept it understands as we do, to the same last byte.
#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdlib>
#include <random>

#include "server/transport/request_reader.h"

namespace vigil::server {
namespace {

namespace beast = boost::beast;
using State = RequestReader::State;

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::string request() {
    constexpr std::string_view kSeeds[] = {
        "GET /a?b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nX: a b\r\n\r\nabcdGET / HTTP/1.1\r\n",
        "PUT /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nT: x\r\n\r\nGET / HTTP/1.1\r\n",
        "GET http://x/a HTTP/1.1\r\nhost:x\r\nAccept: */*\r\nCookie:\r\n\r\n",
        "HEAD /%20 HTTP/1.0\r\nConnection: keep-alive, x\r\n\r\n",
    };
    constexpr std::string_view kPieces[] = {
        "\r\n",        "\r",       "\n",      " ",     "\t",
        ":",           ";",        "0",       "1",     "a",
        "4",           "\xFF",     ",",       "\r\n ", "\"",
        "Host: y\r\n", "HTTP/1.0", "chunked", "\x7F",  "=",
        "+",           "%",        "#",       "0\r\n", "Content-Length: 4\r\n"};
    std::string out(kSeeds[below(std::size(kSeeds))]);
    for (std::size_t steps = below(4); steps > 0; --steps) {
      const std::size_t at = below(out.size() + 1);
      const std::size_t length = std::min(below(6), out.size() - at);
      if (below(3) == 0) {
        out.erase(at, length);
      } else {
        out.replace(at, below(2) == 0 ? length : 0, kPieces[below(std::size(kPieces))]);
      }
    }
    return out;
  }

 private:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::mt19937_64 random_;
};

/// How many bytes the reader took for its first request; 0 if there is none.
std::size_t length_of_request(RequestReader& reader, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (reader.feed(text.substr(i, 1)) == State::Complete) return i + 1;
  }
  return 0;
}

TEST(RequestReader, AgreesWithBeastOnWhatItAccepts) {
  const char* given = std::getenv("VIGIL_TEST_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  Mutator mutator(seed);
  std::size_t accepted = 0;
  for (int i = 0; i < 30000; ++i) {
    const std::string text = mutator.request();
    const RequestLimits limits;
    RequestReader reader(limits);
    const std::size_t length = length_of_request(reader, text);
    if (length == 0) continue;
    const bool keep_alive = reader.keep_alive();
    const HttpRequest ours = reader.take();
    ++accepted;
    // Beast does not skip empty lines before a request, and adds trailers to the headers.
    const std::size_t begin = text.find_first_not_of("\r\n");
    beast::http::request_parser<beast::http::string_body> theirs;
    theirs.eager(true);
    beast::error_code error;
    std::size_t used = begin;
    while (!error && !theirs.is_done() && used < text.size()) {
      used += theirs.put(boost::asio::buffer(text.data() + used, text.size() - used), error);
    }
    const std::string context = "VIGIL_TEST_SEED=" + std::to_string(seed) + "\n" + text;
    ASSERT_FALSE(error) << error.message() << "\n" << context;
    ASSERT_TRUE(theirs.is_done()) << context;
    ASSERT_EQ(used, length) << context;
    const auto& message = theirs.get();
    ASSERT_EQ(std::string(message.method_string()), ours.method) << context;
    ASSERT_TRUE(std::string(message.target()).ends_with(ours.target)) << context;
    ASSERT_EQ(message.body(), ours.body) << context;
    ASSERT_EQ(message.keep_alive(), keep_alive) << context;
    for (const Header& header : ours.headers) {
      const auto range = message.equal_range(header.name);
      ASSERT_TRUE(std::any_of(
          range.first, range.second,
          [&](const auto& field) { return std::string(field.value()) == header.value; }))
          << header.name << "\n"
          << context;
    }
  }
  EXPECT_GT(accepted, 3000U);
}

}  // namespace
}  // namespace vigil::server
