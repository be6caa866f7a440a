#include "server/route.h"

#include "base/text.h"

namespace vigil::server {
namespace {

std::optional<unsigned> hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a' + 10);
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A' + 10);
  return std::nullopt;
}

/// The labels if the path has the pattern's form; a label is one segment and not empty.
std::optional<std::map<std::string, std::string, std::less<>>> match_pattern(
    std::string_view pattern, std::string_view path) {
  const auto wanted = base::split(pattern, '/');
  const auto given = base::split(path, '/');
  if (wanted.size() != given.size()) return std::nullopt;
  std::map<std::string, std::string, std::less<>> labels;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string_view segment = wanted[i];
    if (!segment.starts_with('{')) {
      if (segment != given[i]) return std::nullopt;
      continue;
    }
    const auto value = decode_percent(given[i]);
    if (!value || value->empty()) return std::nullopt;
    labels.emplace(segment.substr(1, segment.size() - 2), *value);
  }
  return labels;
}

}  // namespace

std::optional<std::string> decode_percent(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto high = hex_digit(text[i + 1]);
    const auto low = hex_digit(text[i + 2]);
    if (!high || !low) return std::nullopt;
    out += static_cast<char>(*high << 4U | *low);
    i += 2;
  }
  return out;
}

std::optional<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view query) {
  std::map<std::string, std::string, std::less<>> members;
  if (query.empty()) return members;
  for (const std::string_view part : base::split(query, '&')) {
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    const auto name = decode_percent(part.substr(0, equals));
    const auto value = decode_percent(equals == std::string_view::npos ? std::string_view()
                                                                       : part.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    members.emplace(*name, *value);
  }
  return members;
}

RouteMatch find_route(std::span<const Route* const> routes, std::string_view method,
                      std::string_view path) {
  RouteMatch match;
  for (const Route* route : routes) {
    auto labels = match_pattern(route->pattern, path);
    if (!labels) continue;
    match.known_path = true;
    if (route->method != method) continue;
    // A word of the pattern's own counts more than a label: "/findings/export" is no finding's id.
    if (match.route != nullptr && match.labels.size() <= labels->size()) continue;
    match.route = route;
    match.labels = std::move(*labels);
  }
  return match;
}

HttpResponse json_response(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.headers.push_back({"Content-Type", "application/json"});
  response.body = std::move(body);
  return response;
}

HttpResponse error_response(const api::ApiError& error) {
  HttpResponse response = json_response(error.status, api::error_body(error));
  response.headers.push_back({"x-amzn-ErrorType", error.type});
  if (error.retry_after > 0) {
    response.headers.push_back({"Retry-After", std::to_string(error.retry_after)});
  }
  return response;
}

}  // namespace vigil::server
