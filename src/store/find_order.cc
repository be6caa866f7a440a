#include "store/find_order.h"

#include <tuple>

#include "findings/filter_table.h"

namespace vigil::store {
namespace {

using findings::fields::number_of;

Order assessment_attribute(std::uint16_t field) {
  return {SortOwner::AssessmentAttribute, SortKind::Text, "text", field};
}
Order resource_attribute(std::uint16_t field, SortKind kind = SortKind::Text) {
  return {SortOwner::ResourceAttribute, kind, kind == SortKind::Text ? "text" : "number", field};
}

std::string least_attribute(std::string_view table, std::string_view owner, const Order& order,
                            const Ids& ids) {
  std::string out = "(SELECT MIN(s.";
  out += order.column;
  out += ") FROM ";
  out += table;
  out += "_attribute s WHERE s.account = ";
  out += ids.account;
  out += " AND s.";
  out += table;
  out += " = ";
  out += owner;
  return out + " AND s.field = " + std::to_string(order.field) + ")";
}

}  // namespace

Order order_of(SortField sort) {
  switch (sort) {
    case SortField::FindingType:
      return {SortOwner::Assessment, SortKind::Text, "type"};
    case SortField::Severity:
      return {SortOwner::Assessment, SortKind::Integer, "severity"};
    case SortField::FirstObservedAt:
      return {SortOwner::Finding, SortKind::Integer, "first_observed"};
    case SortField::LastObservedAt:
      return {SortOwner::LastObserved, SortKind::Integer, ""};
    case SortField::ResourceType:
      return {SortOwner::Assessment, SortKind::Text, "resource_type"};
    case SortField::EcrImagePushedAt:
      return resource_attribute(number_of("ecrImagePushedAt"), SortKind::Real);
    case SortField::EcrImageRepositoryName:
      return resource_attribute(number_of("ecrImageRepositoryName"));
    case SortField::EcrImageRegistry:
      return resource_attribute(number_of("ecrImageRegistry"));
    case SortField::NetworkProtocol:
      return assessment_attribute(number_of("networkProtocol"));
    case SortField::ComponentType:
      return assessment_attribute(number_of("componentType"));
    case SortField::VulnerabilityId:
      return {SortOwner::Vulnerability, SortKind::Text, "name"};
    case SortField::VulnerabilitySource:
      return {SortOwner::Assessment, SortKind::Text, "source"};
    case SortField::InspectorScore:
      return {SortOwner::Assessment, SortKind::Real, "score"};
    case SortField::VendorSeverity:
      return {SortOwner::Assessment, SortKind::Text, "vendor_severity"};
    case SortField::EpssScore:
      return {SortOwner::Vulnerability, SortKind::Real, "epss"};
    case SortField::AwsAccountId:
    case SortField::FindingStatus:
    case SortField::None:
      return {};
  }
  return {};
}

std::string sort_expression(const Order& order, const Ids& ids) {
  const std::string column(order.column);
  const auto absent_if_empty = [&](const std::string& expression) {
    return order.kind == SortKind::Text ? "NULLIF(" + expression + ", '')" : expression;
  };
  switch (order.owner) {
    case SortOwner::Nothing:
      return "NULL";
    case SortOwner::Assessment:
      return absent_if_empty("a." + column);
    case SortOwner::Vulnerability: {
      std::string out = "(SELECT " + absent_if_empty("s." + column);
      out += " FROM vulnerability s WHERE s.account = ";
      out += ids.account;
      out += " AND s.id = ";
      out += ids.vulnerability;
      return out + ")";
    }
    case SortOwner::AssessmentAttribute:
      return least_attribute("assessment", ids.assessment, order, ids);
    case SortOwner::ResourceAttribute:
      return least_attribute("resource", ids.resource, order, ids);
    case SortOwner::Finding:
      return "f." + column;
    case SortOwner::LastObserved:
      return std::string(kLastObserved);
  }
  return "NULL";
}

bool sorts_by_assessment_row(const Order& order) {
  return order.owner == SortOwner::Assessment;
}
bool sorts_by_resource_row(const Order& order) {
  return order.owner == SortOwner::LastObserved;
}

SortValue sort_value(const Row& row, int column, SortKind kind) {
  if (row.is_null(column)) return {};
  switch (kind) {
    case SortKind::None:
      return {};
    case SortKind::Integer:
      return row.integer(column);
    case SortKind::Real:
      return row.real(column);
    case SortKind::Text:
      return std::string(row.text(column));
  }
  return {};
}

bool before(const Position& a, const Position& b, bool descending) {
  if (a.portion != b.portion) return a.portion < b.portion;
  const bool a_has = !std::holds_alternative<std::monostate>(a.value);
  const bool b_has = !std::holds_alternative<std::monostate>(b.value);
  if (a_has != b_has) return a_has;
  const auto key = [](const Position& position) {
    return std::tie(position.value, position.account, position.tie, position.outer, position.status,
                    position.inner);
  };
  return descending ? key(b) < key(a) : key(a) < key(b);
}

}  // namespace vigil::store
