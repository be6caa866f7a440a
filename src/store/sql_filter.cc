#include "store/sql_filter.h"

#include <algorithm>

#include "store/sql_compare.h"
#include "store/store.h"

namespace vigil::store {
namespace {

using findings::Criterion;
using findings::FieldKind;
using findings::FieldScope;
using findings::FilterField;
using findings::PackageTest;
using findings::StringTest;

const FilterField& field_of(const Criterion& criterion) {
  return findings::filter_fields()[criterion.field];
}

/// A column whose numbers stand for words: the numbers for which the tests hold.
void add_words(SqlText& sql, std::string_view column, const FilterField& field,
               const std::vector<StringTest>& tests) {
  std::string numbers;
  for (std::size_t i = 0; i < field.words.size(); ++i) {
    if (holds(tests, field.words[i])) numbers += (numbers.empty() ? "" : ", ") + std::to_string(i);
  }
  if (numbers.empty()) {
    sql.add("1 = 0");
  } else {
    sql.add(column).add(" IN (").add(numbers).add(")");
  }
}

void add_strings(SqlText& sql, std::string_view column, const std::vector<StringTest>& tests) {
  const bool positive = has_positive(tests);
  if (positive) add_positive(sql, column, tests, Empty::NoValue);
  if (!has_negative(tests)) return;
  if (positive) sql.add(" AND ");
  sql.add("NOT (");
  add_named(sql, column, tests, Empty::NoValue);
  sql.add(")");
}

/// The rest of a criterion, on a column.
void add_column(SqlText& sql, std::string_view column, const FilterField& field,
                const Criterion& criterion) {
  if (field.kind != FieldKind::String) {
    const bool whole = field.kind == FieldKind::Date;
    add_ranges(sql, column, criterion.ranges, whole ? Numbers::Integer : Numbers::Real);
  } else if (!field.words.empty()) {
    add_words(sql, column, field, criterion.strings);
  } else {
    add_strings(sql, column, criterion.strings);
  }
}

/// Attributes of a resource or an assessment.
class Attributes {
 public:
  Attributes(std::int64_t account, const Criterion& criterion, const Ids& ids)
      : account_(account),
        criterion_(criterion),
        is_resource_(field_of(criterion).scope == FieldScope::Resource),
        owner_(is_resource_ ? ids.resource : ids.assessment) {}

  void add(SqlText& sql) const {
    switch (field_of(criterion_).kind) {
      case FieldKind::String:
        return add_strings(sql);
      case FieldKind::Date:
      case FieldKind::Number:
        begin(sql);
        add_ranges(sql, "x.number", criterion_.ranges, Numbers::Real);
        sql.add(")");
        return;
      case FieldKind::Map:
        return add_maps(sql);
      case FieldKind::PortRange:
        return add_ports(sql);
      case FieldKind::Package:
        return;  // not an attribute
    }
  }

 private:
  void begin(SqlText& sql) const {
    sql.add(is_resource_ ? "EXISTS (SELECT 1 FROM resource_attribute x WHERE x.account = "
                         : "EXISTS (SELECT 1 FROM assessment_attribute x WHERE x.account = ");
    sql.bind(account_).add(is_resource_ ? " AND x.resource = " : " AND x.assessment = ");
    sql.add(owner_).add(" AND x.field = ").constant(criterion_.field).add(" AND ");
  }

  void add_strings(SqlText& sql) const {
    const bool positive = has_positive(criterion_.strings);
    if (positive) {
      begin(sql);
      add_positive(sql, "x.text", criterion_.strings, Empty::Text);
      sql.add(")");
    }
    if (!has_negative(criterion_.strings)) return;
    sql.add(positive ? " AND NOT " : "NOT ");
    begin(sql);
    add_named(sql, "x.text", criterion_.strings, Empty::Text);
    sql.add(")");
  }

  void add_maps(SqlText& sql) const {
    begin(sql);
    add_map_tests(sql, criterion_.maps);
    sql.add(")");
  }

  void add_ports(SqlText& sql) const {
    begin(sql);
    sql.add("x.number IS NOT NULL AND x.number_end IS NOT NULL AND (");
    bool is_first = true;
    for (const findings::PortRangeTest& test : criterion_.ports) {
      if (!is_first) sql.add(" OR ");
      is_first = false;
      sql.add("(1 = 1");
      if (test.begin) sql.add(" AND x.number >= ").bind(static_cast<double>(*test.begin));
      if (test.end) sql.add(" AND x.number_end <= ").bind(static_cast<double>(*test.end));
      sql.add(")");
    }
    sql.add("))");
  }

