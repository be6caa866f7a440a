#include "server/transport/http_server.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>
#include <vector>

#include "server/transport/io_thread.h"

namespace vigil::server {
namespace {

constexpr int kBacklog = 4096;
/// How long accepting rests when the process has no descriptor left.
constexpr std::chrono::milliseconds kRest{100};

struct Address {
  sockaddr_storage storage{};
  socklen_t length = sizeof(sockaddr_storage);
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

Result<std::vector<Address>> resolve(const std::string& host, std::uint16_t port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.empty() ? nullptr : host.c_str(),
                                  std::to_string(port).c_str(), &wanted, &found);
  if (error != 0) {
    return fail(std::string("cannot resolve: ") + ::gai_strerror(error), host,
                "give an address of this machine, or 0.0.0.0 for all", ErrorCode::Network);
  }
  std::vector<Address> out;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    Address address;
    address.length = one->ai_addrlen;
    __builtin_memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
    out.push_back(address);
  }
  ::freeaddrinfo(found);
  return out;
}

void set_option(int socket, int level, int name, int value) {
  ::setsockopt(socket, level, name, &value, sizeof(value));
}

/// The bound, listening socket.
Result<int> listen_on(Address address, const std::string& where) {
  const int socket =
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return fail_errno("cannot open a socket", where, errno);
  set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  if (::bind(socket, address.get(), address.length) == 0 && ::listen(socket, kBacklog) == 0) {
    return socket;
  }
  const int error = errno;
  ::close(socket);
  auto failure = fail_errno("cannot listen", where, error);
  if (error == EADDRINUSE) failure.value().hint = "another program uses the port";
  return failure;
}

struct Peer {
  std::string text;   ///< "192.0.2.1:443", "[2001:db8::1]:443"
  std::string group;  ///< what counts as one peer
};

Peer describe(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.storage.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address.storage);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return {std::string(text.data()) + ":" + std::to_string(ntohs(v4.sin_port)), text.data()};
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address.storage);
  const std::string port = std::to_string(ntohs(v6.sin6_port));
  const auto* bytes = reinterpret_cast<const char*>(&v6.sin6_addr);
  if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
    ::inet_ntop(AF_INET, bytes + 12, text.data(), text.size());
    return {std::string(text.data()) + ":" + port, text.data()};
  }
  ::inet_ntop(AF_INET6, bytes, text.data(), text.size());
  return {"[" + std::string(text.data()) + "]:" + port, std::string(bytes, 8)};
}

/// Signals are the main thread's business; writing to a socket that was closed is no signal at all.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

struct HttpServer::State {
  State(HttpServerOptions options, HttpHandler handler)
      : service(std::move(options), std::move(handler)) {}
  ~State() {
    if (listener >= 0) ::close(listener);
    if (stopper >= 0) ::close(stopper);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void accept_connections();
  void accept_one(int socket, const Address& address);

  HttpShared service;
  int listener = -1;
  int stopper = -1;  ///< an eventfd that ends accepting
  std::uint16_t port = 0;
  std::vector<std::unique_ptr<IoThread>> io_threads;
  std::size_t next = 0;
  std::thread acceptor;
  bool stopped = false;
};

void HttpServer::State::accept_connections() {
  for (;;) {
    std::array<pollfd, 2> wanted = {pollfd{listener, POLLIN, 0}, pollfd{stopper, POLLIN, 0}};
    ::poll(wanted.data(), wanted.size(), -1);
    if (wanted[1].revents != 0) return;
    for (;;) {
      Address address;
      const int socket =
          ::accept4(listener, address.get(), &address.length, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (socket >= 0) {
        accept_one(socket, address);
        continue;
      }
      if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        ::poll(&wanted[1], 1, static_cast<int>(kRest.count()));
      }
      if (errno != ECONNABORTED && errno != EINTR) break;
    }
  }
}

void HttpServer::State::accept_one(int socket, const Address& address) {
  const Peer peer = describe(address);
  Arrival arrival;
  arrival.socket = socket;
  arrival.remote = peer.text;
  arrival.seat = service.peers.admit(peer.group);
  if (arrival.seat) {
    set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    if (service.options.tls) {
      auto stream = service.options.tls->stream(socket);
      if (stream) arrival.stream = std::move(*stream);
    } else {
      arrival.stream = plain_stream(socket);
    }
  }
  if (!arrival.stream) {
    ++service.refused_connections;
    ::close(socket);
    return;
  }
  ++service.accepted;
  io_threads[next++ % io_threads.size()]->adopt(std::move(arrival));
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpServerOptions options,
                                                      HttpHandler handler) {
  const std::string where = options.host + ":" + std::to_string(options.port);
  if (options.io_threads == 0 || options.workers == 0) {
    return fail("a server needs at least one I/O thread and one worker", where);
  }
  VIGIL_TRY(const auto addresses, resolve(options.host, options.port));
  Result<int> listener = fail("there is no such address", where, {}, ErrorCode::Network);
  for (const Address& address : addresses) {
    listener = listen_on(address, where);
    if (listener) break;
  }
  if (!listener) return tl::unexpected(listener.error());

  const BlockedSignals blocked;
  auto state = std::make_unique<State>(std::move(options), std::move(handler));
  state->listener = *listener;
  state->stopper = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (state->stopper < 0) return fail_errno("cannot make an eventfd", where, errno);
  Address bound;
  ::getsockname(state->listener, bound.get(), &bound.length);
  state->port = ntohs(bound.storage.ss_family == AF_INET
                          ? reinterpret_cast<const sockaddr_in&>(bound.storage).sin_port
                          : reinterpret_cast<const sockaddr_in6&>(bound.storage).sin6_port);
  for (std::size_t i = 0; i < state->service.options.io_threads; ++i) {
    state->io_threads.push_back(std::make_unique<IoThread>(state->service));
  }
  state->acceptor = std::thread([raw = state.get()] { raw->accept_connections(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() {
  stop(std::chrono::milliseconds(0));
}

std::uint16_t HttpServer::port() const {
  return state_->port;
}

HttpServerCounts HttpServer::counts() const {
  const HttpShared& service = state_->service;
  return {.accepted = service.accepted,
          .refused_connections = service.refused_connections,
          .requests = service.requests,
          .refused_requests = service.refused_requests,
          .overloaded = service.overloaded,
          .open = service.peers.open()};
}

void HttpServer::stop(std::chrono::milliseconds grace) {
  if (state_->stopped) return;
  state_->stopped = true;
  const std::uint64_t one = 1;
  if (::write(state_->stopper, &one, sizeof(one)) == sizeof(one)) state_->acceptor.join();
  ::close(state_->listener);
  state_->listener = -1;
  for (const auto& thread : state_->io_threads) thread->drain();
  const auto end = std::chrono::steady_clock::now() + grace;
  while (state_->service.peers.open() > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  for (const auto& thread : state_->io_threads) thread->cut_off();
  state_->service.workers.stop();
  state_->io_threads.clear();
}

}  // namespace vigil::server
