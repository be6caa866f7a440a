// The events about resources, with what the store's rows do not say in their detail.
#pragma once

#include <cstdint>

#include "estate/assessor.h"
#include "estate/coverage.h"
#include "store/outbox.h"

namespace vigil::estate {

/// Detail: {"CRITICAL", "HIGH", "MEDIUM", "TOTAL"} (inspector.md 6.1, Inspector2 Scan).
store::Event initial_scan(std::int64_t account, std::uint64_t resource,
                          const Assessments& assessments, std::int64_t now);
/// Detail: {"statusCodeValue", "reason"} (Inspector2 Coverage).
store::Event coverage_changed(std::int64_t account, std::uint64_t resource,
                              const Coverage& coverage, std::int64_t now);

}  // namespace vigil::estate
