// nextToken: where a list goes on. A token holds the position the store gave, authenticated together
// with the account, the operation and the rest of the input, so that it is good for nothing else and
// cannot be made up. The key is a setting of the store, made once: tokens outlive a restart and are
// good at every node.
#pragma once

#include <string>
#include <string_view>

#include "api/operation.h"

namespace vigil::api {

/// The position in the call's nextToken; empty without one. A token that was not given for this
/// account, operation and input is a ValidationException.
Outcome<std::string> page_position(const Call& call);

/// The token for a position; empty for an empty position, after which nothing comes.
Outcome<std::string> page_token(const Call& call, std::string_view position);

}  // namespace vigil::api
