// The tests of a request's filters as values: lists of StringFilter, MapFilter, DateFilter and
// NumberFilter, and the whole FilterCriteria.
#pragma once

#include <string_view>
#include <vector>

#include "api/operation.h"
#include "findings/filter.h"

namespace vigil::api {

/// The FilterCriteria under this name in the input; absent: a filter that matches everything.
Outcome<findings::Filter> filter_criteria(const Call& call, std::string_view member);

/// The same of a JSON body {"filterCriteria": {...}} that belongs to no operation; a body of nothing
/// matches everything. Errors as ListFindings gives them.
Outcome<findings::Filter> criteria_of_body(std::string_view body);
/// And of the FilterCriteria alone.
Outcome<findings::Filter> criteria_of_text(std::string_view criteria);

std::vector<findings::StringTest> string_tests(const base::Json& list);
std::vector<findings::MapTest> map_tests(const base::Json& list);
/// Of dates (startInclusive, endInclusive) and numbers (lowerInclusive, upperInclusive).
std::vector<findings::RangeTest> range_tests(const base::Json& list);

/// Does a value fulfil the tests as a field of FilterCriteria does? No test: yes.
bool fulfils(const std::vector<findings::StringTest>& tests, std::string_view value);

}  // namespace vigil::api
