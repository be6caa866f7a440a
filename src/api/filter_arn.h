// ARNs of filters: arn:aws:inspector2:REGION:ACCOUNT:owner/OWNER/filter/ID, where the owner is the
// account until there are organisations and the id is 16 hexadecimal digits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/operation.h"

namespace vigil::api {

std::string filter_arn(const Call& call, std::uint64_t id);

/// The id in a filter's ARN. Errors: ValidationException if the text is no filter's ARN,
/// AccessDeniedException for one of another account, ResourceNotFoundException for another region.
Outcome<std::uint64_t> filter_id(const Call& call, std::string_view arn, std::string_view member);

/// What is said of an ARN under which there is nothing.
ApiError no_such_resource(std::string_view arn);

}  // namespace vigil::api
