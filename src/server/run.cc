#include "server/run.h"

#include <pthread.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "base/file.h"
#include "base/logger.h"
#include "base/program.h"
#include "base/text.h"
#include "estate/estate.h"
#include "estate/host_resource.h"
#include "server/authenticate.h"
#include "server/background.h"
#include "server/first_start.h"
#include "server/installation.h"
#include "server/notify.h"
#include "server/registry_hook.h"
#include "server/secrets.h"
#include "server/service.h"
#include "server/tls.h"
#include "server/transport/http_server.h"
#include "source/host/host.h"
#include "store/accounts.h"
#include "tree/directory.h"

namespace vigil::server {
namespace {

using std::chrono::seconds;

constexpr auto kGrace = seconds(20);

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

/// "127.0.0.1:8080", "[::1]:8080"
Result<Address> parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const auto port = colon == std::string::npos
                        ? std::nullopt
                        : base::parse_unsigned(std::string_view(text).substr(colon + 1));
  if (!port || *port > UINT16_MAX) {
    return fail("this is no address and port", "--listen " + text, "such as 127.0.0.1:8080");
  }
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) host = "0.0.0.0";
  return Address{std::move(host), static_cast<std::uint16_t>(*port)};
}

std::string url_of(const Address& address, std::uint16_t port, bool secure) {
  const bool anywhere = address.host == "0.0.0.0" || address.host == "::";
  std::string host = anywhere ? "127.0.0.1" : address.host;
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return fmt::format("{}://{}:{}", secure ? "https" : "http", host, port);
}

base::LogLevel level_of(std::string_view name) {
  if (name == "debug") return base::LogLevel::Debug;
  if (name == "warning") return base::LogLevel::Warning;
  return name == "error" ? base::LogLevel::Error : base::LogLevel::Info;
}

/// Signals that this process waits for; blocked before the first thread starts, so that all inherit it.
sigset_t waited_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

/// Keys and findings lie in it: nobody else's to read.
Result<void> make_data_directory(const std::string& path) {
  if (base::is_directory(path)) return ok();
  VIGIL_CHECK(base::make_directories(path));
  std::error_code error;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (error) return fail("cannot make it private: " + error.message(), path, {}, ErrorCode::Io);
  return ok();
}

Result<std::unique_ptr<estate::Estate>> open_estate(const Config& config) {
  VIGIL_CHECK(make_data_directory(config.data));
  VIGIL_TRY(auto store, store::Store::open(config.store));
  return std::make_unique<estate::Estate>(std::move(store),
                                          estate::Settings{.region = config.region,
                                                           .intelligence = config.intel,
                                                           .clock_offset = config.clock_offset});
}

/// A snapshot that is absent or damaged does not keep the server from serving: what is stored is
/// stored, and the next refresh brings another.
void load_intelligence(estate::Estate& estate, base::Logger& logger) {
  auto snapshot = intel::Snapshot::open(estate.settings().intelligence);
  if (!snapshot) {
    logger.warning("no intelligence", {{"why", snapshot.error().text()}});
    return;
  }
  estate.set_intelligence(std::make_shared<const intel::Snapshot>(std::move(*snapshot)));
}

/// The resource id that a scan of this machine has; empty if the machine cannot be read.
std::string this_host() {
  const auto root = tree::Directory::open("/");
  return root ? estate::host_id(source::read_machine_identity(**root)) : std::string();
}

HttpServerOptions transport_options(const Config& config, const Address& address,
                                    std::shared_ptr<TlsCertificate> certificate) {
  HttpServerOptions options;
  options.host = address.host;
  options.port = address.port;
  options.workers = static_cast<std::size_t>(config.workers);
  options.connections = static_cast<std::size_t>(config.max_connections);
  options.tls = std::move(certificate);
  options.limits.body = [](const HttpRequest& head) {
    return Service::body_limit(head.method, head.path());
  };
  return options;
}

