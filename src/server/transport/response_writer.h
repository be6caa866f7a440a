// An answer as the bytes of HTTP/1.1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http.h"
#include "server/transport/failure.h"

namespace vigil::server {

/// How the end of the body is known.
enum class BodyFraming { Length, Chunked, UntilClose };

struct ResponseContext {
  std::string_view method;  ///< of the request
  bool old_version = false;
  bool keep_alive = true;
  std::int64_t now = 0;  ///< seconds since 1970, for Date
};

/// Neither status allows a body (RFC 9110 6.4.1), nor does HEAD.
bool has_body(const HttpResponse& response, std::string_view method);
BodyFraming framing_of(const HttpResponse& response, const ResponseContext& context);
/// Status line and headers up to the empty line. Content-Length, Transfer-Encoding, Connection, Date,
/// Server and X-Content-Type-Options are set here; line ends in a header's value become blanks.
std::string response_head(const HttpResponse& response, const ResponseContext& context);

/// {"message": ...}, as AWS's services answer what never reached an operation.
HttpResponse failure_response(const HttpFailure& failure);

/// One chunk of a body; not for an empty part, which would end it.
std::string chunk(std::string_view part);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

/// "Mon, 23 Nov 2026 04:45:17 GMT"
std::string http_date(std::int64_t seconds);
/// "Not Found"; "Status" where there is no name for the number.
std::string_view reason_phrase(int status);

}  // namespace vigil::server
