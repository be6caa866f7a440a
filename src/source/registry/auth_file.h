// Where Docker and Podman keep who somebody is to a registry.
//
// Reference: docker login ("Credential stores"), containers-auth.json(5). Docker: $DOCKER_CONFIG or
// ~/.docker, config.json. Podman and skopeo: $REGISTRY_AUTH_FILE,
// $XDG_RUNTIME_DIR/containers/auth.json, ~/.config/containers/auth.json. One format:
//
//   { "auths": { "https://index.docker.io/v1/": { "auth": "dXNlcjpwYXNz" },
//                "quay.io/team": { "auth": "...", "identitytoken": "..." } },
//     "credHelpers": { "gcr.io": "gcloud" }, "credsStore": "secretservice" }
//
// Traps: Docker Hub has three names ("https://index.docker.io/v1/", "index.docker.io", "docker.io").
// A key may be a host, an old-style URL of one, or (Podman) a host with the front of a repository's
// name, of which the longest counts. An "auths" entry that is empty only says that the store has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/registry/environment.h"

namespace vigil::source::registry {

/// Who one is to a registry.
struct Credentials {
  std::string user;
  std::string password;
  std::string identity_token;  ///< an OAuth 2 refresh token that stands for both
  std::string from;            ///< for people: "/root/.docker/config.json"

  [[nodiscard]] bool empty() const { return user.empty() && identity_token.empty(); }
};

/// What a file says of one registry: credentials, or which helper to ask about which server.
struct AuthEntry {
  Credentials credentials;
  std::string helper;  ///< "ecr-login": the program docker-credential-ecr-login; empty: none
  std::string server;  ///< what to ask it for
};

/// Nothing if the file says nothing of it. Invalid if it is no such file.
Result<std::optional<AuthEntry>> find_auth(std::string_view json, std::string_view registry,
                                           std::string_view repository);

/// The files to look into, in this order; some may not be there.
std::vector<std::string> auth_files(const Environment& environment);

}  // namespace vigil::source::registry
