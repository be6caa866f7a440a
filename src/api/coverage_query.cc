#include "api/coverage_query.h"

#include <algorithm>

#include "api/caller.h"
#include "api/criteria.h"
#include "api/validate.h"

namespace vigil::api {

Outcome<store::CoverageQuery> coverage_query(const Call& call) {
  store::CoverageQuery query;
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  query.accounts = {account};
  const base::Json criteria = call.input["filterCriteria"];
  if (is_absent(criteria)) return query;
  const auto shape = std::ranges::find(call.shape->members, "filterCriteria", &ShapeMember::name);
  for (const ShapeMember& member : shape->shape->members) {
    const base::Json list = criteria[member.name];
    if (is_absent(list)) continue;
    const std::string_view kind = member.shape->name;
    if (kind == "CoverageStringFilterList") {
      query.strings[member.name] = string_tests(list);
    } else if (kind == "CoverageMapFilterList") {
      query.maps[member.name] = map_tests(list);
    } else {
      query.ranges[member.name] = range_tests(list);
    }
  }
  return query;
}

}  // namespace vigil::api
