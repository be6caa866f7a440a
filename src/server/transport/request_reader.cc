#include "server/transport/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace vigil::server {
namespace {

namespace beast = boost::beast;

constexpr std::uint64_t kDefaultBody = std::uint64_t{10} << 20;
/// A line of a chunked body, with its extensions, and the fields behind the last chunk.
constexpr std::size_t kLongestChunkLine = std::size_t{8} << 10;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

struct RequestReader::Parser {
  beast::http::request_parser<beast::http::string_body> http;
};

RequestReader::RequestReader(const RequestLimits& limits) : limits_(limits) {}
RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::feed(std::string_view bytes) {
  if (state_ == State::Failed) return state_;
  pending_.append(bytes);
  read_on();
  return state_;
}

void RequestReader::read_on() {
  if (state_ == State::Body) return read_body();
  if (state_ == State::Complete) return;
  // RFC 9112 2.2: an empty line before a request is skipped, as some clients end a body with one.
  if (state_ == State::Idle && pending_.starts_with("\r\n")) pending_.erase(0, 2);
  if (pending_.empty() || (state_ == State::Idle && pending_ == "\r")) return;
  state_ = State::Head;
  const std::size_t from = std::max<std::size_t>(checked_, 3) - 3;
  const std::size_t end = pending_.find(kHeadEnd, from);
  if (end != std::string::npos) return begin_body(end + kHeadEnd.size());
  if (auto failure = check_unfinished_head(pending_, from, limits_.head)) {
    return fail_with(std::move(*failure));
  }
  checked_ = pending_.size();
}

void RequestReader::begin_body(std::size_t head_length) {
  const std::string_view text = std::string_view(pending_).substr(0, head_length);
  const auto head = read_head(text, limits_.head);
  if (!head) return fail_with(head.error());

  parser_ = std::make_unique<Parser>();
  auto& http = parser_->http;
  http.eager(false);
  http.header_limit(static_cast<std::uint32_t>(limits_.head.head));
  http.body_limit(boost::none);
  beast::error_code error;
  const std::size_t used = http.put(boost::asio::buffer(text.data(), text.size()), error);
  const auto& message = http.get();
  const auto fields = std::distance(message.begin(), message.end());
  const bool same = !error && used == head_length && http.is_header_done() &&
                    view(message.method_string()) == head->method &&
                    view(message.target()).ends_with(head->target) &&
                    static_cast<std::size_t>(fields) == head->fields.size() &&
                    http.chunked() == head->chunked &&
                    http.content_length().has_value() == head->content_length.has_value() &&
                    (!head->content_length || *http.content_length() == *head->content_length);
  if (!same) return fail_with({400, "The head is not understood."});

  request_ = {};
  request_.method = head->method;
  request_.target = head->target;
  request_.headers.reserve(head->fields.size());
  for (const auto& [name, value] : head->fields) {
    request_.headers.push_back({std::string(name), std::string(value)});
  }
  keep_alive_ = head->keep_alive;
  old_version_ = head->minor == 0;
  announced_ = head->content_length.value_or(0);
  expectation_ = head->expects_continue;
  pending_.erase(0, head_length);
  checked_ = 0;

  const std::uint64_t limit = limits_.body ? limits_.body(request_) : kDefaultBody;
  if (announced_ > limit) return fail_with({413, "The body is too large."});
  http.body_limit(limit);
  http.eager(true);
  state_ = State::Body;
  read_body();
}

void RequestReader::read_body() {
  auto& http = parser_->http;
  beast::error_code error;
  std::size_t used = 0;
  while (!http.is_done() && used < pending_.size()) {
    used += http.put(boost::asio::buffer(pending_.data() + used, pending_.size() - used), error);
    if (error) break;
  }
  pending_.erase(0, used);
  if (error == beast::http::error::need_more) {
    if (pending_.size() > kLongestChunkLine) fail_with({400, "A chunk's line is too long."});
    return;
  }
  if (error == beast::http::error::body_limit) return fail_with({413, "The body is too large."});
  if (error) return fail_with({400, "The body is not what its head announces."});
  if (http.is_done()) state_ = State::Complete;
}

void RequestReader::fail_with(HttpFailure failure) {
  state_ = State::Failed;
  failure_ = std::move(failure);
  pending_ = {};
  parser_.reset();
}

bool RequestReader::take_expectation() {
  const bool waits = expectation_ && state_ == State::Body && pending_.empty() &&
                     parser_->http.get().body().empty();
  expectation_ = false;
  return waits;
}

std::uint64_t RequestReader::body_received() const {
  return parser_ ? parser_->http.get().body().size() : 0;
}

HttpRequest RequestReader::take() {
  // The fields were copied from the head: what a chunked body brings behind its end is not among them.
  request_.body = std::move(parser_->http.get().body());
  parser_.reset();
  state_ = State::Idle;
  if (pending_.empty()) pending_ = {};
  return std::move(request_);
}

}  // namespace vigil::server
