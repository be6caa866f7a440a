#include "server/transport/request_head.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace vigil::server {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::array<std::string_view, 7> kMethods = {"GET",    "HEAD",  "POST",   "PUT",
                                                      "DELETE", "PATCH", "OPTIONS"};

tl::unexpected<HttpFailure> refuse(int status, std::string message) {
  return tl::unexpected<HttpFailure>(HttpFailure{status, std::move(message)});
}

constexpr bool is_token_letter(char c) {
  return base::is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_letter);
}

constexpr bool is_target_letter(char c) {
  return c > ' ' && c < '\x7F' && c != '#';
}

constexpr bool is_value_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7F);
}

constexpr bool is_host_letter(char c) {
  return base::is_alnum(c) || std::string_view("-._~:[]%").find(c) != std::string_view::npos;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Whether the comma-separated list has this word.
bool lists(std::string_view values, std::string_view word) {
  return std::ranges::any_of(base::split(values, ','), [&](std::string_view value) {
    return base::equals_ignoring_case(without_blanks(value), word);
  });
}

bool is_token_list(std::string_view values) {
  return std::ranges::all_of(base::split(values, ','), [](std::string_view value) {
    return without_blanks(value).empty() || is_token(without_blanks(value));
  });
}

/// Takes the next line off `rest`, which has one.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find(kLineEnd);
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + kLineEnd.size());
  return line;
}

std::optional<HttpFailure> read_request_line(std::string_view line, RequestHead& into) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return HttpFailure{400, "The request line is not METHOD TARGET VERSION."};
  }
  into.method = line.substr(0, first);
  into.target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(into.method)) return HttpFailure{400, "The method is not a token."};
  if (into.target.empty() || !std::ranges::all_of(into.target, is_target_letter)) {
    return HttpFailure{400, "The target has characters that it must not have."};
  }
  if (version.size() != 8 || !version.starts_with("HTTP/") || !base::is_digit(version[5]) ||
      version[6] != '.' || !base::is_digit(version[7])) {
    return HttpFailure{400, "The request line is not METHOD TARGET VERSION."};
  }
  if (version[5] != '1' || version[7] > '1') {
    return HttpFailure{505, "This server speaks HTTP/1.1."};
  }
  into.minor = version[7] == '1' ? 1 : 0;
  if (std::ranges::find(kMethods, into.method) == kMethods.end()) {
    return HttpFailure{501, "The method is not implemented."};
  }
  return {};
}

/// Only one name may come once: a second Host, length or coding is what smuggling is made of.
struct Framing {
  std::optional<std::string_view> host;
  std::optional<std::string_view> length;
  std::optional<std::string_view> coding;
  std::optional<std::string_view> expect;
  bool close = false;
  bool keep = false;
};

std::optional<HttpFailure> note_field(std::string_view name, std::string_view value,
                                      Framing& into) {
  const auto once = [&](std::optional<std::string_view>& place) -> std::optional<HttpFailure> {
    if (place) return HttpFailure{400, "The header " + std::string(name) + " comes twice."};
    place = value;
    return {};
  };
  if (base::equals_ignoring_case(name, "Host")) return once(into.host);
  if (base::equals_ignoring_case(name, "Content-Length")) return once(into.length);
  if (base::equals_ignoring_case(name, "Transfer-Encoding")) return once(into.coding);
  if (base::equals_ignoring_case(name, "Expect")) return once(into.expect);
  if (base::equals_ignoring_case(name, "Connection")) {
    if (!is_token_list(value))
      return HttpFailure{400, "The Connection header is no list of words."};
    into.close = into.close || lists(value, "close");
    into.keep = into.keep || lists(value, "keep-alive");
  }
  return {};
}

std::optional<HttpFailure> read_fields(std::string_view rest, const HeadLimits& limits,
                                       RequestHead& into, Framing& framing) {
  while (rest != kLineEnd) {
    const std::string_view line = take_line(rest);
    if (line.empty()) return HttpFailure{400, "The head ends twice."};
    if (line.front() == ' ' || line.front() == '\t') {
      return HttpFailure{400, "A header is folded over several lines."};
    }
    if (!is_field_line(line)) return HttpFailure{400, "A header line is not NAME: VALUE."};
    const std::string_view name = line.substr(0, line.find(':'));
    const std::string_view value = without_blanks(line.substr(name.size() + 1));
    if (!is_field_text(value)) return HttpFailure{400, "A header has a control character."};
    if (into.fields.size() == limits.fields) return HttpFailure{431, "There are too many headers."};
    into.fields.emplace_back(name, value);
    if (auto failure = note_field(name, value, framing)) return failure;
  }
  return {};
}

