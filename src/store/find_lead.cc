#include "store/find_lead.h"

#include <algorithm>

#include "findings/identity.h"
#include "store/sql_compare.h"
#include "store/store.h"

namespace vigil::store {
namespace {

using findings::Comparison;
using findings::Criterion;
using findings::FieldKind;
using findings::FieldScope;
using findings::FilterField;
using findings::PackageTest;
using findings::StringTest;

const FilterField& field_of(const Criterion& criterion) {
  return findings::filter_fields()[criterion.field];
}

bool only_equals(const std::vector<StringTest>& tests) {
  return std::ranges::all_of(
      tests, [](const StringTest& test) { return test.comparison == Comparison::Equals; });
}

/// Columns of assessment with an index.
bool is_indexed(std::string_view column) {
  static constexpr std::string_view kIndexed[] = {
      "type", "severity", "title", "score", "source", "vendor_severity", "resource_type"};
  return std::ranges::find(kIndexed, column) != std::end(kIndexed);
}

bool is_bounded(const Criterion& criterion) {
  return !criterion.ranges.empty() && std::ranges::all_of(criterion.ranges, [](const auto& range) {
    return range.lower || range.upper;
  });
}

void add_words(SqlText& sql, std::string_view column, const Criterion& criterion) {
  const FilterField& field = field_of(criterion);
  sql.add(column).add(" IN (-1");
  for (std::size_t i = 0; i < field.words.size(); ++i) {
    if (holds(criterion.strings, field.words[i])) {
      sql.add(", ").constant(static_cast<std::int64_t>(i));
    }
  }
  sql.add(")");
}

void add_values(SqlText& sql, std::string_view column, const Criterion& criterion, Empty empty) {
  const FilterField& field = field_of(criterion);
  if (!field.words.empty()) {
    add_words(sql, column, criterion);
  } else if (field.kind == FieldKind::String) {
    add_positive(sql, column, criterion.strings, empty);
  } else {
    add_ranges(sql, column, criterion.ranges, Numbers::Real);
  }
}

/// Resources whose id is computed from their name.
void add_named_resources(SqlText& sql, std::int64_t account, const Criterion& criterion) {
  const bool by_arn = field_of(criterion).name == "findingArn";
  sql.add("SELECT l.id AS id FROM resource l WHERE l.account = ").bind(account);
  if (!by_arn && !only_equals(criterion.strings)) {
    sql.add(" AND ");
    add_positive(sql, "l.resource_id", criterion.strings, Empty::NoValue);
    return;
  }
  sql.add(" AND l.id IN (0");
  for (const StringTest& test : criterion.strings) {
    std::uint64_t id = 0;
    if (by_arn) {
      const auto arn = findings::parse_finding_arn(test.value);
      if (!arn) continue;
      id = arn->id.resource;
    } else {
      id = findings::resource_key(account_digits(account), test.value);
    }
    sql.add(", ").bind(static_cast<std::int64_t>(id));
  }
  sql.add(")");
}

void add_resource_lead(SqlText& sql, std::int64_t account, const Criterion& criterion) {
  const FilterField& field = field_of(criterion);
  if (field.name == "findingArn" || field.name == "resourceId") {
    return add_named_resources(sql, account, criterion);
  }
  sql.add("SELECT DISTINCT l.resource AS id FROM resource_attribute l WHERE l.account = ");
  sql.bind(account).add(" AND l.field = ").constant(criterion.field).add(" AND ");
  if (field.kind == FieldKind::Map) {
    sql.add("(");
    for (std::size_t i = 0; i < criterion.maps.size(); ++i) {
      const findings::MapTest& test = criterion.maps[i];
      if (i > 0) sql.add(" OR ");
      if (is_storable(test.key) && is_storable(*test.value)) {
        sql.add("(l.text = ").bind(*test.value).add(" AND l.key = ").bind(test.key).add(")");
      } else {
        sql.add("1 = 0");
      }
    }
    sql.add(")");
    return;
  }
  add_values(sql, field.kind == FieldKind::String ? "l.text" : "l.number", criterion, Empty::Text);
}

void add_assessment_lead(SqlText& sql, std::int64_t account, const Criterion& criterion) {
  const FilterField& field = field_of(criterion);
  if (field.kind == FieldKind::Package) {
    sql.add("SELECT DISTINCT l.assessment AS id FROM assessment_package l WHERE l.account = ");
    sql.bind(account).add(" AND (");
    for (std::size_t i = 0; i < criterion.packages.size(); ++i) {
      if (i > 0) sql.add(" OR ");
      const std::span<const StringTest> name(&*criterion.packages[i].name, 1);
      add_positive(sql, "l.name", name, Empty::Text);
    }
    sql.add(")");
  } else if (field.scope == FieldScope::Vulnerability) {
    sql.add("SELECT l.id AS id FROM vulnerability v CROSS JOIN assessment l WHERE v.account = ");
    sql.bind(account).add(" AND l.account = ").bind(account);
    sql.add(" AND l.vulnerability = v.id AND ");
    add_values(sql, "v." + std::string(field.column), criterion, Empty::NoValue);
  } else if (!field.column.empty()) {
    sql.add("SELECT l.id AS id FROM assessment l WHERE l.account = ").bind(account).add(" AND ");
    add_values(sql, "l." + std::string(field.column), criterion, Empty::NoValue);
  } else {
    sql.add("SELECT DISTINCT l.assessment AS id FROM assessment_attribute l WHERE l.account = ");
    sql.bind(account).add(" AND l.field = ").constant(criterion.field);
    if (field.kind != FieldKind::String) return;  // port ranges: those that have one
    sql.add(" AND ");
    add_values(sql, "l.text", criterion, Empty::Text);
  }
}

}  // namespace

std::optional<LeadTable> lead_table(const Criterion& criterion) {
  const FilterField& field = field_of(criterion);
  if (field.name == "findingArn") {
    return only_equals(criterion.strings) ? std::optional(LeadTable::Resource) : std::nullopt;
  }
  if (field.scope == FieldScope::Finding) {
    const bool has_index = field.name == "firstObservedAt" || field.name == "updatedAt";
    if (has_index && criterion.ranges.size() == 1 && is_bounded(criterion)) {
      return LeadTable::Finding;
    }
    return std::nullopt;
  }
  const LeadTable table =
      field.scope == FieldScope::Resource ? LeadTable::Resource : LeadTable::Assessment;
  const bool by_column = !field.column.empty() && field.scope != FieldScope::Vulnerability;
  if (by_column && table == LeadTable::Resource && field.name != "resourceId") return std::nullopt;
  if (by_column && table == LeadTable::Assessment && !is_indexed(field.column)) return std::nullopt;
  switch (field.kind) {
    case FieldKind::String:
      if (!field.words.empty() || has_positive(criterion.strings)) return table;
      return std::nullopt;
    case FieldKind::Date:
    case FieldKind::Number:
      return is_bounded(criterion) ? std::optional(table) : std::nullopt;
    case FieldKind::Map:
      if (std::ranges::all_of(criterion.maps, [](const auto& test) { return !!test.value; })) {
        return table;
      }
      return std::nullopt;
    case FieldKind::PortRange:
      return table;
    case FieldKind::Package:
      if (std::ranges::all_of(criterion.packages, [](const PackageTest& test) {
            return test.name && test.name->comparison != Comparison::NotEquals;
          })) {
        return table;
      }
      return std::nullopt;
  }
  return std::nullopt;
}

void add_lead(SqlText& sql, std::int64_t account, const Criterion& criterion) {
  if (lead_table(criterion) == LeadTable::Resource) {
    add_resource_lead(sql, account, criterion);
  } else {
    add_assessment_lead(sql, account, criterion);
  }
}

Result<std::int64_t> count_lead(Connection& from, std::span<const std::int64_t> accounts,
                                const Criterion& criterion, std::int64_t limit) {
  const FilterField& field = field_of(criterion);
  std::int64_t counted = 0;
  for (const std::int64_t account : accounts) {
    if (counted >= limit) break;
    SqlText sql("SELECT COUNT(*) FROM (");
    if (lead_table(criterion) == LeadTable::Finding) {
      sql.add("SELECT 1 AS one FROM finding f WHERE f.account = ").bind(account).add(" AND ");
      add_ranges(sql, "f." + std::string(field.column), criterion.ranges, Numbers::Integer);
    } else {
      add_lead(sql, account, criterion);
    }
    sql.add(" LIMIT ").bind(limit - counted).add(") counted");
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      counted += row.integer(0);
      return true;
    }));
  }
  return counted;
}

}  // namespace vigil::store
