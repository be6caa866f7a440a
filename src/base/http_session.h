// Single HTTP requests to a server that is not trusted. Nothing is decided here: no redirect is
// followed, nothing is retried, no credentials are added; every header of the answer is handed over,
// and the caller says which addresses may be connected to. Connections are kept for the next request.
//
// libcurl does the protocol, loaded when it is first needed (base/http.h says why). Of proxies, the
// environment counts as curl reads it; through a proxy, which resolves names itself, the address of
// the server is not known and only literal addresses in the URL are judged.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/network_address.h"
#include "base/result.h"

namespace vigil::base {

struct SessionOptions {
  std::string user_agent = "vigil";
  std::chrono::milliseconds connect_timeout{20'000};
  std::chrono::seconds stall_timeout{60};              ///< less than one byte a second for so long
  std::chrono::milliseconds total_timeout{3'600'000};  ///< one request
  std::string ca_file;             ///< PEM certificates to trust beside the system's
  std::string client_certificate;  ///< PEM file; empty: none
  std::string client_key;          ///< PEM file
  bool verify_certificates = true;
  /// Every connection goes to this socket of the machine (AF_UNIX), whatever host the URL names.
  std::string unix_socket;
  bool direct = false;  ///< past the proxies of the environment; a socket always is
};

struct SessionRequest {
  std::string method = "GET";  ///< GET, HEAD, POST
  std::string url;
  std::vector<std::string> headers;  ///< "Name: value"
  std::string_view body;             ///< of a POST
  /// A body longer than that is an error of code TooLarge, before it is read if its length is told.
  std::uint64_t max_bytes = std::uint64_t{4} << 20;
  /// Takes the body of an answer 200 or 206 instead of SessionAnswer::body, piece by piece. Its error
  /// ends the request and is what it fails with.
  std::function<Result<void>(std::string_view bytes)> sink;
  /// Judges the head of an answer that goes to the sink, before its first byte.
  std::function<Result<void>(const struct SessionAnswer& head)> begin;
  std::function<bool(AddressKind kind)> may_connect;  ///< none: anywhere
  std::function<bool()> cancelled;                    ///< asked several times a second
};

struct SessionAnswer {
  long status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< as sent; names of any case
  std::string body;                          ///< of other answers than 200 and 206 the first 64 KiB
  std::string address;                       ///< that answered: "192.0.2.1"; empty behind a proxy
  std::optional<std::uint64_t> retry_after;  ///< seconds

  /// The first of that name; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Why there is no whole answer.
struct SessionFailure {
  Error error;
  bool temporary = false;  ///< may be gone at the next attempt
  bool no_tls = false;     ///< the other side does not speak TLS
  /// What had been received of the head, status 0 if nothing.
  SessionAnswer answer;
};

/// Thread-safe.
class HttpSession {
 public:
  explicit HttpSession(SessionOptions options);
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;
  ~HttpSession();

  tl::expected<SessionAnswer, SessionFailure> send(const SessionRequest& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigil::base