  std::int64_t account_;
  const Criterion& criterion_;
  bool is_resource_;
  std::string_view owner_;
};

void add_package_string(SqlText& sql, std::string_view column,
                        const std::optional<StringTest>& test) {
  if (!test) return;
  sql.add(" AND ");
  const std::span<const StringTest> tests(&*test, 1);
  if (has_positive(tests)) {
    add_positive(sql, column, tests, Empty::Text);
  } else {
    sql.add("NOT (");
    add_named(sql, column, tests, Empty::Text);
    sql.add(")");
  }
}

void add_package_test(SqlText& sql, const PackageTest& test) {
  sql.add("(1 = 1");
  add_package_string(sql, "x.name", test.name);
  add_package_string(sql, "x.version", test.version);
  add_package_string(sql, "x.release", test.release);
  add_package_string(sql, "x.architecture", test.architecture);
  add_package_string(sql, "x.layer", test.layer);
  add_package_string(sql, "x.lambda_layer", test.lambda_layer);
  add_package_string(sql, "x.path", test.path);
  if (test.epoch) {
    sql.add(" AND ");
    add_range(sql, "x.epoch", *test.epoch, Numbers::Integer);
  }
  sql.add(")");
}

void add_packages(SqlText& sql, std::int64_t account, const Criterion& criterion, const Ids& ids) {
  sql.add("EXISTS (SELECT 1 FROM assessment_package x WHERE x.account = ").bind(account);
  sql.add(" AND x.assessment = ").add(ids.assessment).add(" AND (");
  for (std::size_t i = 0; i < criterion.packages.size(); ++i) {
    if (i > 0) sql.add(" OR ");
    add_package_test(sql, criterion.packages[i]);
  }
  sql.add("))");
}

void add_condition(SqlText& sql, std::int64_t account, const Criterion& criterion, const Ids& ids) {
  const FilterField& field = field_of(criterion);
  if (field.kind == FieldKind::Package) return add_packages(sql, account, criterion, ids);
  if (field.name == "findingArn") return add_arn_condition(sql, account, criterion.strings);
  if (field.name == "lastObservedAt") return add_column(sql, kLastObserved, field, criterion);
  if (field.column.empty()) return Attributes(account, criterion, ids).add(sql);
  switch (field.scope) {
    case FieldScope::Finding:
      return add_column(sql, "f." + std::string(field.column), field, criterion);
    case FieldScope::Assessment:
      return add_column(sql, "a." + std::string(field.column), field, criterion);
    case FieldScope::Resource:
      return add_column(sql, "r." + std::string(field.column), field, criterion);
    case FieldScope::Vulnerability:
      sql.add("EXISTS (SELECT 1 FROM vulnerability x WHERE x.account = ").bind(account);
      sql.add(" AND x.id = ").add(ids.vulnerability).add(" AND ");
      add_column(sql, "x." + std::string(field.column), field, criterion);
      sql.add(")");
  }
}

bool is_account(const FilterField& field) {
  return field.name == "awsAccountId";
}
bool is_status(const FilterField& field) {
  return field.name == "findingStatus";
}

}  // namespace

FilterParts take_apart(const findings::Filter& filter) {
  FilterParts parts;
  for (int status = 0; status < 3; ++status) {
    parts.statuses.push_back(static_cast<findings::Status>(status));
  }
  for (const Criterion& criterion : filter.criteria) {
    const FilterField& field = field_of(criterion);
    if (is_account(field)) continue;
    if (is_status(field)) {
      std::erase_if(parts.statuses, [&](findings::Status status) {
        return !holds(criterion.strings, findings::status_name(status));
      });
    } else if (field.scope == FieldScope::Finding) {
      parts.finding.push_back(&criterion);
    } else if (field.scope == FieldScope::Resource) {
      parts.resource.push_back(&criterion);
    } else {
      parts.assessment.push_back(&criterion);
    }
  }
  return parts;
}

std::vector<std::int64_t> narrowed(std::vector<std::int64_t> accounts,
                                   const findings::Filter& filter) {
  for (const Criterion& criterion : filter.criteria) {
    if (!is_account(field_of(criterion))) continue;
    std::erase_if(accounts, [&](std::int64_t account) {
      return !holds(criterion.strings, account_digits(account));
    });
  }
  std::ranges::sort(accounts);
  accounts.erase(std::ranges::unique(accounts).begin(), accounts.end());
  return accounts;
}

bool needs_resource_row(const std::vector<const Criterion*>& criteria) {
  return std::ranges::any_of(criteria, [](const Criterion* criterion) {
    const FilterField& field = field_of(*criterion);
    return (field.scope == FieldScope::Resource && !field.column.empty()) ||
           field.name == "lastObservedAt" || field.name == "findingArn";
  });
}

bool needs_assessment_row(const std::vector<const Criterion*>& criteria) {
  return std::ranges::any_of(criteria, [](const Criterion* criterion) {
    const FilterField& field = field_of(*criterion);
    return field.scope == FieldScope::Assessment && !field.column.empty();
  });
}

void add_conditions(SqlText& sql, std::int64_t account,
                    const std::vector<const Criterion*>& criteria, const Ids& ids) {
  for (const Criterion* criterion : criteria) {
    sql.add(" AND (");
    add_condition(sql, account, *criterion, ids);
    sql.add(")");
  }
}

}  // namespace vigil::store
