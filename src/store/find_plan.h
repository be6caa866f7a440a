// How a query of ListFindings is answered. What is cheap depends on the data, so the first page
// estimates from indexes and counters and tries; the token carries what was chosen, because another
// plan may order equals otherwise.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/engine.h"
#include "store/find.h"
#include "store/find_walk.h"

namespace vigil::store {

/// Stored in tokens: new ones only at the end.
enum class Drive : std::uint8_t {
  WalkAssessments,     ///< along an index of assessments, in each along its findings
  WalkLedAssessments,  ///< the few assessments a lead names, sorted here
  WalkResources,       ///< along an index of resources
  WalkLedResources,    ///< the few resources a lead names
  WalkFindings,        ///< along an index of findings
  WalkLastObserved,    ///< resources by their last scan, merged with what is closed
  CollectAssessments,  ///< all findings of the assessments that match, sorted
  CollectResources,    ///< all findings of the resources that match, sorted
  CollectFindings,     ///< all findings in a range of dates, sorted
};
inline constexpr std::size_t kDrives = 9;
inline constexpr std::uint16_t kNoLead = 0xFFFF;

struct Plan {
  Drive drive = Drive::WalkAssessments;
  std::uint16_t lead = kNoLead;  ///< number of a criterion of the filter
};

/// Can a query be answered by this plan at all? (Of a token, which may be made up.)
bool is_possible(const Plan& plan, const FindQuery& query);

/// The plan for a first page. A walk that looks at more than `budget` rows without filling the page is
/// given up, and plan_after_walk says what to do instead.
struct Choice {
  Plan plan;
  std::size_t budget = static_cast<std::size_t>(-1);
};
Result<Choice> choose_plan(Connection& from, const Search& search);
Result<Plan> plan_after_walk(Connection& from, const Search& search, const Plan& walk);

/// Does the plan meet findings of any resource, matching or not?
bool walks_past_resources(const Plan& plan);
/// The resources that match, if a lead says that they are few; else null.
Result<std::shared_ptr<const std::map<std::int64_t, std::unordered_set<std::int64_t>>>>
few_resources(Connection& from, const Search& search);

/// The parts of a query; the views point into it.
Search search_of(const FindQuery& query);

/// One page by a plan. For the first page `after` is null.
Result<FindPage> find_by_plan(Connection& from, const FindQuery& query, const Search& search,
                              const Choice& choice, const Position* after);

/// Findings from `after` on, by this plan, as many as are wanted.
Result<void> run(Connection& from, const Search& search, const Plan& plan, const Position* after,
                 Gathering& to);

}  // namespace vigil::store
