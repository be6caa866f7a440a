// The name of an image in a registry, as people write it: "nginx", "ghcr.io/owner/name:tag",
// "host:5000/name@sha256:...".
//
// Reference: github.com/distribution/reference (reference.go has the grammar, normalize.go what is left
// out when it is Docker Hub's). The first part is a registry if it has a dot, a colon or an upper-case
// letter, or is "localhost"; everything else is in docker.io, and there without a slash in library/.
// No tag and no digest: "latest".
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::source::registry {

struct ImageReference {
  std::string registry;    ///< "docker.io", "localhost:5000", "[::1]:5000"
  std::string repository;  ///< "library/nginx"
  std::string tag;         ///< empty if only a digest was given
  std::string digest;      ///< "sha256:..."; empty if only a tag was given

  /// "docker.io/library/nginx:1.27@sha256:..."
  [[nodiscard]] std::string text() const;
  /// What is asked for: the digest, which cannot change, else the tag.
  [[nodiscard]] const std::string& version() const { return digest.empty() ? tag : digest; }

  friend bool operator==(const ImageReference&, const ImageReference&) = default;
};

Result<ImageReference> parse_reference(std::string_view text);

/// Whether they may be parts of a URL; discovery and notifications hear them from others.
bool is_repository(std::string_view text);
bool is_tag(std::string_view text);
/// "host", "host:port", "[address]:port".
bool is_registry(std::string_view text);

/// Where the registry of that name answers: Docker Hub's is index.docker.io.
std::string registry_host(std::string_view registry);

}  // namespace vigil::source::registry
