// Reads requests from the bytes of one connection: bytes go in as they come, requests come out. It
// knows nothing of sockets and time.
//
// Boost.Beast's parser was measured for this and left out: it takes five kinds of requests that must
// be refused, so that each line has to be read before it anyway, and a last chunk that comes alone in
// pieces ends the program by an assertion. It is what the tests compare with.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/http.h"
#include "server/transport/chunk_decoder.h"
#include "server/transport/failure.h"
#include "server/transport/request_head.h"

namespace vigil::server {

struct RequestLimits {
  HeadLimits head;
  /// Bytes a body may have, decided by the head; more is 413. Not set: 10 MiB.
  std::function<std::uint64_t(const HttpRequest& head)> body;
};

class RequestReader {
 public:
  enum class State {
    Idle,      ///< no byte of the next request is there
    Head,      ///< its head is not whole
    Body,      ///< its body is not whole
    Complete,  ///< take() gives it
    Failed,    ///< failure() says why; the connection cannot be used on
  };

  /// `limits` must outlive it.
  explicit RequestReader(const RequestLimits& limits) : limits_(limits) {}

  /// What is behind the end of a request is kept for the next one.
  State feed(std::string_view bytes);
  [[nodiscard]] State state() const { return state_; }

  /// The client waits for "100 Continue" before it sends the body. True once.
  bool take_expectation();
  /// Bytes of the body so far.
  [[nodiscard]] std::uint64_t body_received() const { return request_.body.size(); }
  /// The length of the body where the head says it.
  [[nodiscard]] std::uint64_t body_announced() const { return announced_; }
  /// Whether the connection may be used on after the request that is read; known from Body on.
  [[nodiscard]] bool keep_alive() const { return keep_alive_; }
  /// The client speaks HTTP/1.0, which has no chunks.
  [[nodiscard]] bool old_version() const { return old_version_; }
  [[nodiscard]] const HttpFailure& failure() const { return failure_; }
  /// The request of state Complete, without its peer. Reading goes on with the next feed, which may
  /// be empty.
  HttpRequest take();

 private:
  void read_on();
  void begin_body(std::size_t head_length);
  void read_body(std::string_view bytes);
  void fail_with(HttpFailure failure);

  const RequestLimits& limits_;
  State state_ = State::Idle;
  std::string pending_;      ///< received, not yet read; empty in Body
  std::size_t checked_ = 0;  ///< bytes of pending_ that have been looked at
  HttpRequest request_;
  std::optional<ChunkDecoder> chunks_;
  std::uint64_t announced_ = 0;
  bool keep_alive_ = false;
  bool old_version_ = false;
  bool expectation_ = false;
  HttpFailure failure_;
};

}  // namespace vigil::server
