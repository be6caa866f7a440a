// CoverageFilterCriteria, which ListCoverage and ListCoverageStatistics share.
#pragma once

#include "api/operation.h"
#include "store/coverage.h"

namespace vigil::api {

/// The query for what the call's filterCriteria ask of the caller's account.
Outcome<store::CoverageQuery> coverage_query(const Call& call);

}  // namespace vigil::api
