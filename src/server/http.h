// An HTTP request and its answer as values: what the transport hands to the rest of the server.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigil::server {

struct Header {
  std::string name;  ///< as received; compared without case
  std::string value;
};

struct HttpRequest {
  std::string method;
  std::string target;  ///< as received: path and query, not decoded
  std::vector<Header> headers;
  std::string body;
  std::string remote;  ///< address and port of the peer
  bool secure = false;

  /// The first header of this name; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] std::string_view path() const;   ///< of the target, still percent-encoded
  [[nodiscard]] std::string_view query() const;  ///< of the target, without '?'
};

/// Gives the next part of a streamed body; empty at the end. Runs on a worker thread, which it holds
/// only while it makes that part. An exception breaks the connection off, so that the client sees
/// that the body is not whole.
using BodySource = std::function<std::string()>;

/// The next part of a body that goes on for long, such as server-sent events.
struct EventPart {
  std::string bytes;                   ///< may be empty
  bool end = false;                    ///< nothing follows
  std::chrono::milliseconds pause{0};  ///< ask again after this; no thread waits meanwhile
};
/// Must not wait: with nothing to say it asks for a pause. The server stops asking when the client
/// goes, which it notices when it writes (so write a comment line now and then), or when it ends.
using EventSource = std::function<EventPart()>;

struct HttpResponse {
  int status = 200;
  std::vector<Header> headers;  ///< without Content-Length, Date, Connection
  std::string body;
  BodySource stream;   ///< if set, the body comes from it, chunked, and `body` is not used
  EventSource events;  ///< the same, for a body that lasts
};

/// Answers a request; runs on a worker thread and may block.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

}  // namespace vigil::server
