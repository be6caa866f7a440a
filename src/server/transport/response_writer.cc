#include "server/transport/response_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "base/json_writer.h"
#include "base/text.h"

namespace vigil::server {
namespace {

/// Set here alone: two of them, or a wrong one, would let an answer be read as two.
constexpr std::array<std::string_view, 6> kOwnHeaders = {
    "Content-Length", "Transfer-Encoding",     "Connection", "Date",
    "Server",         "X-Content-Type-Options"};

bool forbids_body(int status) {
  return status < 200 || status == 204 || status == 304;
}

void add_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
  out += "\r\n";
}

bool is_field_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return base::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace

bool has_body(const HttpResponse& response, std::string_view method) {
  return method != "HEAD" && !forbids_body(response.status);
}

BodyFraming framing_of(const HttpResponse& response, const ResponseContext& context) {
  if (!response.stream && !response.events) return BodyFraming::Length;
  return context.old_version ? BodyFraming::UntilClose : BodyFraming::Chunked;
}

std::string response_head(const HttpResponse& response, const ResponseContext& context) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
  out.append(reason_phrase(response.status)).append("\r\n");
  add_header(out, "Date", http_date(context.now));
  add_header(out, "Server", "Vigil");
  // What we say it is, it is: no browser is to take an answer for a page or a script.
  add_header(out, "X-Content-Type-Options", "nosniff");
  for (const Header& header : response.headers) {
    const bool own = std::ranges::any_of(kOwnHeaders, [&](std::string_view name) {
      return base::equals_ignoring_case(name, header.name);
    });
    if (!own && is_field_name(header.name)) add_header(out, header.name, header.value);
  }
  if (!forbids_body(response.status)) {
    switch (framing_of(response, context)) {
      case BodyFraming::Length:
        add_header(out, "Content-Length", std::to_string(response.body.size()));
        break;
      case BodyFraming::Chunked:
        add_header(out, "Transfer-Encoding", "chunked");
        break;
      case BodyFraming::UntilClose:
        break;
    }
  }
  if (!context.keep_alive) {
    add_header(out, "Connection", "close");
  } else if (context.old_version) {
    add_header(out, "Connection", "keep-alive");
  }
  return out + "\r\n";
}

HttpResponse failure_response(const HttpFailure& failure) {
  base::JsonWriter json;
  json.begin_object().member("message", failure.message).end_object();
  HttpResponse response;
  response.status = failure.status;
  response.headers = {{"Content-Type", "application/json"}};
  if (failure.status == 503) response.headers.push_back({"Retry-After", "1"});
  response.body = json.take();
  return response;
}

std::string chunk(std::string_view part) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), part.size(), 16);
  std::string out(digits.data(), end.ptr);
  out.append("\r\n").append(part).append("\r\n");
  return out;
}

std::string http_date(std::int64_t seconds) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  if (::gmtime_r(&time, &parts) == nullptr) return {};
  const auto two = [](int number) {
    return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  };
  return std::string(kDays.at(static_cast<std::size_t>(parts.tm_wday))) + ", " +
         two(parts.tm_mday) + " " + kMonths.at(static_cast<std::size_t>(parts.tm_mon)) + " " +
         std::to_string(parts.tm_year + 1900) + " " + two(parts.tm_hour) + ":" + two(parts.tm_min) +
         ":" + two(parts.tm_sec) + " GMT";
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 402:
      return "Payment Required";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

}  // namespace vigil::server
