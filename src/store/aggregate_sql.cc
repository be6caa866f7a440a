// Statements that group counters: those of assessments, or those of resources.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "findings/filter_table.h"
#include "store/aggregate_groups.h"
#include "store/sql_compare.h"
#include "store/sql_filter.h"

namespace vigil::store {
namespace {

using findings::Criterion;
using findings::fields::number_of;

/// Counters of assessments "a".
constexpr std::string_view kOfAssessments =
    "SUM(a.active) AS total, SUM(CASE WHEN a.severity = 5 THEN a.active ELSE 0 END) AS critical, "
    "SUM(CASE WHEN a.severity = 4 THEN a.active ELSE 0 END) AS high, "
    "SUM(CASE WHEN a.severity = 3 THEN a.active ELSE 0 END) AS medium, "
    "SUM(CASE WHEN a.exploit = 1 THEN a.active ELSE 0 END) AS exploit, "
    "SUM(CASE WHEN a.fix <> 0 THEN a.active ELSE 0 END) AS fix, "
    "SUM(CASE WHEN a.type = 'NETWORK_REACHABILITY' THEN a.active ELSE 0 END) AS network, "
    "0 AS affected";
static_assert(static_cast<int>(model::Severity::Critical) == 5 &&
              static_cast<int>(model::Severity::Medium) == 3 &&
              static_cast<int>(findings::FixAvailable::No) == 0);

constexpr std::string_view kAllOfResource =
    "(r.critical + r.high + r.medium + r.low + r.informational + r.untriaged)";

Criterion equals(std::uint16_t field, const std::string& value) {
  Criterion out;
  out.field = field;
  out.strings.push_back({findings::Comparison::Equals, value});
  return out;
}
Criterion tests(std::uint16_t field, std::span<const findings::StringTest> values) {
  Criterion out;
  out.field = field;
  out.strings.assign(values.begin(), values.end());
  return out;
}

/// What the request asks of assessments.
std::vector<Criterion> criteria_of(const Aggregation& aggregation) {
  const AggregationQuery& query = *aggregation.query;
  std::vector<Criterion> out;
  if (!query.finding_type.empty()) {
    out.push_back(equals(number_of("findingType"), query.finding_type));
  }
  if (!query.resource_type.empty()) {
    out.push_back(equals(number_of("resourceType"), query.resource_type));
  }
  if (aggregation.kind->by == GroupBy::Title) {
    if (const auto titles = aggregation.strings("titles"); !titles.empty()) {
      out.push_back(tests(number_of("title"), titles));
    }
    if (const auto ids = aggregation.strings("vulnerabilityIds"); !ids.empty()) {
      out.push_back(tests(number_of("vulnerabilityId"), ids));
    }
  }
  return out;
}

void add_criteria(SqlText& sql, std::int64_t account, const std::vector<Criterion>& criteria) {
  for (const Criterion& criterion : criteria) {
    add_conditions(sql, account, {&criterion}, kOfAssessment);
  }
}

/// " AND ...": tests on a text that is grouped by.
void add_tests(SqlText& sql, std::string_view expression,
               std::span<const findings::StringTest> values) {
  if (has_positive(values)) {
    sql.add(" AND ");
    add_positive(sql, expression, values, Empty::NoValue);
  }
  if (has_negative(values)) {
    sql.add(" AND NOT (");
    add_named(sql, expression, values, Empty::NoValue);
    sql.add(")");
  }
}

}  // namespace

Result<void> read_groups(Connection& from, const Aggregation& aggregation, std::int64_t account,
                         const std::function<void(SqlText&)>& add_grouped, std::vector<Group>& to) {
  const bool descending = aggregation.query->descending;
  const std::string_view way = descending ? " DESC" : "";
  const auto columns = sort_columns(aggregation.query->sort);
  SqlText sql(
      "SELECT g.id, g.label, g.total, g.critical, g.high, g.medium, g.exploit, g.fix, g.network, "
      "g.affected FROM (");
  add_grouped(sql);
  sql.add(") g WHERE g.total > 0");
  if (const GroupPosition* after = aggregation.after) {
    // Among equals accounts stand in their order.
    const bool is_here = account == after->account;
    const bool is_later = descending ? account < after->account : account > after->account;
    sql.add(" AND (").add(columns[0]).add(", ").add(columns[1]);
    if (is_here) sql.add(", g.id, g.label");
    sql.add(descending ? ") <" : ") >").add(is_later ? "= (" : " (");
    sql.bind(after->value[0]).add(", ").bind(after->value[1]);
    if (is_here) sql.add(", ").bind(after->id).add(", ").bind(after->text);
    sql.add(")");
  }
  sql.add(" ORDER BY ").add(columns[0]).add(way).add(", ").add(columns[1]).add(way);
  sql.add(", g.id").add(way).add(", g.label").add(way).add(" LIMIT ");
  sql.bind(static_cast<std::int64_t>(aggregation.wanted));
  return from.query(sql.text(), sql.values(), [&](const Row& row) {
    Group group;
    group.account = account;
    group.id = row.integer(0);
    group.text = row.text(1);
    group.all = row.integer(2);
    group.critical = row.integer(3);
    group.high = row.integer(4);
    group.medium = row.integer(5);
    group.exploit = row.integer(6);
    group.fix = row.integer(7);
    group.network = row.integer(8);
    group.affected = row.integer(9);
    group.value = sort_values(group, aggregation.query->sort);
    to.push_back(std::move(group));
    return true;
  });
}

Result<std::vector<Group>> groups_of_assessments(Connection& from, const Aggregation& aggregation) {
  const std::vector<Criterion> criteria = criteria_of(aggregation);
  std::vector<Group> groups;
  for (const std::int64_t account : aggregation.accounts) {
    const auto add_grouped = [&](SqlText& sql) {
      const GroupBy by = aggregation.kind->by;
      sql.add(by == GroupBy::Title     ? "SELECT a.vulnerability AS id, a.title AS label, "
              : by == GroupBy::Package ? "SELECT 0 AS id, w.name AS label, "
                                       : "SELECT 0 AS id, '' AS label, ");
      sql.add(kOfAssessments).add(" FROM ");
      if (by == GroupBy::Package) {
        // A finding with two packages of one name counts once.
        sql.add("(SELECT DISTINCT p.name AS name, p.assessment AS assessment");
        sql.add(" FROM assessment_package p WHERE p.account = ").bind(account);
        add_tests(sql, "p.name", aggregation.strings("packageNames"));
        sql.add(") w CROSS JOIN assessment a WHERE a.id = w.assessment AND ");
      } else {
        sql.add("assessment a WHERE ");
      }
      sql.add("a.active > 0 AND a.account = ").bind(account);
      add_criteria(sql, account, criteria);
      if (by == GroupBy::Title) sql.add(" GROUP BY a.vulnerability, a.title");
      if (by == GroupBy::Package) sql.add(" GROUP BY w.name");
    };
    VIGIL_CHECK(read_groups(from, aggregation, account, add_grouped, groups));
  }
  return groups;
}

Result<std::vector<Group>> groups_of_resources(Connection& from, const Aggregation& aggregation) {
  std::vector<Group> groups;
  for (const std::int64_t account : aggregation.accounts) {
    for (const std::string_view type : resource_types(aggregation)) {
      const auto add_grouped = [&](SqlText& sql) {
        sql.add("SELECT r.id AS id, '' AS label, ").add(kAllOfResource).add(" AS total, ");
        sql.add("r.critical AS critical, r.high AS high, r.medium AS medium, ");
        sql.add("r.exploitable AS exploit, r.fixable AS fix, r.network AS network, 1 AS affected ");
        sql.add("FROM resource r WHERE r.account = ")
            .bind(account)
            .add(" AND r.type = ")
            .bind(type);
        aggregation.resources.add_to(sql, account);
      };
      VIGIL_CHECK(read_groups(from, aggregation, account, add_grouped, groups));
    }
  }
  return groups;
}

namespace {

void add_types(SqlText& sql, const std::vector<std::string_view>& types) {
  sql.add(" AND r.type IN (");
  for (std::size_t i = 0; i < types.size(); ++i) sql.add(i > 0 ? ", " : "").bind(types[i]);
  sql.add(")");
}

/// critical, high, medium, all, exploitable, fixable, network
using Counters = std::array<std::int32_t, 7>;

/// The counters of an account's resources that have ACTIVE findings.
Result<std::unordered_map<std::int64_t, Counters>> counters(
    Connection& from, std::int64_t account, const std::vector<std::string_view>& types) {
  constexpr std::size_t kManyResources = 100'000;
  std::unordered_map<std::int64_t, Counters> out;
  out.reserve(kManyResources);
  SqlText sql("SELECT r.id, r.critical, r.high, r.medium, ");
  sql.add(kAllOfResource).add(", r.exploitable, r.fixable, r.network FROM resource r ");
  sql.add("WHERE r.account = ").bind(account);
  add_types(sql, types);
  VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
    if (row.integer(4) == 0) return true;
    Counters& counts = out[row.integer(0)];
    for (int i = 0; i < static_cast<int>(counts.size()); ++i) {
      counts[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(row.integer(i + 1));
    }
    return true;
  }));
  return out;
}

}  // namespace

