#include "api/criteria.h"

#include <algorithm>

#include "api/dispatch.h"
#include "api/input.h"
#include "api/validate.h"
#include "base/json_writer.h"

namespace vigil::api {
namespace {

Outcome<findings::Filter> criteria_in(const Shape& input_shape, const base::Json& input,
                                      std::string_view member) {
  const base::Json criteria = input[member];
  if (is_absent(criteria)) return findings::Filter();
  const auto shape = std::ranges::find(input_shape.members, member, &ShapeMember::name);
  // What has been validated is read, not what stands beside it: nulls and unknown members are gone.
  auto filter = findings::parse_filter(canonical(*shape->shape, criteria));
  if (!filter) return tl::unexpected(field_error(member, filter.error().text()));
  return std::move(*filter);
}

constexpr std::string_view kMember = "filterCriteria";

}  // namespace

Outcome<findings::Filter> filter_criteria(const Call& call, std::string_view member) {
  return criteria_in(*call.shape, call.input, member);
}

Outcome<findings::Filter> criteria_of_body(std::string_view body) {
  const Operation* list = find_operation("POST", "/findings/list");
  if (list == nullptr) return tl::unexpected(internal(Error{"there is no ListFindings"}));
  VIGIL_TRY(const Shape* shape, or_internal(input_shape(*list)));
  base::JsonParser parser;
  VIGIL_TRY(const base::Json input, read_input(parser, *shape, body, {}, {}));
  if (auto wrong = validate(*shape, input)) return tl::unexpected(std::move(*wrong));
  return criteria_in(*shape, input, kMember);
}

Outcome<findings::Filter> criteria_of_text(std::string_view criteria) {
  base::JsonParser parser;
  const auto parsed = parser.parse(criteria);
  if (!parsed || !parsed->is_object()) {
    return tl::unexpected(field_error(kMember, "is no JSON object"));
  }
  base::JsonWriter json;
  json.begin_object().key(kMember).raw(criteria).end_object();
  return criteria_of_body(json.text());
}

std::vector<findings::StringTest> string_tests(const base::Json& list) {
  std::vector<findings::StringTest> tests;
  for (const base::Json& item : list.items()) {
    const std::string_view word = item["comparison"].text();
    const auto comparison = word == "PREFIX"       ? findings::Comparison::Prefix
                            : word == "NOT_EQUALS" ? findings::Comparison::NotEquals
                                                   : findings::Comparison::Equals;
    tests.push_back({comparison, std::string(item["value"].text())});
  }
  return tests;
}

std::vector<findings::MapTest> map_tests(const base::Json& list) {
  std::vector<findings::MapTest> tests;
  for (const base::Json& item : list.items()) {
    findings::MapTest test;
    test.key = item["key"].text();
    if (item["value"].is_string()) test.value = item["value"].text();
    tests.push_back(std::move(test));
  }
  return tests;
}

std::vector<findings::RangeTest> range_tests(const base::Json& list) {
  std::vector<findings::RangeTest> tests;
  for (const base::Json& item : list.items()) {
    const auto bound = [&](std::string_view of_date, std::string_view of_number) {
      const auto date = item[of_date].number();
      return date ? date : item[of_number].number();
    };
    tests.push_back(
        {bound("startInclusive", "lowerInclusive"), bound("endInclusive", "upperInclusive")});
  }
  return tests;
}

bool fulfils(const std::vector<findings::StringTest>& tests, std::string_view value) {
  bool positive = false;
  bool fulfilled = false;
  for (const findings::StringTest& test : tests) {
    switch (test.comparison) {
      case findings::Comparison::NotEquals:
        if (value == test.value) return false;
        break;
      case findings::Comparison::Equals:
        positive = true;
        fulfilled = fulfilled || value == test.value;
        break;
      case findings::Comparison::Prefix:
        positive = true;
        fulfilled = fulfilled || value.starts_with(test.value);
        break;
    }
  }
  return fulfilled || !positive;
}

}  // namespace vigil::api
