// How many findings there are by status. Where the filter asks assessments only, which it mostly
// does, their counters say it; otherwise the findings are counted one by one.
#include "store/find_lead.h"
#include "store/find_plan.h"

#include "store/find_scan.h"

namespace vigil::store {
namespace {

void add(FindCount& count, findings::Status status, std::int64_t number) {
  switch (status) {
    case findings::Status::Active:
      count.active += number;
      break;
    case findings::Status::Suppressed:
      count.suppressed += number;
      break;
    case findings::Status::Closed:
      count.closed += number;
      break;
  }
}

Result<void> add_counters(Connection& from, const Search& search, std::int64_t account,
                          FindCount& to) {
  SqlText sql("SELECT SUM(a.active), SUM(a.suppressed), SUM(a.closed) FROM assessment a");
  sql.add(" WHERE a.account = ").bind(account);
  add_conditions(sql, account, search.parts.assessment, kOfAssessment);
  return from.query(sql.text(), sql.values(), [&](const Row& row) {
    for (const findings::Status status : search.statuses) {
      add(to, status, row.integer(static_cast<int>(status)));
    }
    return false;
  });
}

/// Starts from the resources a criterion names, if there is one; else from the assessments.
const findings::Criterion* resource_lead(const Search& search) {
  for (const findings::Criterion* criterion : search.parts.resource) {
    if (lead_table(*criterion) == LeadTable::Resource) return criterion;
  }
  return nullptr;
}

Result<void> add_findings(Connection& from, const Search& search, std::int64_t account,
                          FindCount& to) {
  const findings::Criterion* lead = resource_lead(search);
  Remaining remaining;
  remaining.resource = lead == nullptr;
  remaining.assessment = lead != nullptr;
  const bool joins_assessment = needs_assessment_row(search, remaining);
  const bool joins_resource = needs_resource_row(search, remaining);
  SqlText sql("SELECT f.status, COUNT(*) FROM ");
  if (lead != nullptr) {
    sql.add("(SELECT r.id AS id FROM resource r WHERE r.account = ").bind(account);
    sql.add(" AND r.id IN (");
    add_lead(sql, account, *lead);
    sql.add(")");
    add_conditions(sql, account, search.parts.resource, kOfResource);
  } else {
    sql.add("(SELECT a.id AS id FROM assessment a WHERE a.account = ").bind(account);
    add_conditions(sql, account, search.parts.assessment, kOfAssessment);
  }
  sql.add(") w CROSS JOIN finding f");
  add_joins(sql, joins_assessment, joins_resource);
  sql.add(" WHERE f.account = ").bind(account);
  sql.add(lead != nullptr ? " AND f.resource = w.id" : " AND f.assessment = w.id");
  add_ties(sql, joins_assessment, joins_resource);
  sql.add(" AND ");
  add_remaining(sql, account, search, remaining);
  sql.add(" GROUP BY f.status");
  return from.query(sql.text(), sql.values(), [&](const Row& row) {
    add(to, static_cast<findings::Status>(row.integer(0)), row.integer(1));
    return true;
  });
}

}  // namespace

Result<FindCount> count(Connection& from, const FindQuery& query) {
  const Search search = search_of(query);
  FindCount out;
  const bool counters_know = search.parts.resource.empty() && search.parts.finding.empty();
  for (const std::int64_t account : search.accounts) {
    VIGIL_CHECK(counters_know ? add_counters(from, search, account, out)
                              : add_findings(from, search, account, out));
  }
  return out;
}

}  // namespace vigil::store