// Both sides are read along an index each and joined here: a join by key would touch every resource's
// row, which is wide, in the order of the values, which is none.
Result<std::vector<Group>> groups_of_attributes(Connection& from, const Aggregation& aggregation) {
  std::vector<Group> groups;
  const AggregationQuery& query = *aggregation.query;
  const auto types = resource_types(aggregation);
  if (types.empty()) return groups;
  const std::uint16_t field = findings::filter_field(aggregation.kind->field).value();
  const std::string member(aggregation.kind->members.front().name);
  for (const std::int64_t account : aggregation.accounts) {
    VIGIL_TRY(const auto resources, counters(from, account, types));
    const auto take = [&](Group& group) {
      group.value = sort_values(group, query.sort);
      if (group.all > 0 && is_behind(group, aggregation.after, query.descending)) {
        groups.push_back(std::move(group));
      }
      group = Group{};
    };
    SqlText sql("SELECT x.text, x.resource FROM resource_attribute x WHERE x.account = ");
    sql.bind(account).add(" AND x.field = ").constant(field);
    add_tests(sql, "x.text", aggregation.strings(member));
    sql.add(" ORDER BY x.text");
    Group group;
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      const auto found = resources.find(row.integer(1));
      if (found == resources.end()) return true;
      if (group.text != row.text(0)) {
        take(group);
        group.text = row.text(0);
      }
      const Counters& one = found->second;
      group.account = account;
      group.critical += one[0];
      group.high += one[1];
      group.medium += one[2];
      group.all += one[3];
      group.exploit += one[4];
      group.fix += one[5];
      group.network += one[6];
      ++group.affected;
      return true;
    }));
    take(group);
  }
  return groups;
}

}  // namespace vigil::store
