// An HTTP server for tests on a loopback port, whose answers a function makes: for clients that ask
// several things in an order of their own, on several connections. It may break every rule.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
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

struct WebRequest {
  std::string method;
  std::string target;
  std::string head;  ///< all of it
  std::string body;

  [[nodiscard]] bool has(std::string_view line) const {
    return head.find(line) != std::string::npos;
  }
};

struct WebReply {
  std::string status = "200 OK";
  std::string headers;  ///< whole lines, each with its end
  std::string body;
  /// Leave out Content-Length; send so many bytes of the body and close; wait before answering.
  bool no_length = false;
  std::size_t cut_after = std::string::npos;
  std::chrono::milliseconds delay{0};
};

class WebServer {
 public:
  using Handler = std::function<WebReply(const WebRequest& request)>;

  explicit WebServer(Handler handler) : handler_(std::move(handler)) {
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
  ~WebServer() {
    ending_ = true;
    thread_.join();
    for (std::thread& client : clients_) client.join();
    ::close(listener_);
  }

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string url(std::string_view target) const {
    return "http://" + host() + std::string(target);
  }
  /// Requests of HTTP; what is none (a TLS greeting) is hung up on.
  std::vector<WebRequest> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::size_t count(std::string_view target) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(requests_.begin(), requests_.end(),
                      [&](const WebRequest& one) { return one.target == target; }));
  }

 private:
  bool readable(int descriptor) const {
    while (!ending_) {
      pollfd wanted{descriptor, POLLIN, 0};
      if (::poll(&wanted, 1, 10) > 0) return true;
    }
    return false;
  }

  void accept_all() {
    while (readable(listener_)) {
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client >= 0) clients_.emplace_back([this, client] { serve(client); });
    }
  }

  static std::size_t length_of(const std::string& head) {
    const std::size_t at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
  }

  bool read_request(int client, WebRequest& request) const {
    std::string bytes;
    std::array<char, 4096> buffer{};
    while (readable(client)) {
      const ssize_t got = ::recv(client, buffer.data(), buffer.size(), 0);
      if (got <= 0) return false;
      bytes.append(buffer.data(), static_cast<std::size_t>(got));
      if (bytes[0] < 'A' || bytes[0] > 'Z') return false;
      const std::size_t end = bytes.find("\r\n\r\n");
      if (end == std::string::npos ||
          bytes.size() - end - 4 < length_of(bytes.substr(0, end + 2))) {
        continue;
      }
      request.head = bytes.substr(0, end + 2);
      request.body = bytes.substr(end + 4);
      request.method = bytes.substr(0, bytes.find(' '));
      const std::size_t target = request.method.size() + 1;
      request.target = bytes.substr(target, bytes.find(' ', target) - target);
      return true;
    }
    return false;
  }

  void serve(int client) {
    WebRequest request;
    if (read_request(client, request)) {
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
      }
      const WebReply reply = handler_(request);
      const auto end = std::chrono::steady_clock::now() + reply.delay;
      while (!ending_ && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
      std::string bytes = "HTTP/1.1 " + reply.status + "\r\nConnection: close\r\n" + reply.headers;
      if (!reply.no_length && reply.headers.find("Content-Length") == std::string::npos) {
        bytes += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
      }
      bytes += "\r\n";
      if (request.method != "HEAD") bytes += reply.body.substr(0, reply.cut_after);
      std::string_view rest = bytes;
      while (!rest.empty()) {
        const ssize_t sent = ::send(client, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(sent));
      }
    }
    ::close(client);
  }

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_{false};
  std::mutex mutex_;
  std::vector<WebRequest> requests_;
  std::vector<std::thread> clients_;
  std::thread thread_;
};

}  // namespace vigil::base
