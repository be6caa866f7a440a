// Checks a request against its shape, and writes it in one canonical form.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "api/error.h"
#include "api/shape.h"
#include "base/json_tree.h"

namespace vigil::api {

/// What is wrong with the input, as AWS says it: a ValidationException that names every member that
/// breaks a constraint ("filterCriteria.severity.1.member.comparison"), reason
/// FIELD_VALIDATION_FAILED; a member of another JSON type than the shape's is CANNOT_PARSE. Members
/// the shape does not know are passed over, and null is the same as absent.
std::optional<ApiError> validate(const Shape& shape, const base::Json& input);

/// The members of the shape that the input has, in the order of the shape: equal for requests that
/// ask the same, whatever the order of members and the white space. Leaves out the top-level members
/// named.
std::string canonical(const Shape& shape, const base::Json& input,
                      std::initializer_list<std::string_view> without = {});

/// Is it absent or null?
bool is_absent(const base::Json& value);

}  // namespace vigil::api
