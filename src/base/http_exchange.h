// One HTTP exchange over libcurl: a request goes out, an answer comes in or it fails. The policy
// (conditions, retries, partial files) is http.cc's. For the room base only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"

namespace vigil::base {

/// The head of the final answer, after redirects.
struct HttpHead {
  long status = 0;
  std::string etag;
  std::string last_modified;
  std::string content_range;
  std::string content_encoding;
  std::string aws_error_type;  ///< x-amzn-ErrorType
  std::optional<std::uint64_t> content_length;
};

/// Where a body goes. An error ends the exchange and is what it fails with.
class HttpSink {
 public:
  HttpSink() = default;
  HttpSink(const HttpSink&) = delete;
  HttpSink& operator=(const HttpSink&) = delete;
  virtual ~HttpSink() = default;
  /// Once for an answer 200 or 206, before the first byte of its body, even if that is empty.
  virtual Result<void> begin(const HttpHead& head) = 0;
  virtual Result<void> write(std::string_view bytes) = 0;
};

struct Exchange {
  HttpHead head;
  std::string url;                           ///< after redirects
  std::optional<std::uint64_t> retry_after;  ///< seconds
  std::optional<Error> error;                ///< no complete answer
  bool temporary = false;                    ///< the error may be gone at the next attempt
};

/// Another request than GET.
struct HttpUpload {
  std::string method;
  std::string_view body;
};

/// Bodies of other answers than 200 and 206 are dropped. `headers` are whole lines. With an upload no
/// redirect is followed, and the body of every answer goes to the sink.
Exchange exchange(const std::string& url, const std::vector<std::string>& headers,
                  const HttpOptions& options, HttpSink& sink, const HttpUpload* upload = nullptr);

}  // namespace vigil::base