std::optional<HttpFailure> settle_framing(const Framing& framing, RequestHead& into) {
  if (framing.coding && framing.length) {
    return HttpFailure{400, "Both Content-Length and Transfer-Encoding are given."};
  }
  if (framing.coding) {
    if (into.minor == 0) return HttpFailure{400, "HTTP/1.0 has no Transfer-Encoding."};
    if (!base::equals_ignoring_case(*framing.coding, "chunked")) {
      return HttpFailure{400, "The Transfer-Encoding is not 'chunked'."};
    }
    into.chunked = true;
  }
  if (framing.length) {
    into.content_length = base::parse_unsigned(*framing.length);
    if (!into.content_length) return HttpFailure{400, "The Content-Length is not one number."};
  }
  if (framing.expect && into.minor > 0) {
    if (!base::equals_ignoring_case(*framing.expect, "100-continue")) {
      return HttpFailure{417, "The only expectation that can be met is 100-continue."};
    }
    into.expects_continue = into.chunked || into.content_length.value_or(0) > 0;
  }
  into.keep_alive = !framing.close && (into.minor > 0 || framing.keep);
  return {};
}

/// "http://HOST/path" becomes "/path" if HOST is what Host says: signatures cover Host alone.
std::optional<HttpFailure> settle_target(const Framing& framing, RequestHead& into) {
  if (!framing.host && into.minor > 0) return HttpFailure{400, "There is no Host header."};
  if (framing.host &&
      (framing.host->empty() || !std::ranges::all_of(*framing.host, is_host_letter))) {
    return HttpFailure{400, "The Host header is not a host."};
  }
  if (into.target.front() == '/') return {};
  const std::size_t scheme = into.target.find("://");
  const std::string_view name = into.target.substr(0, scheme);
  if (scheme == std::string_view::npos || !framing.host ||
      !(base::equals_ignoring_case(name, "http") || base::equals_ignoring_case(name, "https"))) {
    return HttpFailure{400, "The target is not a path."};
  }
  const std::string_view rest = into.target.substr(scheme + 3);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos ||
      !base::equals_ignoring_case(rest.substr(0, slash), *framing.host)) {
    return HttpFailure{400, "The target's host is not the Host header's."};
  }
  into.target = rest.substr(slash);
  return {};
}

}  // namespace

bool is_token_letter(char c) {
  return base::is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_field_text(std::string_view text) {
  return std::ranges::all_of(text, is_value_letter);
}

bool is_field_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && is_token(line.substr(0, colon));
}

std::optional<HttpFailure> check_unfinished_head(std::string_view head, std::size_t from,
                                                 const HeadLimits& limits) {
  for (std::size_t i = from; i < head.size(); ++i) {
    const bool bare = head[i] == '\n'   ? i == 0 || head[i - 1] != '\r'
                      : head[i] == '\r' ? i + 1 < head.size() && head[i + 1] != '\n'
                                        : head[i] == '\0';
    if (bare) return HttpFailure{400, "The head has a bare line end or a zero byte."};
  }
  const std::size_t line = std::min(head.find(kLineEnd), head.size());
  if (line > limits.request_line) return HttpFailure{414, "The request line is too long."};
  if (head.size() > limits.head) return HttpFailure{431, "The head is too large."};
  return {};
}

tl::expected<RequestHead, HttpFailure> read_head(std::string_view head, const HeadLimits& limits) {
  if (auto failure = check_unfinished_head(head, 0, limits)) {
    return tl::unexpected<HttpFailure>(std::move(*failure));
  }
  if (!head.ends_with("\r\n\r\n")) return refuse(400, "The head has no end.");
  RequestHead out;
  Framing framing;
  std::optional<HttpFailure> failure = read_request_line(take_line(head), out);
  if (!failure) failure = read_fields(head, limits, out, framing);
  if (!failure) failure = settle_framing(framing, out);
  if (!failure) failure = settle_target(framing, out);
  if (failure) return tl::unexpected<HttpFailure>(std::move(*failure));
  return out;
}

}  // namespace vigil::server
