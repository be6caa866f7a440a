#include "store/sql_compare.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vigil::store {
namespace {

using findings::Comparison;
using findings::RangeTest;
using findings::StringTest;

constexpr std::string_view kNever = "1 = 0";

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string encode(std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (point < 0x80) return {byte(point)};
  const char last = byte(0x80U | (point & 0x3FU));
  if (point < 0x800) return {byte(0xC0U | (point >> 6U)), last};
  const char third = byte(0x80U | ((point >> 6U) & 0x3FU));
  if (point < 0x10000) return {byte(0xE0U | (point >> 12U)), third, last};
  return {byte(0xF0U | (point >> 18U)), byte(0x80U | ((point >> 12U) & 0x3FU)), third, last};
}

/// The code point at the front of `text` and its length; 0 bytes if there is none.
struct Decoded {
  std::uint32_t point = 0;
  std::size_t bytes = 0;
};
Decoded decode(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = first < 0x80   ? 1
                            : first < 0xC2 ? 0
                            : first < 0xE0 ? 2
                            : first < 0xF0 ? 3
                            : first < 0xF5 ? 4
                                           : 0;
  if (bytes == 0 || text.size() < bytes) return {};
  if (bytes == 1) return {first, 1};
  std::uint32_t point = first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!is_continuation(text[i])) return {};
    point = point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = point >= 0xD800 && point < 0xE000;
  if (point < kLeast[bytes] || point > 0x10FFFF || is_surrogate) return {};
  return {point, bytes};
}

/// Seconds in a column of integers. Bounds beyond what it holds are as good as its ends.
std::int64_t whole(double bound, double (*round)(double)) {
  constexpr double kLimit = 9.0e18;
  return static_cast<std::int64_t>(std::clamp(round(bound), -kLimit, kLimit));
}

}  // namespace

bool is_storable(std::string_view text) {
  while (!text.empty()) {
    const Decoded next = decode(text);
    if (next.bytes == 0 || next.point == 0) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

std::string above_prefix(std::string_view prefix) {
  while (!prefix.empty()) {
    std::size_t start = prefix.size() - 1;
    while (start > 0 && is_continuation(prefix[start])) --start;
    const std::uint32_t point = decode(prefix.substr(start)).point;
    prefix = prefix.substr(0, start);
    if (point == 0x10FFFF) continue;
    return std::string(prefix) + encode(point == 0xD7FF ? 0xE000 : point + 1);
  }
  return {};
}

bool has_positive(std::span<const StringTest> tests) {
  return std::ranges::any_of(
      tests, [](const StringTest& test) { return test.comparison != Comparison::NotEquals; });
}
bool has_negative(std::span<const StringTest> tests) {
  return std::ranges::any_of(
      tests, [](const StringTest& test) { return test.comparison == Comparison::NotEquals; });
}

void add_prefix(SqlText& sql, std::string_view expression, std::string_view prefix, Empty empty) {
  if (!is_storable(prefix)) {
    sql.add(kNever);
    return;
  }
  if (prefix.empty()) {
    sql.add(expression).add(empty == Empty::NoValue ? " > ''" : " >= ''");
    return;
  }
  sql.add("(").add(expression).add(" >= ").bind(prefix);
  const std::string above = above_prefix(prefix);
  if (!above.empty()) sql.add(" AND ").add(expression).add(" < ").bind(above);
  sql.add(")");
}

void add_positive(SqlText& sql, std::string_view expression, std::span<const StringTest> tests,
                  Empty empty) {
  sql.add("(");
  std::size_t named = 0;
  for (const StringTest& test : tests) {
    if (test.comparison != Comparison::Equals || !is_storable(test.value)) continue;
    if (test.value.empty() && empty == Empty::NoValue) continue;
    if (named++ == 0) {
      sql.add(expression).add(" IN (");
    } else {
      sql.add(", ");
    }
    sql.bind(test.value);
  }
  if (named > 0) sql.add(")");
  bool is_first = named == 0;
  for (const StringTest& test : tests) {
    if (test.comparison != Comparison::Prefix) continue;
    if (!is_first) sql.add(" OR ");
    is_first = false;
    add_prefix(sql, expression, test.value, empty);
  }
  if (is_first) sql.add(kNever);
  sql.add(")");
}

void add_named(SqlText& sql, std::string_view expression, std::span<const StringTest> tests,
               Empty empty) {
  std::size_t named = 0;
  for (const StringTest& test : tests) {
    if (test.comparison != Comparison::NotEquals || !is_storable(test.value)) continue;
    if (test.value.empty() && empty == Empty::NoValue) continue;
    if (named++ == 0) {
      sql.add(expression).add(" IN (");
    } else {
      sql.add(", ");
    }
    sql.bind(test.value);
  }
  sql.add(named == 0 ? kNever : ")");
}

void add_range(SqlText& sql, std::string_view expression, const RangeTest& range, Numbers numbers) {
  const auto bound = [&](std::string_view comparison, double value, double (*round)(double)) {
    sql.add(expression).add(comparison);
    if (numbers == Numbers::Integer) {
      sql.bind(whole(value, round));
    } else {
      sql.bind(value);
    }
  };
  sql.add("(");
  if (range.lower) bound(" >= ", *range.lower, [](double value) { return std::ceil(value); });
  if (range.lower && range.upper) sql.add(" AND ");
  if (range.upper) bound(" <= ", *range.upper, [](double value) { return std::floor(value); });
  if (!range.lower && !range.upper) sql.add(expression).add(" IS NOT NULL");
  sql.add(")");
}

void add_ranges(SqlText& sql, std::string_view expression, std::span<const RangeTest> ranges,
                Numbers numbers) {
  sql.add("(");
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (i > 0) sql.add(" OR ");
    add_range(sql, expression, ranges[i], numbers);
  }
  if (ranges.empty()) sql.add(kNever);
  sql.add(")");
}

void add_map_tests(SqlText& sql, const std::vector<findings::MapTest>& tests) {
  sql.add("(");
  bool is_first = true;
  for (const findings::MapTest& test : tests) {
    if (!is_first) sql.add(" OR ");
    is_first = false;
    if (!is_storable(test.key) || (test.value && !is_storable(*test.value))) {
      sql.add("1 = 0");
      continue;
    }
    sql.add("(x.key = ").bind(test.key);
    if (test.value) sql.add(" AND x.text = ").bind(*test.value);
    sql.add(")");
  }
  sql.add(is_first ? "1 = 0)" : ")");
}

bool holds(std::span<const StringTest> tests, std::string_view text) {
  bool fulfilled = !has_positive(tests);
  for (const StringTest& test : tests) {
    if (test.comparison == Comparison::NotEquals && text == test.value) return false;
    fulfilled = fulfilled || (test.comparison == Comparison::Equals && text == test.value) ||
                (test.comparison == Comparison::Prefix && text.starts_with(test.value));
  }
  return fulfilled;
}

}  // namespace vigil::store
