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

/// What the store answered to a position of the call's token. One that it cannot read, because an
/// earlier version gave it, is a ValidationException: the client has to begin anew.
template <typename T>
Outcome<T> or_stale_page(const Call& call, Result<T> page) {
  if (!page && page.error().code == ErrorCode::Invalid && !call.input["nextToken"].text().empty()) {
    return tl::unexpected(
        field_error("nextToken", "Value at 'nextToken' is out of date: begin with the first page"));
  }
  return or_internal(std::move(page));
}

}  // namespace vigil::api