/// Until a signal says to stop.
void serve(const sigset_t& signals, TlsCertificate* certificate, base::Logger& logger) {
  for (;;) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    if (signal != SIGHUP) {
      logger.info("stopping", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
      return;
    }
    if (certificate == nullptr) continue;
    if (const auto reloaded = certificate->reload(); !reloaded) {
      logger.error("certificate not reloaded", {{"why", reloaded.error().text()}});
    } else {
      logger.info("certificate reloaded");
    }
  }
}

void print_line(const std::string& text) {
  // Whoever started it may have gone away; the server serves all the same.
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stdout));
  static_cast<void>(std::fflush(stdout));
}

}  // namespace

Result<void> run(Config config) {
  const sigset_t signals = waited_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  base::Logger logger(level_of(config.log_level), config.log_format == "json");
  VIGIL_TRY(const Address address, parse_address(config.listen));
  std::shared_ptr<TlsCertificate> certificate;
  if (!config.tls_certificate.empty()) {
    VIGIL_TRY(certificate, TlsCertificate::load(config.tls_certificate, config.tls_key));
  }
  VIGIL_TRY(const auto estate, open_estate(config));
  VIGIL_TRY(const MasterKey key, MasterKey::open(config.data));
  VIGIL_TRY(config.account, watched_account(*estate, config.account));
  VIGIL_TRY(const auto credentials, first_start(*estate, key, config.account));
  // Commands that issue keys tell their holders which region to sign for.
  VIGIL_CHECK(estate->store().write(
      [&](store::Connection& to) { return store::set_setting(to, "region", config.region); }));
  load_intelligence(*estate, logger);

  Sessions sessions(estate->store());
  Passwords passwords;
  Login login(estate->store(), passwords, sessions);
  Authenticator authenticator(*estate, key, sessions);
  RegistryHook registry{.token = config.registry.empty() ? std::string() : config.registry_token,
                        .inbox = {}};
  const Installation installation{.config = config,
                                  .key = key,
                                  .logger = logger,
                                  .host = this_host(),
                                  .started = estate->now()};
  Service service({*estate, login, sessions, logger, &registry, &installation},
                  [&authenticator](const HttpRequest& request, const Demand& demand) {
                    return authenticator(request, demand);
                  });
  VIGIL_TRY(const auto http, HttpServer::start(transport_options(config, address, certificate),
                                               [&service](const HttpRequest& request) {
                                                 return service.handle(request);
                                               }));
  const std::string url = url_of(address, http->port(), certificate != nullptr);
  if (credentials) print_line(welcome(*credentials, url, config.region));
  print_line("Vigil " + std::string(base::program_version()) + " serves " + url + "\n");
  logger.info("serving", {{"url", url}, {"data", config.data}});
  VIGIL_TRY(const auto background, Background::start(*estate, registry.inbox, config, logger));
  notify_service_manager("READY=1");

  serve(signals, certificate.get(), logger);

  notify_service_manager("STOPPING=1");
  http->stop(kGrace);
  background->stop();
  logger.info("stopped");
  return ok();
}

Result<std::vector<std::string>> check(const Config& config) {
  std::vector<std::string> lines;
  VIGIL_TRY(const Address address, parse_address(config.listen));
  if (!config.tls_certificate.empty()) {
    VIGIL_CHECK(TlsCertificate::load(config.tls_certificate, config.tls_key));
    lines.emplace_back("The certificate and its key load.");
  }
  VIGIL_TRY(const auto estate, open_estate(config));
  lines.emplace_back("The store opens.");
  VIGIL_CHECK(MasterKey::open(config.data));
  lines.emplace_back("The master key is readable.");
  if (const auto snapshot = intel::Snapshot::open(config.intel)) {
    lines.push_back("Intelligence loads: " + snapshot->stamp() + ".");
  } else {
    lines.push_back("No intelligence: " + snapshot.error().text() + ".");
  }
  VIGIL_CHECK(HttpServer::start({.host = address.host, .port = address.port},
                                [](const HttpRequest&) { return HttpResponse{}; }));
  lines.push_back("Can listen on " + config.listen + ".");
  return lines;
}

}  // namespace vigil::server
