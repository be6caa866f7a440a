// Fetches files over HTTPS: conditionally, resuming what was cut off, retrying what is temporary.
//
// libcurl does the protocol (https://curl.se/libcurl/c/). It is loaded with dlopen on the first
// request: linked in, it brings 27 further shared libraries and makes the start of an empty program
// 8 ms slower (1.8 ms to 9.5 ms, best of 60 on Debian 12), which every start would pay. Proxies come
// from the environment as curl reads them (https_proxy, no_proxy ...). TLS certificates are always
// verified.
//
// Nothing is ever sent but the request itself: method, host, path, the user agent, and the
// conditions and ranges below; of http_send, what its caller gives. No cookies, no credentials of
// libcurl's own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::base {

/// Bytes received so far and, where the server says it, how many there will be. False: stop, which
/// makes the request fail with "cancelled". Called several times a second, also while waiting.
using HttpProgress =
    std::function<bool(std::uint64_t received, std::optional<std::uint64_t> total)>;

struct HttpOptions {
  std::string user_agent = "vigil";
  /// Larger bodies are an error of code TooLarge; counted after decompression.
  std::uint64_t max_bytes = std::uint64_t{8} << 30;
  std::chrono::seconds connect_timeout{20};
  std::chrono::seconds stall_timeout{60};    ///< no byte for so long
  std::chrono::seconds total_timeout{3600};  ///< one attempt
  unsigned redirects = 8;
  unsigned attempts = 4;  ///< 1: no retry
  /// Waits first_wait, then twice that, and so on, or what Retry-After says; never longer than
  /// longest_wait: a server that wants more makes the request fail.
  std::chrono::milliseconds first_wait{1000};
  std::chrono::seconds longest_wait{120};
  /// Lets http:// through, also as the target of a redirect. Only for a mirror on a trusted network.
  bool allow_http = false;
  std::string ca_file;  ///< PEM certificates to trust instead of the system's
  HttpProgress progress;
};

struct HttpRequest {
  std::string url;
  /// What a former answer carried; with either, the answer may be "not modified".
  std::string etag;
  std::string last_modified;
};

struct HttpResponse {
  bool not_modified = false;  ///< 304: the copy the request speaks of is current, there is no body
  std::string etag;           ///< to be sent with the next request
  std::string last_modified;
  std::string url;          ///< after redirects
  std::uint64_t bytes = 0;  ///< length of the whole body
  bool resumed = false;     ///< a partial file was completed
};

struct HttpBody {
  HttpResponse response;
  std::string bytes;
};

/// A small answer into memory.
///
/// Errors of both functions: NotFound (404, 410), TooLarge, Network for everything between here and
/// the server (name resolution, connection, TLS, time limits, other status codes), Invalid for an
/// address that is not https. Temporary ones (connection lost, 408, 429, 5xx) are retried first.
Result<HttpBody> http_get(const HttpRequest& request, const HttpOptions& options);

/// A file of any size. The bytes go to `<path>.part`, which is synced and renamed at the end, so
/// `path` is always either the old or the new file. A part that is left over, also by an earlier
/// process, is completed with a Range request if the server's validator is still the same (RFC 9110
/// sections 13.1.5 and 14.2); the validator is kept in `<path>.part.from`. Not modified: `path` is
/// not touched. Busy if another process is downloading to the same path.
Result<HttpResponse> http_download(const HttpRequest& request, const HttpOptions& options,
                                   const std::string& path);

/// A request that changes something, or asks by a body.
struct HttpCall {
  std::string method = "PUT";
  std::string url;
  std::string_view body;
  /// The header lines of one attempt, "Name: value": a signature holds for some minutes only.
  std::function<std::vector<std::string>()> headers;
};

struct HttpAnswer {
  long status = 0;
  std::string error_type;  ///< x-amzn-ErrorType
  std::string body;
};

/// Sends it and takes whatever is answered; redirects are not followed. Retries as above, so the
/// request must be one that may arrive twice; after the last attempt a temporary answer is given back
/// like any other. Errors: TooLarge, Network, Invalid.
Result<HttpAnswer> http_send(const HttpCall& call, const HttpOptions& options);

}  // namespace vigil::base
