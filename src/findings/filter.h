// The filter language of findings: Inspector2's FilterCriteria. One meaning, two evaluations: in
// memory here, as SQL in store/; store's tests prove them equal on random data.
//
// Fields are joined by AND. Inside a field EQUALS and PREFIX values are joined by OR, NOT_EQUALS values
// by AND, and both groups by AND. A field with several values (tags, layers) is EQUAL if one of them
// is, and NOT_EQUAL if none is; a field without a value fulfils NOT_EQUALS only. Comparison is exact
// in case. Bounds of dates and numbers are inclusive; a value that is absent is in no range. Unknown
// string values are accepted and match nothing, as Inspector does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json_tree.h"
#include "base/result.h"
#include "findings/filter_fields.h"

namespace vigil::findings {

enum class Comparison : std::uint8_t { Equals, Prefix, NotEquals };

struct StringTest {
  Comparison comparison = Comparison::Equals;
  std::string value;
};
/// Numbers and dates (seconds since 1970); inclusive.
struct RangeTest {
  std::optional<double> lower;
  std::optional<double> upper;
};
struct MapTest {
  std::string key;
  std::optional<std::string> value;  ///< absent: any value under that key
};
/// A port range that lies within [begin, end].
struct PortRangeTest {
  std::optional<int> begin;
  std::optional<int> end;
};
/// All tests given hold for one and the same package.
struct PackageTest {
  std::optional<StringTest> name, version, release, architecture, layer, lambda_layer, path;
  std::optional<RangeTest> epoch;
};

struct Criterion {
  std::uint16_t field = 0;
  std::vector<StringTest> strings;  ///< exactly the vector of the field's kind is not empty
  std::vector<RangeTest> ranges;
  std::vector<MapTest> maps;
  std::vector<PortRangeTest> ports;
  std::vector<PackageTest> packages;
};

/// No criterion matches everything.
struct Filter {
  std::vector<Criterion> criteria;
};

/// Reads FilterCriteria. Unknown members are passed over as AWS does, null is absent; a wrong shape is
/// an error that names the member ("filterCriteria.severity[0].comparison"). A field has 1 to 10
/// values, an EQUALS, PREFIX or NOT_EQUALS value 1 to 1,024 characters; control characters are blanks,
/// as in attributes. Dates are seconds since 1970,
/// perhaps with a fraction, or RFC 3339 text.
Result<Filter> parse_filter(const base::Json& criteria);
Result<Filter> parse_filter(std::string_view json);
/// FilterCriteria as the API writes it; parse_filter of it gives the same filter.
std::string filter_json(const Filter& filter);

/// What a filter asks about one package of a finding.
struct PackageFacts {
  std::string name, version, release, architecture, layer, lambda_layer, path;
  int epoch = 0;
};

/// Everything a filter can ask about one finding: the values of its fields, by number.
struct FilterSubject {
  std::vector<Attribute> attributes;  ///< of all scopes, columns included
  std::vector<PackageFacts> packages;
};

/// The cost is criteria times attributes: no index, because a suppression rule is asked once a finding.
bool matches(const Filter& filter, const FilterSubject& subject);

}  // namespace vigil::findings
