#include "base/url.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::uint16_t port_of(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
}

/// What curl and this file could read differently is refused.
bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    return host.size() > 2 && host.ends_with(']') &&
           host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
  }
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return is_alnum(c) || c == '.' || c == '-' || c == '_';
  });
}

std::string directory_of(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  return std::string(path.substr(0, path.rfind('/') + 1));
}

}  // namespace

bool Url::same_origin(const Url& other) const {
  return scheme == other.scheme && host == other.host && port == other.port;
}

std::string Url::authority() const {
  return port == port_of(scheme) ? host : host + ":" + std::to_string(port);
}

std::string Url::text() const {
  return scheme + "://" + authority() + target;
}

std::optional<Url> parse_url(std::string_view text) {
  if (text.size() > 16'384 || !is_plain(text)) return std::nullopt;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  Url url;
  url.scheme = lower(text.substr(0, colon));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  text.remove_prefix(colon + 3);
  text = text.substr(0, text.find('#'));
  const std::size_t end = text.find_first_of("/?");
  std::string_view authority = text.substr(0, end);
  std::string_view target = end == std::string_view::npos ? std::string_view{} : text.substr(end);
  url.port = port_of(url.scheme);
  const std::size_t port = authority.rfind(':');
  if (port != std::string_view::npos && authority.find(']', port) == std::string_view::npos) {
    const auto number = parse_unsigned(authority.substr(port + 1));
    if (!number || *number == 0 || *number > 65'535) return std::nullopt;
    url.port = static_cast<std::uint16_t>(*number);
    authority = authority.substr(0, port);
  }
  if (!is_host(authority)) return std::nullopt;
  url.host = lower(authority);
  url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
  return url;
}

std::optional<Url> resolve_url(const Url& base, std::string_view reference) {
  if (reference.empty() || !is_plain(reference)) return std::nullopt;
  const std::size_t colon = reference.find(':');
  if (colon != std::string_view::npos && colon < reference.find_first_of("/?#")) {
    return parse_url(reference);  // it names a scheme
  }
  const std::string origin = base.scheme + "://" + base.authority();
  if (reference.starts_with("//")) return parse_url(base.scheme + ":" + std::string(reference));
  if (reference.starts_with('/')) return parse_url(origin + std::string(reference));
  if (reference.starts_with('?')) {
    return parse_url(origin + base.target.substr(0, base.target.find('?')) +
                     std::string(reference));
  }
  return parse_url(origin + directory_of(base.target) + std::string(reference));
}

}  // namespace vigil::base
