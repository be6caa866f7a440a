// FilterCriteria as JSON, read and written. Stored filters are written by filter_json, so a member
// that is read here must be written there.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/time.h"
#include "findings/filter.h"

namespace vigil::findings {
namespace {

using base::Json;
using base::JsonWriter;

// Inspector2's bounds of a list of tests and of StringFilter.value.
constexpr std::size_t kValues = 10;
constexpr std::size_t kCharacters = 1024;

constexpr std::array<std::string_view, 3> kComparisons = {"EQUALS", "PREFIX", "NOT_EQUALS"};

struct PackageMember {
  std::string_view name;
  std::optional<StringTest> PackageTest::* test;
};
constexpr std::array kPackageMembers = {
    PackageMember{"name", &PackageTest::name},
    PackageMember{"version", &PackageTest::version},
    PackageMember{"release", &PackageTest::release},
    PackageMember{"architecture", &PackageTest::architecture},
    PackageMember{"sourceLayerHash", &PackageTest::layer},
    PackageMember{"sourceLambdaLayerArn", &PackageTest::lambda_layer},
    PackageMember{"filePath", &PackageTest::path},
};

bool is_null(Json json) {
  return json.exists() && !json.is_object() && !json.is_array() && !json.is_string() &&
         !json.number() && !json.truth();
}

bool is_absent(Json json) {
  return !json.exists() || is_null(json);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<std::string> read_text(Json json, const std::string& where) {
  if (is_absent(json)) return fail("is required", where);
  if (!json.is_string()) return fail("is not a string", where);
  // As attribute_text writes what it is compared with.
  return base::printable(json.text());
}

Result<StringTest> read_string_test(Json json, const std::string& where) {
  if (!json.is_object()) return fail("is not an object", where);
  VIGIL_TRY(const std::string word, read_text(json["comparison"], where + ".comparison"));
  const auto* const comparison = std::ranges::find(kComparisons, word);
  if (comparison == kComparisons.end()) {
    return fail("is none of EQUALS, PREFIX, NOT_EQUALS", where + ".comparison");
  }
  StringTest test;
  test.comparison = static_cast<Comparison>(comparison - kComparisons.begin());
  VIGIL_TRY(test.value, read_text(json["value"], where + ".value"));
  if (test.value.empty() || characters(test.value) > kCharacters)
    return fail("is not 1 to 1024 characters long", where + ".value");
  return test;
}

Result<std::optional<double>> read_number(Json json, const std::string& where) {
  if (is_absent(json)) return std::optional<double>();
  const auto number = json.number();
  if (!number) return fail("is not a number", where);
  return number;
}

/// The API's SDKs write seconds; people and the CLI's own files write text.
Result<std::optional<double>> read_date(Json json, const std::string& where) {
  if (!json.is_string()) return read_number(json, where);
  const auto time = base::parse_time(json.text());
  if (!time) return fail("is no time", where, "seconds since 1970 or \"2026-11-23T04:45:17Z\"");
  return std::optional<double>(static_cast<double>(*time));
}

Result<RangeTest> read_number_test(Json json, const std::string& where) {
  if (!json.is_object()) return fail("is not an object", where);
  RangeTest test;
  VIGIL_TRY(test.lower, read_number(json["lowerInclusive"], where + ".lowerInclusive"));
  VIGIL_TRY(test.upper, read_number(json["upperInclusive"], where + ".upperInclusive"));
  return test;
}

Result<RangeTest> read_date_test(Json json, const std::string& where) {
  if (!json.is_object()) return fail("is not an object", where);
  RangeTest test;
  VIGIL_TRY(test.lower, read_date(json["startInclusive"], where + ".startInclusive"));
  VIGIL_TRY(test.upper, read_date(json["endInclusive"], where + ".endInclusive"));
  return test;
}

Result<MapTest> read_map_test(Json json, const std::string& where) {
  if (!json.is_object()) return fail("is not an object", where);
  VIGIL_TRY(const std::string word, read_text(json["comparison"], where + ".comparison"));
  if (word != "EQUALS") return fail("is not EQUALS", where + ".comparison");
  MapTest test;
  VIGIL_TRY(test.key, read_text(json["key"], where + ".key"));
  if (is_absent(json["value"])) return test;
  VIGIL_TRY(test.value, read_text(json["value"], where + ".value"));
  return test;
}

Result<std::optional<int>> read_port(Json json, const std::string& where) {
  if (is_absent(json)) return std::optional<int>();
  const auto number = json.integer();
  if (!number || *number < 0 || *number > 65535)
    return fail("is not a whole number from 0 to 65535", where);
  return std::optional<int>(static_cast<int>(*number));
}

Result<PortRangeTest> read_port_test(Json json, const std::string& where) {
  if (!json.is_object()) return fail("is not an object", where);
  PortRangeTest test;
  VIGIL_TRY(test.begin, read_port(json["beginInclusive"], where + ".beginInclusive"));
  VIGIL_TRY(test.end, read_port(json["endInclusive"], where + ".endInclusive"));
  return test;
}

Result<PackageTest> read_package_test(Json json, const std::string& where) {
  if (!json.is_object()) return fail("is not an object", where);
  PackageTest test;
  for (const PackageMember& member : kPackageMembers) {
    const Json value = json[member.name];
    if (is_absent(value)) continue;
    VIGIL_TRY(test.*member.test, read_string_test(value, where + "." + std::string(member.name)));
  }
  if (is_absent(json["epoch"])) return test;
  VIGIL_TRY(test.epoch, read_number_test(json["epoch"], where + ".epoch"));
  return test;
}

template <typename Test>
Result<void> read_tests(Json list, const std::string& where, std::vector<Test>& tests,
                        Result<Test> (*read)(Json, const std::string&)) {
  for (const Json item : list.items()) {
    if (tests.size() == kValues) return fail("has more than 10 values", where);
    VIGIL_TRY(Test test, read(item, where + "[" + std::to_string(tests.size()) + "]"));
    tests.push_back(std::move(test));
  }
  if (tests.empty()) return fail("has no values", where);
  return ok();
}

Result<void> read_criterion(FieldKind kind, Json list, const std::string& where, Criterion& into) {
  if (!list.is_array()) return fail("is not a list", where);
  switch (kind) {
    case FieldKind::String:
      return read_tests(list, where, into.strings, read_string_test);
    case FieldKind::Date:
      return read_tests(list, where, into.ranges, read_date_test);
    case FieldKind::Number:
      return read_tests(list, where, into.ranges, read_number_test);
    case FieldKind::Map:
      return read_tests(list, where, into.maps, read_map_test);
    case FieldKind::PortRange:
      return read_tests(list, where, into.ports, read_port_test);
    case FieldKind::Package:
      return read_tests(list, where, into.packages, read_package_test);
  }
  return fail("is of no known kind", where);
}

void write(JsonWriter& json, const StringTest& test) {
  json.begin_object();
  json.member("comparison", kComparisons[static_cast<std::size_t>(test.comparison)]);
  json.member("value", test.value).end_object();
}

void write_number(JsonWriter& json, std::string_view name, std::optional<double> number) {
  // Whole numbers as such: 1700000000 and not 1.7e+09. Up to 2^53 every one of them is exact.
  constexpr double kExact = 9007199254740992.0;
  if (!number) return;
  const bool whole = std::floor(*number) == *number && std::abs(*number) <= kExact;
  json.key(name);
  if (whole) {
    json.value(static_cast<std::int64_t>(*number));
  } else {
    json.value(*number);
  }
}

void write(JsonWriter& json, const RangeTest& test, bool is_date) {
  json.begin_object();
  write_number(json, is_date ? "startInclusive" : "lowerInclusive", test.lower);
  write_number(json, is_date ? "endInclusive" : "upperInclusive", test.upper);
  json.end_object();
}

void write(JsonWriter& json, const MapTest& test) {
  json.begin_object().member("comparison", "EQUALS").member("key", test.key);
  if (test.value) json.member("value", *test.value);
  json.end_object();
}

void write(JsonWriter& json, const PortRangeTest& test) {
  json.begin_object();
  if (test.begin) json.member("beginInclusive", *test.begin);
  if (test.end) json.member("endInclusive", *test.end);
  json.end_object();
}

void write(JsonWriter& json, const PackageTest& test) {
  json.begin_object();
  for (const PackageMember& member : kPackageMembers) {
    if (!(test.*member.test)) continue;
    json.key(member.name);
    write(json, *(test.*member.test));
  }
  if (test.epoch) {
    json.key("epoch");
    write(json, *test.epoch, false);
  }
  json.end_object();
}

}  // namespace

Result<Filter> parse_filter(const Json& criteria) {
  const std::string where = "filterCriteria";
  if (!criteria.is_object()) return fail("is not an object", where);
  // By the table and not by the members: of a member given twice the first counts, as everywhere.
  Filter filter;
  for (std::size_t i = 0; i < filter_fields().size(); ++i) {
    const FilterField& field = filter_fields()[i];
    const Json list = criteria[field.name];
    if (is_absent(list)) continue;
    Criterion criterion;
    criterion.field = static_cast<std::uint16_t>(i);
    VIGIL_CHECK(read_criterion(field.kind, list, where + "." + std::string(field.name), criterion));
    filter.criteria.push_back(std::move(criterion));
  }
  return filter;
}

Result<Filter> parse_filter(std::string_view json) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(json));
  return parse_filter(root);
}

std::string filter_json(const Filter& filter) {
  JsonWriter json;
  json.begin_object();
  for (const Criterion& criterion : filter.criteria) {
    const FilterField& field = filter_fields()[criterion.field];
    json.key(field.name).begin_array();
    for (const StringTest& test : criterion.strings) write(json, test);
    for (const RangeTest& test : criterion.ranges) write(json, test, field.kind == FieldKind::Date);
    for (const MapTest& test : criterion.maps) write(json, test);
    for (const PortRangeTest& test : criterion.ports) write(json, test);
    for (const PackageTest& test : criterion.packages) write(json, test);
    json.end_array();
  }
  return json.end_object().take();
}

}  // namespace vigil::findings
