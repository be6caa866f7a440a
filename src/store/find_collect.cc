// Everything that matches, sorted by the database: for queries whose filter names few findings, which
// walking in order would look for among many.
#include <algorithm>

#include "store/find_lead.h"
#include "store/find_scan.h"
#include "store/sql_compare.h"

namespace vigil::store {
namespace {

/// What the rows of findings are found by.
struct Candidates {
  bool are_range = false;
  WalkTable table = WalkTable::Assessment;
  const findings::Criterion* lead = nullptr;
};

void add_candidates(SqlText& sql, std::int64_t account, const Search& search,
                    const Candidates& candidates) {
  if (candidates.are_range) return;
  const bool is_assessment = candidates.table == WalkTable::Assessment;
  const Ids& ids = is_assessment ? kOfAssessment : kOfResource;
  sql.add(is_assessment ? "(SELECT a.id AS id FROM assessment a WHERE a.account = "
                        : "(SELECT r.id AS id FROM resource r WHERE r.account = ");
  sql.bind(account);
  if (candidates.lead != nullptr) {
    sql.add(is_assessment ? " AND a.id IN (" : " AND r.id IN (");
    add_lead(sql, account, *candidates.lead);
    sql.add(")");
  }
  add_conditions(sql, account, is_assessment ? search.parts.assessment : search.parts.resource,
                 ids);
  sql.add(") w CROSS JOIN ");
}

/// The rows behind `after`, from a derived table "c" with value, resource and vulnerability.
void add_start(SqlText& sql, const Search& search, std::int64_t account, const Position* after) {
  if (after == nullptr) return;
  const std::string_view comparison = beyond(search.descending());
  const auto add_ids = [&] {
    if (account == after->account) {
      sql.add("(c.resource, c.vulnerability)").add(comparison).add("(").bind(after->outer);
      sql.add(", ").bind(after->inner).add(")");
      return;
    }
    const bool is_later = search.descending() ? account < after->account : account > after->account;
    sql.add(is_later ? "1 = 1" : "1 = 0");
  };
  if (std::holds_alternative<std::monostate>(after->value)) {
    sql.add(" WHERE c.value IS NULL AND ");
    add_ids();
    return;
  }
  const auto add_value = [&] {
    if (const auto* number = std::get_if<std::int64_t>(&after->value)) sql.bind(*number);
    if (const auto* real = std::get_if<double>(&after->value)) sql.bind(*real);
    if (const auto* text = std::get_if<std::string>(&after->value)) {
      sql.bind(std::string_view(*text));
    }
  };
  sql.add(" WHERE c.value IS NULL OR c.value").add(comparison);
  add_value();
  sql.add(" OR (c.value = ");
  add_value();
  sql.add(" AND ");
  add_ids();
  sql.add(")");
}

Result<void> collect(Connection& from, const Search& search, const Candidates& candidates,
                     const Position* after, Gathering& to) {
  Remaining remaining;
  if (!candidates.are_range) {
    remaining.assessment = candidates.table != WalkTable::Assessment;
    remaining.resource = candidates.table != WalkTable::Resource;
  }
  const bool joins_assessment =
      needs_assessment_row(search, remaining) || sorts_by_assessment_row(search.order);
  const bool joins_resource =
      needs_resource_row(search, remaining) || sorts_by_resource_row(search.order);
  const std::string_view way = direction(search.descending());
  for (const std::int64_t account : search.accounts) {
    SqlText sql(
        "SELECT c.resource, c.vulnerability, c.assessment, c.status, c.value FROM (SELECT ");
    sql.add(kHitColumns).add(sort_expression(search.order, kOfFinding)).add(" AS value FROM ");
    add_candidates(sql, account, search, candidates);
    sql.add("finding f");
    add_joins(sql, joins_assessment, joins_resource);
    sql.add(" WHERE f.account = ").bind(account);
    if (candidates.are_range) {
      const auto& field = findings::filter_fields()[candidates.lead->field];
      sql.add(" AND ");
      add_ranges(sql, "f." + std::string(field.column), candidates.lead->ranges, Numbers::Integer);
    } else {
      sql.add(candidates.table == WalkTable::Assessment ? " AND f.assessment = w.id"
                                                        : " AND f.resource = w.id");
    }
    add_ties(sql, joins_assessment, joins_resource);
    sql.add(" AND ");
    add_remaining(sql, account, search, remaining);
    sql.add(") c");
    add_start(sql, search, account, after);
    sql.add(" ORDER BY c.value IS NULL, c.value").add(way).add(", c.resource").add(way);
    sql.add(", c.vulnerability").add(way).add(" LIMIT ");
    sql.bind(static_cast<std::int64_t>(to.wanted));
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      ++to.steps;
      Hit hit = read_hit(row, account, search.portion);
      hit.position.value = sort_value(row, kHitColumnCount, search.order.kind);
      hit.position.outer = hit.resource;
      hit.position.inner = hit.vulnerability;
      to.hits.push_back(std::move(hit));
      return true;
    }));
  }
  std::ranges::sort(to.hits, [&](const Hit& a, const Hit& b) {
    return before(a.position, b.position, search.descending());
  });
  if (to.hits.size() > to.wanted) to.hits.resize(to.wanted);
  return ok();
}

}  // namespace

Result<void> collect_findings(Connection& from, const Search& search, WalkTable table,
                              const findings::Criterion* lead, const Position* after,
                              Gathering& to) {
  return collect(from, search, {false, table, lead}, after, to);
}

Result<void> collect_range(Connection& from, const Search& search, const findings::Criterion& lead,
                           const Position* after, Gathering& to) {
  return collect(from, search, {true, WalkTable::Assessment, &lead}, after, to);
}

}  // namespace vigil::store
