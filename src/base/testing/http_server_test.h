// An HTTP server for tests, on a loopback port of its own: it sends what it is told, also what breaks
// every rule. web_server_test.h takes requests apart and puts answers together.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace vigil::base {

struct HttpReply {
  std::string bytes;  ///< head and body as they go out; the connection is closed after
  std::chrono::milliseconds delay{0};   ///< before it
  std::chrono::milliseconds linger{0};  ///< with an open connection after it
};

inline HttpReply http_reply(std::string_view status, std::string_view headers,
                            std::string_view body) {
  std::string bytes = "HTTP/1.1 " + std::string(status) + "\r\nConnection: close\r\n";
  bytes += headers;
  if (headers.find("Content-Length") == std::string_view::npos &&
      headers.find("Transfer-Encoding") == std::string_view::npos) {
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return {bytes + "\r\n" + std::string(body)};
}

/// Every connection has a thread of its own and carries one request.
class HttpServer {
 public:
  /// Is given a request as it came and how many came before it. Several threads may ask at once.
  using Answer = std::function<HttpReply(const std::string& request, std::size_t number)>;

  explicit HttpServer(Answer answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(listener_, 32), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { accept_all(); });
  }
  /// One reply after the other; the last one repeats.
  explicit HttpServer(std::vector<HttpReply> replies)
      : HttpServer([replies = std::move(replies)](const std::string&, std::size_t number) {
          return replies[std::min(number, replies.size() - 1)];
        }) {}
  /// The same on a socket of the file system.
  HttpServer(const std::string& path, std::vector<HttpReply> replies)
      : answer_([replies = std::move(replies)](const std::string&, std::size_t number) {
          return replies[std::min(number, replies.size() - 1)];
        }) {
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(::listen(listener_, 32), 0);
    thread_ = std::thread([this] { accept_all(); });
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer() {
    ending_ = true;
    thread_.join();
    for (std::thread& client : clients_) client.join();
    ::close(listener_);
  }

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string url(std::string_view path, std::string_view scheme = "http") const {
    return std::string(scheme) + "://" + host() + std::string(path);
  }
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  bool readable(int descriptor) const {
    while (!ending_) {
      pollfd wanted{descriptor, POLLIN, 0};
      if (::poll(&wanted, 1, 10) > 0) return true;
    }
    return false;
  }

  void pause(std::chrono::milliseconds time) const {
    const auto end = std::chrono::steady_clock::now() + time;
    while (!ending_ && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  /// With the body that its Content-Length says; what is no request is taken as it comes.
  static bool is_whole(const std::string& request) {
    constexpr std::string_view kLength = "Content-Length: ";
    if (request.empty()) return false;
    if (request[0] < 'A' || request[0] > 'Z') return true;
    const std::size_t end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const std::size_t length = request.find(kLength);
    if (length == std::string::npos || length > end) return true;
    return request.size() - end - 4 >= std::stoul(request.substr(length + kLength.size()));
  }

  void accept_all() {
    while (readable(listener_)) {
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client >= 0) clients_.emplace_back([this, client] { serve(client); });
    }
  }

  void serve(int client) {
    std::string request;
    std::array<char, 4096> buffer{};
    while (!is_whole(request) && readable(client)) {
      const ssize_t got = ::recv(client, buffer.data(), buffer.size(), 0);
      if (got <= 0) break;
      request.append(buffer.data(), static_cast<std::size_t>(got));
    }
    if (is_whole(request)) answer(client, request);
    ::close(client);
  }

  void answer(int client, const std::string& request) {
    std::size_t number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = requests_.size();
      requests_.push_back(request);
    }
    const HttpReply reply = answer_(request, number);
    pause(reply.delay);
    std::string_view rest = reply.bytes;
    while (!rest.empty()) {
      const ssize_t sent = ::send(client, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    pause(reply.linger);
  }

  Answer answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_{false};
  std::mutex mutex_;
  std::vector<std::string> requests_;  ///< guarded by mutex_
  std::vector<std::thread> clients_;
  std::thread thread_;
};

}  // namespace vigil::base
