#include "server/transport/request_reader.h"

#include <algorithm>
#include <utility>

namespace vigil::server {
namespace {

constexpr std::uint64_t kDefaultBody = std::uint64_t{10} << 20;
/// Memory is not set aside for a body on its announcement alone.
constexpr std::uint64_t kReserved = std::uint64_t{256} << 10;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

}  // namespace

RequestReader::State RequestReader::feed(std::string_view bytes) {
  switch (state_) {
    case State::Failed:
      break;
    case State::Body:
      read_body(bytes);
      break;
    case State::Complete:
      pending_.append(bytes);
      break;
    case State::Idle:
    case State::Head:
      pending_.append(bytes);
      read_on();
      break;
  }
  return state_;
}

void RequestReader::read_on() {
  // RFC 9112 2.2: empty lines before a request are skipped, as some clients end a body with one.
  if (state_ == State::Idle) {
    std::size_t empty = 0;
    while (pending_.compare(empty, 2, "\r\n") == 0) empty += 2;
    pending_.erase(0, empty);
  }
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
  const auto head = read_head(std::string_view(pending_).substr(0, head_length), limits_.head);
  if (!head) return fail_with(head.error());

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

  const std::uint64_t limit = limits_.body ? limits_.body(request_) : kDefaultBody;
  if (announced_ > limit) return fail_with({413, "The body is too large."});
  request_.body.reserve(static_cast<std::size_t>(std::min(announced_, kReserved)));
  chunks_.reset();
  if (head->chunked) chunks_.emplace(limit);
  checked_ = 0;
  state_ = State::Body;
  const std::string received = std::exchange(pending_, {});
  read_body(std::string_view(received).substr(head_length));
}

void RequestReader::read_body(std::string_view bytes) {
  std::size_t used = 0;
  bool whole = false;
  if (chunks_) {
    used = chunks_->decode(bytes, request_.body);
    if (chunks_->state() == ChunkDecoder::State::Bad) {
      return fail_with({400, "The body is not what its head announces."});
    }
    if (chunks_->state() == ChunkDecoder::State::TooLarge) {
      return fail_with({413, "The body is too large."});
    }
    whole = chunks_->state() == ChunkDecoder::State::Done;
  } else {
    used = static_cast<std::size_t>(
        std::min<std::uint64_t>(announced_ - request_.body.size(), bytes.size()));
    request_.body.append(bytes.substr(0, used));
    whole = request_.body.size() == announced_;
  }
  if (!bytes.empty()) expectation_ = false;
  if (!whole) return;
  pending_ = bytes.substr(used);
  state_ = State::Complete;
}

void RequestReader::fail_with(HttpFailure failure) {
  state_ = State::Failed;
  failure_ = std::move(failure);
  pending_ = {};
  request_ = {};
}

bool RequestReader::take_expectation() {
  return std::exchange(expectation_, false) && state_ == State::Body;
}

HttpRequest RequestReader::take() {
  state_ = State::Idle;
  chunks_.reset();
  return std::exchange(request_, {});
}

}  // namespace vigil::server
