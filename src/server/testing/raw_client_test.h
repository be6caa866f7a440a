// A client for tests that sends any bytes, plain or through TLS, and reads what comes back. Every wait
// ends by itself.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vigil::server::testing {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, bool tls = false) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    if (!tls || !connected_) return;
    context_ = ::SSL_CTX_new(::TLS_client_method());
    ssl_ = ::SSL_new(context_);
    ::SSL_set_fd(ssl_, socket_);
    connected_ = ::SSL_connect(ssl_) == 1;
  }
  ~RawClient() {
    ::SSL_free(ssl_);
    ::SSL_CTX_free(context_);
    close();
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] SSL* ssl() const { return ssl_; }
  [[nodiscard]] int socket() const { return socket_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ssl_ != nullptr
                               ? ::SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_output() { ::shutdown(socket_, SHUT_WR); }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  /// Until the server closes, or ten seconds without a byte.
  std::string read_all() {
    while (receive()) {
    }
    return std::move(buffer_);
  }
  /// Until `mark` has come; what is behind it stays. Empty if it does not come.
  std::string read_until(std::string_view mark) {
    std::size_t at = buffer_.find(mark);
    while (at == std::string::npos) {
      if (!receive()) return {};
      at = buffer_.find(mark);
    }
    std::string out = buffer_.substr(0, at + mark.size());
    buffer_.erase(0, out.size());
    return out;
  }
  /// One answer with a Content-Length, head and body.
  std::string read_response() {
    std::string out = read_until("\r\n\r\n");
    const std::size_t at = out.find("Content-Length: ");
    if (at == std::string::npos) return out;
    const std::size_t length = std::stoul(out.substr(at + 16));
    while (buffer_.size() < length) {
      if (!receive()) return {};
    }
    out += buffer_.substr(0, length);
    buffer_.erase(0, length);
    return out;
  }
  /// Whether the server closes within the time.
  bool closes_within(std::chrono::milliseconds time) {
    pollfd wanted{socket_, POLLIN, 0};
    while (::poll(&wanted, 1, static_cast<int>(time.count())) > 0) {
      if (!receive()) return true;
    }
    return false;
  }

 private:
  bool receive() {
    std::array<char, 16384> bytes{};
    const ssize_t got = ssl_ != nullptr
                            ? ::SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                            : ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (got <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
  }

  int socket_ = -1;
  bool connected_ = false;
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
  std::string buffer_;
};

}  // namespace vigil::server::testing
