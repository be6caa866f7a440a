// Client tokens: a request that is repeated with the same token is done once, and both get the same
// answer.
#pragma once

#include <optional>
#include <string>

#include "api/operation.h"

namespace vigil::api {

/// The answer that was given to this token; nothing without a token or for a new one. The same token
/// with another input is a ValidationException.
Outcome<std::optional<std::string>> earlier_answer(const Call& call);

/// Keeps the answer for the call's token, if it has one.
Outcome<void> keep_answer(const Call& call, const std::string& answer);

}  // namespace vigil::api
