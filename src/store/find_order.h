// The orders ListFindings sorts by, as data, and positions in them.
//
// Every order is total: behind the sort's value come the account and the ids that the plan walks
// along, all in the direction of the sort. What has no value comes last in both directions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "store/engine.h"
#include "store/find.h"
#include "store/sql_filter.h"

namespace vigil::store {

/// Whose property an order sorts by, which says along which table it can be walked.
enum class SortOwner : std::uint8_t {
  Nothing,              ///< portions one after another: by account, by status
  Assessment,           ///< a column of assessment
  Vulnerability,        ///< a column of vulnerability
  AssessmentAttribute,  ///< the least value of a field in assessment_attribute
  ResourceAttribute,    ///< the least value of a field in resource_attribute
  Finding,              ///< a column of finding
  LastObserved,         ///< of the resource while the finding is open, then its own
};
enum class SortKind : std::uint8_t { None, Integer, Real, Text };

struct Order {
  SortOwner owner = SortOwner::Nothing;
  SortKind kind = SortKind::None;
  std::string_view column;  ///< "score"; of attributes "text" or "number"
  std::uint16_t field = 0;  ///< of attributes
};
Order order_of(SortField sort);

/// The value as an expression over the row at hand, NULL if there is none.
std::string sort_expression(const Order& order, const Ids& ids);
/// Does it need a row of a or r?
bool sorts_by_assessment_row(const Order& order);
bool sorts_by_resource_row(const Order& order);

using SortValue = std::variant<std::monostate, std::int64_t, double, std::string>;
/// A column of a row as the order's kind of value; monostate for NULL.
SortValue sort_value(const Row& row, int column, SortKind kind);

/// Where a finding stands.
struct Position {
  std::uint32_t portion = 0;  ///< of orders that go portion by portion
  SortValue value;            ///< monostate: none, which is last
  std::int64_t account = 0;
  std::int64_t tie = 0;  ///< the vulnerability, where assessments are walked along vulnerabilities
  std::int64_t outer = 0;  ///< the assessment or resource that is walked
  int status = 0;          ///< where the findings of an assessment are walked status by status
  std::int64_t inner = 0;  ///< the finding within it
};
/// Is `a` before `b`?
bool before(const Position& a, const Position& b, bool descending);

/// " > " or " < ", "" or " DESC".
inline std::string_view beyond(bool descending) {
  return descending ? " < " : " > ";
}
inline std::string_view direction(bool descending) {
  return descending ? " DESC" : "";
}

}  // namespace vigil::store
