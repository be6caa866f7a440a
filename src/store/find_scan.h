// Statements that look at findings one after another: each row says whether it matches, so that rows
// can be counted, and stopped at, whether or not they do.
#pragma once

#include "store/find_walk.h"

namespace vigil::store {

/// "f.resource, ..., f.updated": what a Hit is read from, 8 columns.
inline constexpr std::string_view kHitColumns =
    "f.resource, f.vulnerability, f.assessment, f.status, f.first_observed, f.last_observed, "
    "f.updated, ";
inline constexpr int kHitColumnCount = 7;
/// Reads them from column `first` on; `position` has portion and account only.
Hit read_hit(const Row& row, int first, std::int64_t account, std::uint32_t portion);

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
/// "1 = 1 AND ...": does the finding match?
void add_remaining(SqlText& sql, std::int64_t account, const Search& search,
                   const Remaining& remaining);

}  // namespace vigil::store
