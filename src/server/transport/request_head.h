// The head of an HTTP/1 request, read strictly: what two readers could understand differently is
// refused, because a proxy before us may be the other reader (request smuggling).
//
// Rules: RFC 9110 and RFC 9112. Where they let a server choose, it refuses: line folding (9112 5.2),
// bare line feeds (2.2), lists of lengths (6.3), codings other than "chunked" (6.1), a length beside
// a coding (6.1), blanks before a colon (5.1), no Host or several (3.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "server/transport/failure.h"

namespace vigil::server {

struct HeadLimits {
  std::size_t head = std::size_t{32} << 10;          ///< bytes of the whole head: 431
  std::size_t request_line = std::size_t{16} << 10;  ///< bytes of the first line: 414
  std::size_t fields = 100;                          ///< header fields: 431
};

/// Views into the text it was read from.
struct RequestHead {
  std::string_view method;
  std::string_view target;  ///< path and query; scheme and host of an absolute one are cut off
  unsigned minor = 1;       ///< of the version: HTTP/1.0 or HTTP/1.1
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool expects_continue = false;
  bool keep_alive = true;
};

/// `head` ends with the empty line.
tl::expected<RequestHead, HttpFailure> read_head(std::string_view head, const HeadLimits& limits);

/// What can be said of a head that is not whole: nothing if it may still become a good one. The bytes
/// before `from` have been looked at already.
std::optional<HttpFailure> check_unfinished_head(std::string_view head, std::size_t from,
                                                 const HeadLimits& limits);

/// Of names and words: letters, digits and some marks (RFC 9110 5.6.2).
bool is_token_letter(char c);
/// No control characters but tabs.
bool is_field_text(std::string_view text);
/// NAME: VALUE, with nothing between the name and the colon.
bool is_field_line(std::string_view line);

}  // namespace vigil::server
