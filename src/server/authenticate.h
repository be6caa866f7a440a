// Who a request comes from: a signature, a console session, or for scrapers an access key as HTTP
// basic authentication.
#pragma once

#include <memory>

#include "estate/estate.h"
#include "server/secrets.h"
#include "server/service.h"
#include "server/session/sessions.h"
#include "server/signature/verifier.h"

namespace vigil::server {

/// Thread-safe. What it refers to must outlive it.
class Authenticator {
 public:
  Authenticator(estate::Estate& estate, const MasterKey& key, Sessions& sessions);

  Authenticated operator()(const HttpRequest& request, const Demand& demand);

 private:
  Authenticated by_signature(const HttpRequest& request, const Demand& demand);
  Authenticated by_session(const HttpRequest& request, std::string_view token);
  Authenticated by_basic(std::string_view credentials);

  estate::Estate& estate_;
  Sessions& sessions_;
  SigningKeys keys_;
  SignatureVerifier verifier_;
};

}  // namespace vigil::server
