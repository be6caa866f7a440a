// The filter language compiled to SQL. Its meaning is findings::matches; sql_filter_test.cc proves
// both equal on random findings and filters.
//
// Conditions speak of aliases: f is the finding, a its assessment, r its resource. Values that are
// rows of an *_attribute table, of assessment_package or of vulnerability are asked by EXISTS on the
// ids that Ids names, so that a row of a or r is only joined where a column of it is asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "findings/assessment.h"
#include "findings/filter.h"
#include "store/sql_text.h"

namespace vigil::store {

/// Expressions for the ids of the row at hand.
struct Ids {
  std::string_view account = "f.account";
  std::string_view resource = "f.resource";
  std::string_view vulnerability = "f.vulnerability";
  std::string_view assessment = "f.assessment";
};
inline constexpr Ids kOfFinding{};
inline constexpr Ids kOfAssessment{"a.account", "", "a.vulnerability", "a.id"};
inline constexpr Ids kOfResource{"r.account", "r.id", "", ""};

/// A filter taken apart by what a criterion needs to be decided. Account and status are asked by none
/// of the parts: they choose where to look.
struct FilterParts {
  std::vector<const findings::Criterion*> assessment;  ///< of the assessment or its vulnerability
  std::vector<const findings::Criterion*> resource;
  std::vector<const findings::Criterion*> finding;  ///< dates and ARN of the finding itself
  std::vector<findings::Status> statuses;           ///< those wanted, ascending
};
/// The views point into `filter`.
FilterParts take_apart(const findings::Filter& filter);

/// The accounts the filter leaves, ascending, each once.
std::vector<std::int64_t> narrowed(std::vector<std::int64_t> accounts,
                                   const findings::Filter& filter);

/// Does deciding these criteria need columns of a row of r or a beside the finding's?
bool needs_resource_row(const std::vector<const findings::Criterion*>& criteria);
bool needs_assessment_row(const std::vector<const findings::Criterion*>& criteria);

/// " AND (...)" for each criterion.
void add_conditions(SqlText& sql, std::int64_t account,
                    const std::vector<const findings::Criterion*>& criteria, const Ids& ids);

/// The condition on findings' ARNs, which no column holds (sql_filter_arn.cc): f and r.region.
void add_arn_condition(SqlText& sql, std::int64_t account,
                       const std::vector<findings::StringTest>& tests);

/// When a finding was last observed: its own time once it is CLOSED, else its resource's.
inline constexpr std::string_view kLastObserved =
    "(CASE WHEN f.status = 2 THEN f.last_observed ELSE r.last_scanned END)";
static_assert(static_cast<int>(findings::Status::Closed) == 2);

}  // namespace vigil::store
