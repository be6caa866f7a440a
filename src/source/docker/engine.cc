#include "source/docker/engine.h"

#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/json_tree.h"
#include "base/program.h"
#include "base/text.h"
#include "base/url.h"

namespace vigil::source::docker {
namespace {

constexpr std::uint64_t kLargestAnswer = std::uint64_t{8} << 20;
/// An engine may put the whole archive together before it sends the first byte.
constexpr std::chrono::seconds kStall{600};
constexpr std::uint16_t kDockerPort = 2375;

base::SessionOptions session_options() {
  base::SessionOptions session;
  session.user_agent = "vigil/" + std::string(base::program_version());
  session.connect_timeout = std::chrono::seconds(10);
  session.stall_timeout = kStall;
  session.direct = true;
  return session;
}

Endpoint socket_endpoint(const std::string& path) {
  Endpoint endpoint{path, "http://localhost", session_options(), false};
  endpoint.session.unix_socket = path;
  return endpoint;
}

bool is_named(std::string_view list, std::string_view address) {
  std::string text(list);
  for (char& c : text) {
    if (c == ',') c = ' ';
  }
  for (const std::string_view one : base::words(text)) {
    if (one == address || one == "*") return true;
  }
  return false;
}

Result<Endpoint> tcp_endpoint(std::string_view address, const registry::Environment& environment,
                              std::string_view insecure) {
  const bool has_port = address.rfind(':') != std::string_view::npos && !address.ends_with(']');
  const std::string host =
      std::string(address) + (has_port ? "" : ":" + std::to_string(kDockerPort));
  const bool tls = !registry::value_of(environment, "DOCKER_TLS_VERIFY").empty();
  Endpoint endpoint{"tcp://" + host, (tls ? "https://" : "http://") + host, session_options(),
                    false};
  if (!base::parse_url(endpoint.url)) return fail("not the address of an engine", endpoint.name);
  if (tls) {
    std::string place = registry::value_of(environment, "DOCKER_CERT_PATH");
    if (place.empty()) place = registry::value_of(environment, "HOME") + "/.docker";
    endpoint.session.ca_file = place + "/ca.pem";
    endpoint.session.client_certificate = place + "/cert.pem";
    endpoint.session.client_key = place + "/key.pem";
  } else {
    endpoint.loopback_only = !is_named(insecure, host);
  }
  return endpoint;
}

}  // namespace

Result<std::vector<Endpoint>> endpoints(const registry::Environment& environment, unsigned user,
                                        std::string_view insecure) {
  constexpr std::string_view kUnix = "unix://";
  constexpr std::string_view kTcp = "tcp://";
  const std::string given = registry::value_of(environment, "DOCKER_HOST");
  if (given.starts_with(kUnix)) return std::vector{socket_endpoint(given.substr(kUnix.size()))};
  if (given.starts_with(kTcp)) {
    VIGIL_TRY(Endpoint endpoint,
              tcp_endpoint(std::string_view(given).substr(kTcp.size()), environment, insecure));
    return std::vector{std::move(endpoint)};
  }
  if (!given.empty()) {
    return fail("DOCKER_HOST has an address that is not spoken to", base::printable(given),
                "set it to unix://PATH or tcp://HOST:PORT", ErrorCode::Unsupported);
  }
  std::vector<std::string> places = {"/var/run/docker.sock"};
  const std::string runtime = registry::value_of(environment, "XDG_RUNTIME_DIR");
  if (!runtime.empty()) {
    places.push_back(runtime + "/docker.sock");
    places.push_back(runtime + "/podman/podman.sock");
  }
  if (user == 0) places.emplace_back("/run/podman/podman.sock");
  std::vector<Endpoint> found;
  for (const std::string& place : places) {
    if (base::exists(place)) found.push_back(socket_endpoint(place));
  }
  if (!found.empty()) return found;
  return fail("there is no socket of an engine", base::join(places, ", "),
              "set DOCKER_HOST where it is elsewhere", ErrorCode::NotFound);
}

Engine::Engine(Endpoint endpoint) : endpoint_(std::move(endpoint)), session_(endpoint_.session) {}

Result<base::SessionAnswer> Engine::get(base::SessionRequest request) {
  const std::string& socket = endpoint_.session.unix_socket;
  if (!socket.empty() && ::access(socket.c_str(), R_OK | W_OK) != 0) {
    auto refused = fail_errno("cannot be spoken to", socket, errno);
    refused.value().hint = "who may use the engine belongs to the group of its socket";
    return refused;
  }
  if (endpoint_.loopback_only) {
    request.may_connect = [](base::AddressKind kind) {
      return kind == base::AddressKind::Loopback;
    };
  }
  request.url = endpoint_.url + request.url;
  auto answer = session_.send(request);
  if (!answer) {
    Error error = std::move(answer.error().error);
    error.where = endpoint_.name;
    if (endpoint_.loopback_only && error.what.starts_with("leads to")) {
      error.what = "an engine on another machine is not spoken to without TLS";
      error.hint =
          "set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or name it with --insecure-registry";
    }
    return fail(std::move(error));
  }
  if (answer->status == 200) return std::move(*answer);
  base::JsonParser parser;
  const auto told = parser.parse(answer->body);
  const std::string message = told ? base::printable((*told)["message"].text().substr(0, 500)) : "";
  const bool none = answer->status == 404;
  return fail(none ? "there is no such image"
                   : "the engine answers " + std::to_string(answer->status) +
                         (message.empty() ? "" : ": " + message),
              endpoint_.name, {}, none ? ErrorCode::NotFound : ErrorCode::Network);
}

Result<std::string> Engine::find(const std::string& name) {
  base::SessionRequest request;
  request.url = "/images/" + name + "/json";
  request.max_bytes = kLargestAnswer;
  VIGIL_TRY(const base::SessionAnswer answer, get(std::move(request)));
  base::JsonParser parser;
  const auto root = parser.parse(answer.body);
  if (!root) return fail("what answers is no Docker engine", endpoint_.name);
  const std::string id((*root)["Id"].text());
  if (id.empty()) return fail("what answers is no Docker engine", endpoint_.name);
  return id;
}

Result<void> Engine::save(const std::string& name, std::uint64_t limit,
                          const std::function<Result<void>(std::string_view)>& sink) {
  base::SessionRequest request;
  request.url = "/images/" + name + "/get";
  request.max_bytes = limit;
  request.sink = sink;
  VIGIL_CHECK(get(std::move(request)));
  return ok();
}

}  // namespace vigil::source::docker
