// Absolute addresses of HTTP servers, as far as a client that judges them needs their parts (RFC 3986).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigil::base {

/// The parts of an absolute http or https URL; nothing for any other text, for one with credentials
/// in it, and for one with control characters or blanks.
struct Url {
  std::string scheme;  ///< lower case
  std::string host;    ///< lower case; an IPv6 address in brackets
  std::uint16_t port = 0;
  std::string target;  ///< path and query, begins with '/'

  /// The same scheme, host and port?
  [[nodiscard]] bool same_origin(const Url& other) const;
  /// "host", or "host:port" if it is not the scheme's own.
  [[nodiscard]] std::string authority() const;
  [[nodiscard]] std::string text() const;
};
std::optional<Url> parse_url(std::string_view text);

/// What a Location header means at `base`: an absolute URL, "//host/path", "/path", "path".
std::optional<Url> resolve_url(const Url& base, std::string_view reference);

}  // namespace vigil::base
