// The certificates that Docker and Podman use for one registry.
//
// Reference: "Verify repository client with certificates" (Docker), containers-certs.d(5): in
// /etc/docker/certs.d/HOST[:PORT]/, /etc/containers/certs.d/HOST[:PORT]/ and
// ~/.config/containers/certs.d/HOST[:PORT]/ a *.crt is an authority to trust, *.cert with *.key of
// the same name is the client's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source/registry/environment.h"

namespace vigil::source::registry {

struct TlsFiles {
  std::string ca_file;
  std::string client_certificate;
  std::string client_key;
};

/// Of the first directory that is there. `registry` is checked to be a registry's name.
TlsFiles find_tls_files(std::string_view registry, const std::vector<std::string>& directories);

std::vector<std::string> certificate_directories(const Environment& environment);

}  // namespace vigil::source::registry
