#include "cli/client/client.h"

#include <algorithm>

#include "base/json_tree.h"
#include "base/log.h"
#include "base/program.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/terminal.h"

namespace vigil::cli {
namespace {

/// The server answers inventories with a few numbers.
constexpr std::uint64_t kAnswerBytes = 16 << 20;
constexpr std::size_t kShownText = 300;

bool is_loopback(std::string_view host) {
  if (host.starts_with('[')) return host.starts_with("[::1]");
  const std::string_view name = host.substr(0, host.find(':'));
  return name == "localhost" || (name.starts_with("127.") &&
                                 name.find_first_not_of("0123456789.") == std::string_view::npos);
}

/// A name or an address, and perhaps a port.
bool is_host(std::string_view host) {
  const bool bracketed = host.starts_with('[');
  const std::size_t end = bracketed ? host.find(']') : std::min(host.find(':'), host.size());
  if (end == std::string_view::npos || end < (bracketed ? 2U : 1U)) return false;
  const std::string_view name = host.substr(bracketed ? 1 : 0, end - (bracketed ? 1 : 0));
  const std::string_view also = bracketed ? ":.%" : "-._";
  const bool readable = std::all_of(name.begin(), name.end(), [&](char c) {
    return base::is_alnum(c) || also.find(c) != std::string_view::npos;
  });
  std::string_view rest = host.substr(bracketed ? end + 1 : end);
  if (!readable || rest.empty()) return readable;
  if (!rest.starts_with(':')) return false;
  const auto port = base::parse_unsigned(rest.substr(1));
  return port && *port > 0 && *port <= 65'535;
}

std::string default_port(std::string_view scheme) {
  return scheme == "https" ? ":443" : ":80";
}

std::string hint_for(const base::HttpAnswer& answer) {
  if (answer.status == 401 || answer.status == 403) {
    return "check the access key and the clock of this machine";
  }
  if (answer.status == 404) return "is this the address of a Vigil server?";
  return answer.status == 429 || answer.status >= 500 ? "try again later" : "";
}

}  // namespace

std::string ServerAddress::url(std::string_view path) const {
  return scheme + "://" + host + prefix + std::string(path);
}

Result<ServerAddress> parse_server(std::string_view url) {
  ServerAddress server;
  const std::string written(url);
  const std::size_t colon = url.find("://");
  server.scheme = base::lower(url.substr(0, colon));
  if (colon == std::string_view::npos || (server.scheme != "https" && server.scheme != "http")) {
    return fail("not a server's address", written, "https://HOST[:PORT]");
  }
  url.remove_prefix(colon + 3);
  if (url.find_first_of("?#@ \\") != std::string_view::npos) {
    return fail("a server's address has no query, fragment or user", written,
                "https://HOST[:PORT]");
  }
  const std::size_t slash = std::min(url.find('/'), url.size());
  server.host = base::lower(url.substr(0, slash));
  if (!is_host(server.host)) {
    return fail("not a host and port", written, "https://HOST[:PORT]");
  }
  server.prefix = url.substr(slash);
  while (server.prefix.ends_with('/')) server.prefix.pop_back();
  if (server.host.ends_with(default_port(server.scheme))) {
    server.host.resize(server.host.rfind(':'));
  }
  server.loopback = is_loopback(server.host);
  return server;
}

Result<Client> Client::open(std::string_view url, const Environment& environment) {
  VIGIL_TRY(ServerAddress server, parse_server(url));
  VIGIL_TRY(ClientIdentity identity, find_identity(environment));
  base::HttpOptions options;
  options.user_agent = "vigil/" + std::string(base::program_version());
  options.max_bytes = kAnswerBytes;
  options.allow_http = server.scheme == "http";
  options.total_timeout = std::chrono::seconds(300);
  options.longest_wait = std::chrono::seconds(30);
  if (const char* bundle = environment("AWS_CA_BUNDLE")) options.ca_file = bundle;
  if (options.allow_http && !server.loopback) {
    base::warn("what is sent to " + server.host + " is not encrypted on the way");
  }
  return Client(std::move(server), std::move(identity), std::move(options));
}

Result<base::HttpAnswer> Client::send(std::string_view method, std::string_view path,
                                      std::string_view content_type, std::string_view body) const {
  base::HttpCall call;
  call.method = method;
  call.url = server_.url(path);
  call.body = body;
  const std::string signed_path = server_.prefix + std::string(path);
  call.headers = [&] {
    base::AwsOutgoing request;
    request.method = method;
    request.host = server_.host;
    const std::size_t question = signed_path.find('?');
    request.path = signed_path.substr(0, question);
    if (question != std::string::npos) request.query = signed_path.substr(question + 1);
    request.headers = {{"Content-Type", std::string(content_type)}};
    request.body = body;
    std::vector<std::string> lines = {"Content-Type: " + std::string(content_type)};
    for (const auto& [name, value] : base::aws_sign(request, identity_.credentials,
                                                    identity_.region, kServiceName, base::now())) {
      std::string line = name;
      line += ": ";
      line += value;
      lines.push_back(std::move(line));
    }
    return lines;
  };
  return base::http_send(call, options_);
}

Error refusal(const base::HttpAnswer& answer, std::string where) {
  Error error{"the server answers with HTTP status " + std::to_string(answer.status),
              std::move(where), hint_for(answer), ErrorCode::Network};
  base::JsonParser parser;
  if (const auto root = parser.parse(answer.body)) {
    std::string_view message = (*root)["message"].text();
    if (message.empty()) message = (*root)["Message"].text();
    if (!message.empty()) error.what = plain(message.substr(0, kShownText));
  }
  const std::string type = plain(std::string_view(answer.error_type).substr(0, kShownText));
  if (!type.empty()) error.what = type + ": " + error.what;
  if (answer.status == 404) error.code = ErrorCode::NotFound;
  if (answer.status == 413) error.code = ErrorCode::TooLarge;
  if (answer.status == 400 || answer.status == 415) error.code = ErrorCode::Invalid;
  return error;
}

}  // namespace vigil::cli
