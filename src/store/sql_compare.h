// The tests of the filter language (findings/filter.h) on one expression of SQL each. A test that
// no value can fulfil is "1 = 0", so that every list of tests becomes SQL.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "findings/filter.h"
#include "store/sql_text.h"

namespace vigil::store {

/// What an empty text in a column means.
enum class Empty : std::uint8_t {
  NoValue,  ///< there is no value (findings/filter_fields.h, of columns)
  Text,     ///< it is a text like others (of attributes and packages)
};

/// Is there an EQUALS or PREFIX, of which one must hold? Is there a NOT_EQUALS, of which none may?
bool has_positive(std::span<const findings::StringTest> tests);
bool has_negative(std::span<const findings::StringTest> tests);

/// "(title IN ($1, $2) OR title >= $3 AND title < $4)": one of the EQUALS and PREFIX tests holds.
void add_positive(SqlText& sql, std::string_view expression,
                  std::span<const findings::StringTest> tests, Empty empty);
/// "text IN ($1, $2)": equal to one of the NOT_EQUALS values, which then must not be.
void add_named(SqlText& sql, std::string_view expression,
               std::span<const findings::StringTest> tests, Empty empty);
/// "(title >= $1 AND title < $2)"
void add_prefix(SqlText& sql, std::string_view expression, std::string_view prefix, Empty empty);

enum class Numbers : std::uint8_t { Integer, Real };
/// One of the ranges holds. A number that is NULL is in none.
void add_ranges(SqlText& sql, std::string_view expression,
                std::span<const findings::RangeTest> ranges, Numbers numbers);
void add_range(SqlText& sql, std::string_view expression, const findings::RangeTest& range,
               Numbers numbers);

/// One of the tests holds for an attribute "x" with a key.
void add_map_tests(SqlText& sql, const std::vector<findings::MapTest>& tests);

/// Do all tests hold for this text?
bool holds(std::span<const findings::StringTest> tests, std::string_view text);

/// The least text above all that begin with `prefix`, by code points as both engines compare them;
/// empty if there is none.
std::string above_prefix(std::string_view prefix);
/// UTF-8 without NUL: what a text column can hold.
bool is_storable(std::string_view text);

}  // namespace vigil::store
