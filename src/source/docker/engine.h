// Where a Docker engine answers, and what it is asked: Docker's own, or Podman's service that speaks the
// same API.
//
// References: Docker Engine API, "Inspect an image" and "Export an image"; Docker CLI, "Environment
// variables" (DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH).
//
// An engine is root on its machine for whoever may speak to it, and TCP without TLS tells nobody who
// answers: it is spoken to on this machine only, unless the command names it as insecure.
//
// Not handled: ssh:// and contexts (`docker context`).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_session.h"
#include "base/result.h"
#include "source/registry/environment.h"

namespace vigil::source::docker {

struct Endpoint {
  std::string name;  ///< for people: "/var/run/docker.sock", "tcp://127.0.0.1:2375"
  std::string url;   ///< without a path
  base::SessionOptions session;
  bool loopback_only = false;
};

/// That of DOCKER_HOST; without one the sockets of this machine that are there, of Docker and then of
/// Podman. `insecure`: "HOST:PORT" that may be spoken to without TLS. An error is an address that is
/// not spoken to; none at all is NotFound and names the places.
Result<std::vector<Endpoint>> endpoints(const registry::Environment& environment, unsigned user,
                                        std::string_view insecure);

class Engine {
 public:
  explicit Engine(Endpoint endpoint);

  /// The id of an image, "sha256:...". NotFound if the engine has none of that name.
  Result<std::string> find(const std::string& name);
  /// The image as a tar. `sink` takes it piece by piece; so many bytes at most.
  Result<void> save(const std::string& name, std::uint64_t limit,
                    const std::function<Result<void>(std::string_view)>& sink);

 private:
  Result<base::SessionAnswer> get(base::SessionRequest request);

  Endpoint endpoint_;
  base::HttpSession session_;
};

}  // namespace vigil::source::docker
