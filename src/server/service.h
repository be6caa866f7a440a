// From a request to its answer: authentication, then one of Vigil's own routes or an AWS operation.
// Thread-safe; knows of no socket.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/logger.h"
#include "estate/estate.h"
#include "server/change_feed.h"
#include "server/console/console.h"
#include "server/http.h"
#include "server/metrics.h"
#include "server/route.h"

namespace vigil::server {

/// Who a request comes from, or the answer that refuses it.
using Authenticated = std::variant<Identity, HttpResponse>;

/// What a request must prove. `service` is the signing name it must have been signed for:
/// "inspector2", "inspector-scan", "vigil".
struct Demand {
  std::string_view service;
  Access access = Access::Account;
  bool changes = false;  ///< doing it twice would matter
};
using Authenticate = std::function<Authenticated(const HttpRequest& request, const Demand& demand)>;

class Service {
 public:
  /// What it is given must outlive it.
  struct Parts {
    estate::Estate& estate;
    Login& login;
    Sessions& sessions;
    base::Logger& logger;
    RegistryHook* registry = nullptr;
    const Installation* installation = nullptr;
  };
  Service(const Parts& parts, Authenticate authenticate)
      : estate_(parts.estate),
        login_(parts.login),
        sessions_(parts.sessions),
        logger_(parts.logger),
        registry_(parts.registry),
        installation_(parts.installation),
        authenticate_(std::move(authenticate)),
        changes_(parts.estate.store()) {}

  HttpResponse handle(const HttpRequest& request);

  /// Does the operation change anything? By its name: what lists, gets, searches or scans does not.
  static bool changes(std::string_view operation);

  /// Bytes the body of a request to this path may have.
  static std::size_t body_limit(std::string_view method, std::string_view path);

 private:
  struct Answered {
    HttpResponse response;
    std::string operation;  ///< for metrics and the log: from a fixed set
    std::string principal;
  };
  Answered answer(const HttpRequest& request, const std::string& request_id);
  Answered answer_route(const HttpRequest& request, const RouteMatch& match);
  Answered answer_operation(const HttpRequest& request, const std::string& request_id);

  estate::Estate& estate_;
  Login& login_;
  Sessions& sessions_;
  base::Logger& logger_;
  RegistryHook* registry_;
  const Installation* installation_;
  Console console_ = Console::built_in();
  Authenticate authenticate_;
  ChangeFeed changes_;
  Metrics metrics_;
};

}  // namespace vigil::server
