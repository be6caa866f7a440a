// A thread that moves the bytes of its connections. See http_server.h for what they may do.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "server/http.h"
#include "server/transport/http_server.h"
#include "server/transport/peer_limits.h"
#include "server/transport/stream.h"
#include "server/transport/worker_pool.h"

namespace vigil::server {

/// What all connections of a server share.
struct HttpShared {
  HttpServerOptions options;
  HttpHandler handler;
  PeerLimits peers;
  WorkerPool workers;
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused_connections{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> refused_requests{0};
  std::atomic<std::uint64_t> overloaded{0};

  HttpShared(HttpServerOptions given, HttpHandler handled)
      : options(std::move(given)),
        handler(std::move(handled)),
        peers(options.connections, options.connections_per_peer),
        workers(options.workers, options.queue) {}
};

/// An accepted connection.
struct Arrival {
  int socket = -1;  ///< does not block; belongs to who holds the arrival
  std::string remote;
  std::unique_ptr<Stream> stream;
  std::unique_ptr<PeerLimits::Seat> seat;
};

class IoThread {
 public:
  /// `service` must outlive it.
  explicit IoThread(HttpShared& service);
  /// Cuts off what is open. The workers must have stopped.
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  // Any thread:
  void adopt(Arrival arrival);
  /// Closes idle connections; the others close after the request they are at.
  void drain();
  /// Cuts every connection off, but for handlers that still run.
  void cut_off();

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace vigil::server
