// Tags of resources: which can have them, and what follows when a filter's change.
#pragma once

#include <functional>
#include <string>

#include "api/filter_rules.h"
#include "api/operation.h"

namespace vigil::api {

/// The tags of the call's resourceArn. Errors: ResourceNotFoundException where there is nothing that
/// can have tags, which only filters can; also for those of other accounts, because the operation has
/// no AccessDeniedException.
Outcome<Tags> read_tags(const Call& call);

/// Changes the tags of the call's resourceArn in one transaction, checks what comes out, and lets the
/// rule's owner and end follow.
Outcome<void> change_tags(const Call& call, const std::function<void(Tags& tags)>& change);

}  // namespace vigil::api
