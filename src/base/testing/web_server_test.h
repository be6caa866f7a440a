// An HTTP server for tests on a loopback port, whose answers a function makes: for clients that ask
// several things in an order of their own, on several connections. It may break every rule.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/testing/http_server_test.h"

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

  explicit WebServer(Handler handler)
      : handler_(std::move(handler)),
        server_([this](const std::string& request, std::size_t) { return answer(request); }) {}

  [[nodiscard]] std::string host() const { return server_.host(); }
  [[nodiscard]] std::string url(std::string_view target) const { return server_.url(target); }
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
  static WebRequest parse(const std::string& bytes) {
    WebRequest request;
    const std::size_t end = bytes.find("\r\n\r\n");
    request.head = bytes.substr(0, end + 2);
    request.body = bytes.substr(end + 4);
    request.method = bytes.substr(0, bytes.find(' '));
    const std::size_t target = request.method.size() + 1;
    request.target = bytes.substr(target, bytes.find(' ', target) - target);
    return request;
  }

  HttpReply answer(const std::string& bytes) {
    if (bytes.find("\r\n\r\n") == std::string::npos) return {};
    const WebRequest request = parse(bytes);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const WebReply reply = handler_(request);
    std::string out = "HTTP/1.1 " + reply.status + "\r\nConnection: close\r\n" + reply.headers;
    if (!reply.no_length && reply.headers.find("Content-Length") == std::string::npos) {
      out += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    }
    out += "\r\n";
    if (request.method != "HEAD") out += reply.body.substr(0, reply.cut_after);
    return {std::move(out), reply.delay, {}};
  }

  Handler handler_;
  std::mutex mutex_;
  std::vector<WebRequest> requests_;  ///< guarded by mutex_
  HttpServer server_;                 ///< last: it ends before what it uses
};

}  // namespace vigil::base
