// The HTTP/1.1 server: accepts connections, plain or TLS, reads requests within limits of size, time
// and number, hands them to a handler on a worker thread, writes the answers, and stops gracefully.
//
//   auto server = HttpServer::start({.host = "127.0.0.1", .port = 8480}, [](const HttpRequest& request) {
//     return HttpResponse{.body = "hello"};
//   });
//   if (!server) ...
//   (*server)->stop(std::chrono::seconds(10));
//
// What it answers itself, with {"message": ...}: 400 to a malformed request, 408 to one that takes too
// long, 413, 414 and 431 to one that is too large, 417, 501 and 505 to what it cannot do, 500 to a handler
// that throws, 503 with Retry-After when more requests wait than the queue holds. After an answer to
// something malformed it closes: where the next request begins is not known.
//
// Threads: one accepts, `io_threads` move bytes and never block, `workers` run handlers. A connection
// belongs to one I/O thread; pipelined requests are answered one after the other.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/http.h"
#include "server/tls.h"
#include "server/transport/request_reader.h"

namespace vigil::server {

/// A request that was answered, for logs and metrics. Views live until the observer returns.
struct Exchange {
  std::string_view method;
  std::string_view path;  ///< percent-encoded, as the client chose it
  std::string_view remote;
  int status = 0;
  std::uint64_t received = 0;  ///< bytes of the request's body
  std::uint64_t sent = 0;      ///< bytes of the answer's body, before chunking
  std::chrono::microseconds duration{
      0};  ///< from the last byte of the request to that of the answer
};

struct HttpServerOptions {
  std::string host = "127.0.0.1";  ///< an address or a name; "0.0.0.0" and "::" are all addresses
  std::uint16_t port = 0;          ///< 0: a free one
  std::size_t io_threads = 2;
  std::size_t workers = 8;
  std::size_t queue = 256;  ///< requests that wait for a worker
  RequestLimits limits;
  std::size_t connections = 4096;
  std::size_t connections_per_peer = 1024;
  std::chrono::milliseconds handshake_timeout{10'000};
  std::chrono::milliseconds head_timeout{10'000};        ///< from its first byte to its last
  std::chrono::milliseconds body_timeout{30'000};        ///< and what it takes at the slowest rate
  std::chrono::milliseconds write_timeout{30'000};       ///< the same for answers
  std::chrono::milliseconds idle_timeout{75'000};        ///< between two requests
  std::uint64_t slowest_rate = std::uint64_t{16} << 10;  ///< bytes a second
  std::shared_ptr<TlsCertificate> tls;                   ///< not set: plain HTTP
  std::function<void(const Exchange&)> observe;          ///< runs on an I/O thread; must be quick
};

struct HttpServerCounts {
  std::uint64_t accepted = 0;             ///< connections
  std::uint64_t refused_connections = 0;  ///< beyond a limit on their number
  std::uint64_t requests = 0;             ///< handed to the handler
  std::uint64_t refused_requests = 0;     ///< malformed, too slow or too large
  std::uint64_t overloaded = 0;           ///< answered 503
  std::size_t open = 0;                   ///< connections now
};

class HttpServer {
 public:
  /// Listens when it returns.
  static Result<std::unique_ptr<HttpServer>> start(HttpServerOptions options, HttpHandler handler);
  /// stop() without grace.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] HttpServerCounts counts() const;

  /// Accepts nothing more, closes idle connections, lets requests in flight finish for `grace`, then
  /// cuts them off. It waits for handlers that run, so these must end. Once.
  void stop(std::chrono::milliseconds grace);

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vigil::server
