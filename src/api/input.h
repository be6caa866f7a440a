// The input of an operation, put together from where the protocol carries its members: the path, the
// query string, the JSON body.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "api/error.h"
#include "api/shape.h"
#include "base/json_tree.h"

namespace vigil::api {

/// Reads the body as JSON, which must be an object, or nothing at all, and joins the members of path
/// and query. `labels` are the decoded parts of the path by their name in the URI. The answer lives
/// as long as `parser` is not used again. Errors: ValidationException with reason CANNOT_PARSE for a
/// body that is no JSON, no object, or nested deeper than 100 levels.
Outcome<base::Json> read_input(base::JsonParser& parser, const Shape& shape, std::string_view body,
                               const std::map<std::string, std::string, std::less<>>& labels,
                               std::string_view query);

}  // namespace vigil::api
