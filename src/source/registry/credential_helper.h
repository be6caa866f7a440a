// Programs that keep credentials: docker-credential-NAME.
//
// Reference: github.com/docker/docker-credential-helpers, "Development". `docker-credential-NAME get`
// reads the server from its input and prints {"ServerURL":..., "Username":..., "Secret":...}; a user
// "<token>" means that the secret is an identity token. It ends with 1 and prints "credentials not
// found in native keychain" if it has none.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/registry/auth_file.h"

namespace vigil::source::registry {

/// Nothing if the helper has none. Errors: Invalid for a name that is no plain word and for an
/// answer that cannot be read, NotFound if there is no such program, Busy if it takes too long, Io.
/// What the helper prints is in no error: it may be the secret.
Result<std::optional<Credentials>> ask_helper(
    std::string_view name, std::string_view server,
    std::chrono::milliseconds limit = std::chrono::seconds(30));

/// Its answer.
Result<Credentials> parse_helper_answer(std::string_view json);

}  // namespace vigil::source::registry
