// Who one is to a registry: what was said explicitly, else the files and programs of Docker and
// Podman, else, at Amazon's registries, the AWS keys; else nobody.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "source/registry/auth_file.h"
#include "source/registry/environment.h"

namespace vigil::source::registry {

/// Empty credentials if there are none: most registries give public images to anybody. An error if
/// something is configured for this registry and does not work.
Result<Credentials> find_credentials(std::string_view registry, std::string_view repository,
                                     const Environment& environment);

}  // namespace vigil::source::registry
