// Filters on findingArn. No column holds the ARN; what a test says of it is said of its parts:
//
//   arn:aws:inspector2:REGION:ACCOUNT:finding/RRRRRRRRRRRRRRRRVVVVVVVVVVVVVVVV
//
// The region is the resource's, R and V are the ids of resource and vulnerability in hexadecimal
// digits (findings/identity.h), so that a beginning of the digits is a range of ids.
#include <algorithm>
#include <limits>

#include "findings/identity.h"
#include "store/sql_compare.h"
#include "store/sql_filter.h"
#include "store/store.h"

namespace vigil::store {
namespace {

using findings::Comparison;
using findings::StringTest;

constexpr std::string_view kNever = "1 = 0";
constexpr std::size_t kDigits = 16;

/// The ids whose 16 digits begin with these; nothing if these are no such digits. A beginning of at
/// least one digit lies on one side of the sign.
struct IdRange {
  std::int64_t first = std::numeric_limits<std::int64_t>::min();
  std::int64_t last = std::numeric_limits<std::int64_t>::max();
};
std::optional<IdRange> ids_beginning(std::string_view digits) {
  if (digits.empty()) return IdRange{};
  std::uint64_t number = 0;
  for (const char c : digits) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    number = number << 4U | digit;
  }
  const auto missing = static_cast<unsigned>(4 * (kDigits - digits.size()));
  const std::uint64_t low = missing == 0 ? number : number << missing;
  const std::uint64_t high = missing == 0 ? number : low | ((std::uint64_t{1} << missing) - 1);
  return IdRange{static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)};
}

void add_id_range(SqlText& sql, std::string_view column, std::string_view digits) {
  const auto range = ids_beginning(digits);
  if (!range) {
    sql.add(kNever);
    return;
  }
  sql.add(column).add(" >= ").bind(range->first).add(" AND ");
  sql.add(column).add(" <= ").bind(range->last);
}

/// The ARN begins with `value`; `whole`: it is `value`.
void add_arn(SqlText& sql, std::int64_t account, std::string_view value, bool whole) {
  constexpr std::string_view kStart = "arn:aws:inspector2:";
  const std::string end = ":" + account_digits(account) + ":finding/";
  if (!is_storable(value) || (whole && value.size() < kStart.size())) {
    sql.add(kNever);
    return;
  }
  if (kStart.starts_with(value)) {
    sql.add("1 = 1");
    return;
  }
  if (!value.starts_with(kStart)) {
    sql.add(kNever);
    return;
  }
  value.remove_prefix(kStart.size());
  const std::size_t colon = value.find(':');
  if (colon == std::string_view::npos) {
    if (whole) {
      sql.add(kNever);
    } else {
      add_prefix(sql, "r.region", value, Empty::Text);
    }
    return;
  }
  const std::string_view region = value.substr(0, colon);
  value.remove_prefix(colon);
  const bool fits = value.size() <= end.size() ? !whole && std::string_view(end).starts_with(value)
                                               : value.starts_with(end);
  const std::string_view digits = value.substr(std::min(value.size(), end.size()));
  if (!fits || digits.size() > 2 * kDigits || (whole && digits.size() != 2 * kDigits)) {
    sql.add(kNever);
    return;
  }
  sql.add("r.region = ").bind(region).add(" AND ");
  add_id_range(sql, "f.resource", digits.substr(0, std::min(kDigits, digits.size())));
  if (digits.size() <= kDigits) return;
  sql.add(" AND ");
  add_id_range(sql, "f.vulnerability", digits.substr(kDigits));
}

}  // namespace

void add_arn_condition(SqlText& sql, std::int64_t account, const std::vector<StringTest>& tests) {
  const auto add_all = [&](bool negative) {
    bool is_first = true;
    for (const StringTest& test : tests) {
      if ((test.comparison == Comparison::NotEquals) != negative) continue;
      sql.add(is_first ? "(" : " OR (");
      is_first = false;
      add_arn(sql, account, test.value, test.comparison != Comparison::Prefix);
      sql.add(")");
    }
  };
  const bool positive = has_positive(tests);
  if (positive) {
    sql.add("(");
    add_all(false);
    sql.add(")");
  }
  if (!has_negative(tests)) return;
  sql.add(positive ? " AND NOT (" : "NOT (");
  add_all(true);
  sql.add(")");
}

}  // namespace vigil::store
