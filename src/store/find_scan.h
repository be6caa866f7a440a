// Statements that look at findings one after another: each row says whether it matches, so that rows
// can be counted, and stopped at, whether or not they do.
#pragma once

#include "store/find_walk.h"

namespace vigil::store {

/// What a Hit is read from. No more: along an index that holds these no row of finding is touched.
inline constexpr std::string_view kHitColumns =
    "f.resource, f.vulnerability, f.assessment, f.status, ";
inline constexpr int kHitColumnCount = 4;
/// `position` has portion and account only.
Hit read_hit(const Row& row, std::int64_t account, std::uint32_t portion);

/// What of the filter is still to be decided for a finding.
struct Remaining {
  bool status = true;
  bool assessment = true;
  bool resource = true;
};
bool needs_assessment_row(const Search& search, const Remaining& remaining);
bool needs_resource_row(const Search& search, const Remaining& remaining);
/// " CROSS JOIN assessment a", as far as needed, and " WHERE ..." that ties them to f.
void add_joins(SqlText& sql, bool assessment, bool resource);
void add_ties(SqlText& sql, bool assessment, bool resource);
/// "1 = 1 AND ...": does the finding match? With rows of a and r joined,
void add_remaining(SqlText& sql, std::int64_t account, const Search& search,
                   const Remaining& remaining);
/// or without: they are looked up for each finding. For walks, which end early: of a join the planner
/// expects the end, and first reads all assessments for a filter of its own.
void add_remaining_alone(SqlText& sql, std::int64_t account, const Search& search,
                         const Remaining& remaining);

}  // namespace vigil::store
