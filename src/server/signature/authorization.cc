#include "server/signature/authorization.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/percent.h"
#include "base/text.h"
#include "server/transport/response_writer.h"

namespace vigil::server {
namespace {

constexpr std::size_t kLongestValue = 8192;
constexpr std::size_t kMostSignedHeaders = 100;
constexpr std::int64_t kLongestExpiry = std::int64_t{7} * 24 * 3600;

tl::unexpected<api::ApiError> incomplete(std::string message) {
  api::ApiError error;
  error.type = "IncompleteSignatureException";
  error.status = 403;
  error.message = std::move(message);
  return tl::unexpected<api::ApiError>(std::move(error));
}

tl::unexpected<api::ApiError> missing_token() {
  api::ApiError error;
  error.type = "MissingAuthenticationTokenException";
  error.status = 403;
  error.message = "Missing Authentication Token";
  return tl::unexpected<api::ApiError>(std::move(error));
}

/// The only value of the header; nothing if it is absent or comes twice.
std::optional<std::string_view> only(const HttpRequest& request, std::string_view name) {
  std::optional<std::string_view> found;
  for (const Header& header : request.headers) {
    if (!base::equals_ignoring_case(header.name, name)) continue;
    if (found) return {};
    found = header.value;
  }
  return found;
}

/// The parameters of a query, decoded; nothing if one that belongs to the signature comes twice.
std::optional<std::map<std::string, std::string, std::less<>>> parameters_of(
    std::string_view query) {
  std::map<std::string, std::string, std::less<>> out;
  for (const std::string_view part : base::split(query, '&')) {
    const std::size_t mark = part.find('=');
    if (mark == std::string_view::npos) continue;
    std::string name = base::percent_decoded(part.substr(0, mark));
    if (!name.starts_with("X-Amz-")) continue;
    if (!out.emplace(std::move(name), base::percent_decoded(part.substr(mark + 1))).second) {
      return {};
    }
  }
  return out;
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

/// AKIA.../20261123/us-east-1/inspector2/aws4_request
bool read_credential(std::string_view text, Authorization& into) {
  const auto parts = base::split(text, '/');
  if (parts.size() != 5 || !is_plain(text) || parts[4] != "aws4_request") return false;
  if (std::ranges::any_of(parts, [](std::string_view part) { return part.empty(); })) return false;
  into.access_key_id = parts[0];
  into.scope = {std::string(parts[1]), std::string(parts[2]), std::string(parts[3])};
  return true;
}

bool read_signed_headers(std::string_view text, Authorization& into) {
  const auto names = base::split(text, ';');
  if (names.size() > kMostSignedHeaders || !is_plain(text)) return false;
  for (const std::string_view name : names) {
    if (name.empty()) return false;
    into.signed_headers.push_back(base::lower(name));
  }
  return true;
}

bool read_signature(std::string_view text, Authorization& into) {
  into.signature = text;
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return base::is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

/// "Mon, 23 Nov 2026 04:45:17 GMT", which a Date header may have.
std::optional<std::int64_t> parse_http_date(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29) return {};
  const std::size_t month = kMonths.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return {};
  const std::string number = std::to_string(month / 3 + 101).substr(1);
  std::string digits =
      std::string(text.substr(12, 4)) + number + std::string(text.substr(5, 2)) + "T";
  for (const char c : text.substr(17, 8)) {
    if (c != ':') digits += c;
  }
  const auto time = base::parse_aws_time(digits + "Z");
  if (!time || http_date(*time) != text) return {};
  return time;
}

api::Outcome<void> read_time(const HttpRequest& request, Authorization& into) {
  std::optional<std::string_view> text = only(request, "X-Amz-Date");
  std::optional<std::int64_t> time;
  if (text) {
    time = base::parse_aws_time(*text);
  } else {
    text = only(request, "Date");
    if (!text) {
      return incomplete(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    time = base::parse_aws_time(*text);
    if (!time) time = parse_http_date(*text);
  }
  if (!time) {
    return incomplete("Date must be in ISO-8601 'basic format'. Got '" + base::printable(*text) +
                      "'.");
  }
  into.time = *time;
  into.time_text = base::format_aws_time(*time);
  return {};
}

/// The parts "NAME=VALUE" of the header, separated by commas.
api::Outcome<std::map<std::string_view, std::string_view>> parts_of(std::string_view text) {
  std::map<std::string_view, std::string_view> out;
  for (const std::string_view piece : base::split(text, ',')) {
    const std::string_view part = base::trim(piece);
    const std::size_t mark = part.find('=');
    if (mark == std::string_view::npos) {
      return incomplete("'" + base::printable(part) +
                        "' not a valid key=value pair (missing equal-sign) in Authorization "
                        "header.");
    }
    if (!out.emplace(part.substr(0, mark), part.substr(mark + 1)).second) {
      return incomplete("The Authorization header has a part twice.");
    }
  }
  return out;
}

api::Outcome<Authorization> read_header(const HttpRequest& request) {
  const auto header = only(request, "Authorization");
  if (!header) return incomplete("There is more than one Authorization header.");
  const std::string_view text = base::trim(*header);
  if (text.size() > kLongestValue) return incomplete("The Authorization header is too long.");
  const std::size_t blank = text.find(' ');
  if (text.substr(0, blank) != base::kAwsAlgorithm || blank == std::string_view::npos) {
    return incomplete("Unsupported AWS 'algorithm': '" + base::printable(text.substr(0, blank)) +
                      "'.");
  }
  VIGIL_TRY(const auto parts, parts_of(text.substr(blank + 1)));
  std::string absent;
  for (const std::string_view name : {"Credential", "Signature", "SignedHeaders"}) {
    if (parts.contains(name) && !parts.at(name).empty()) continue;
    if (!absent.empty()) absent += ' ';
    absent += "Authorization header requires '" + std::string(name) + "' parameter.";
  }
  if (!absent.empty()) return incomplete(std::move(absent));
  Authorization out;
  if (!read_credential(parts.at("Credential"), out)) {
    return incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. "
        "keyid/date/region/service/term, got '" +
        base::printable(parts.at("Credential")) + "'.");
  }
  if (!read_signed_headers(parts.at("SignedHeaders"), out) ||
      !read_signature(parts.at("Signature"), out)) {
    return incomplete("The Authorization header's SignedHeaders or Signature is malformed.");
  }
  VIGIL_CHECK(read_time(request, out));
  return out;
}

api::Outcome<Authorization> read_query(const HttpRequest& request) {
  if (request.query().size() > kLongestValue) return incomplete("The query is too long.");
  const auto parameters = parameters_of(request.query());
  if (!parameters) return incomplete("AWS query-string parameters must not come twice.");
  const auto value = [&](std::string_view name) -> std::string_view {
    const auto found = parameters->find(name);
    return found == parameters->end() ? std::string_view() : std::string_view(found->second);
  };
  if (value("X-Amz-Algorithm") != base::kAwsAlgorithm) {
    return incomplete("Unsupported AWS 'algorithm': '" + base::printable(value("X-Amz-Algorithm")) +
                      "'.");
  }
  std::string absent;
  for (const std::string_view name : {"X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders",
                                      "X-Amz-Date", "X-Amz-Expires"}) {
    if (!value(name).empty()) continue;
    if (!absent.empty()) absent += ' ';
    absent += "AWS query-string parameters must include '" + std::string(name) + "'.";
  }
  if (!absent.empty()) return incomplete(std::move(absent));
  Authorization out;
  out.presigned = true;
  const auto time = base::parse_aws_time(value("X-Amz-Date"));
  const auto expires = base::parse_unsigned(value("X-Amz-Expires"));
  if (!time || !read_credential(value("X-Amz-Credential"), out) ||
      !read_signed_headers(value("X-Amz-SignedHeaders"), out) ||
      !read_signature(value("X-Amz-Signature"), out)) {
    return incomplete("An AWS query-string parameter is malformed.");
  }
  if (!expires || *expires < 1 || *expires > kLongestExpiry) {
    return incomplete("X-Amz-Expires must be between 1 and 604800 seconds.");
  }
  out.time = *time;
  out.time_text = base::format_aws_time(*time);
  out.expires = static_cast<std::int64_t>(*expires);
  return out;
}

bool has_header(const HttpRequest& request, std::string_view name) {
  return std::ranges::any_of(request.headers, [&](const Header& header) {
    return base::equals_ignoring_case(header.name, name);
  });
}

bool is_presigned(const HttpRequest& request) {
  return request.query().find("X-Amz-Signature=") != std::string_view::npos ||
         request.query().find("X-Amz-Algorithm=") != std::string_view::npos;
}

}  // namespace

bool has_authorization(const HttpRequest& request) {
  return has_header(request, "Authorization") || is_presigned(request);
}

api::Outcome<Authorization> read_authorization(const HttpRequest& request) {
  if (has_header(request, "Authorization")) {
    if (is_presigned(request)) {
      return incomplete("Only one of the Authorization header and the query may sign a request.");
    }
    return read_header(request);
  }
  if (is_presigned(request)) return read_query(request);
  return missing_token();
}

}  // namespace vigil::server
