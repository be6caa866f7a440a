// A resource that is no more: terminated, deleted, or no longer anybody's (inspector.md 5.1).
#pragma once

#include <string_view>

#include "base/result.h"
#include "estate/estate.h"

namespace vigil::estate {

/// Closes its findings as those of a resource that went, which are deleted 3 days later, and takes it
/// out of coverage. An inventory that arrives later brings it back. Idempotent. Error NotFound if
/// there is no such resource.
Result<void> remove_resource(Estate& estate, std::string_view account,
                             std::string_view resource_id);

}  // namespace vigil::estate
