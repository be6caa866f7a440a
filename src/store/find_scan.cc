#include "store/find_scan.h"

#include <algorithm>

#include "store/sql_compare.h"

namespace vigil::store {
namespace {

constexpr std::int64_t kFirstPortion = 64;
constexpr std::int64_t kLargestPortion = 1024;

/// The findings of one assessment and status, or of one resource, in the order of their ids.
class InnerWalk {
 public:
  InnerWalk(Connection& from, const Search& search, WalkTable table, Gathering& to)
      : from_(from),
        search_(search),
        table_(table),
        to_(to),
        remaining_{.status = table == WalkTable::Resource,
                   .assessment = table == WalkTable::Resource,
                   .resource = table == WalkTable::Assessment} {}

  /// Findings of `outer` behind `after`, or all.
  Result<void> run(const Outer& outer, const Position* after) {
    if (table_ == WalkTable::Resource) return run_part(outer, 0, after);
    std::vector<findings::Status> statuses = search_.statuses;
    if (search_.descending()) std::ranges::reverse(statuses);
    for (const findings::Status status : statuses) {
      const int number = static_cast<int>(status);
      if (outer.counts[static_cast<std::size_t>(number)] == 0) continue;
      const bool is_behind = after != nullptr && (search_.descending() ? number > after->status
                                                                       : number < after->status);
      if (is_behind) continue;
      const bool starts_inside = after != nullptr && after->status == number;
      VIGIL_CHECK(run_part(outer, number, starts_inside ? after : nullptr));
      if (to_.is_over()) break;
    }
    return ok();
  }

 private:
  [[nodiscard]] std::string_view inner() const {
    return table_ == WalkTable::Assessment ? "f.resource" : "f.vulnerability";
  }

  Result<void> run_part(const Outer& outer, int status, const Position* after) {
    std::optional<std::int64_t> behind;
    if (after != nullptr) behind = after->inner;
    for (std::int64_t limit = kFirstPortion; !to_.is_over();
         limit = std::min(limit * 4, kLargestPortion)) {
      SqlText sql;
      add_statement(sql, outer, status, behind, limit);
      std::int64_t rows = 0;
      VIGIL_CHECK(from_.query(sql.text(), sql.values(), [&](const Row& row) {
        ++rows;
        ++to_.steps;
        behind = table_ == WalkTable::Assessment ? row.integer(0) : row.integer(1);
        if (row.integer(kHitColumnCount) == 0) return true;
        Hit hit = read_hit(row, 0, outer.position.account, search_.portion);
        hit.position = outer.position;
        hit.position.status = status;
        hit.position.inner = *behind;
        to_.hits.push_back(std::move(hit));
        return !to_.is_full();
      }));
      if (rows < limit) return ok();
    }
    return ok();
  }

  void add_statement(SqlText& sql, const Outer& outer, int status,
                     std::optional<std::int64_t> behind, std::int64_t limit) const {
    const bool joins_assessment = needs_assessment_row(search_, remaining_);
    const bool joins_resource = needs_resource_row(search_, remaining_);
    const std::int64_t account = outer.position.account;
    sql.add("SELECT ").add(kHitColumns).add("CASE WHEN ");
    add_remaining(sql, account, search_, remaining_);
    sql.add(" THEN 1 ELSE 0 END FROM finding f");
    add_joins(sql, joins_assessment, joins_resource);
    sql.add(" WHERE f.account = ").bind(account).add(" AND ");
    sql.add(table_ == WalkTable::Assessment ? "f.assessment" : "f.resource").add(" = ");
    sql.bind(outer.position.outer);
    if (table_ == WalkTable::Assessment) sql.add(" AND f.status = ").constant(status);
    if (behind) {
      sql.add(" AND ").add(inner()).add(beyond(search_.descending())).bind(*behind);
    }
    add_ties(sql, joins_assessment, joins_resource);
    sql.add(" ORDER BY ").add(inner()).add(direction(search_.descending()));
    sql.add(" LIMIT ").bind(limit);
  }

  Connection& from_;
  const Search& search_;
  WalkTable table_;
  Gathering& to_;
  Remaining remaining_;
};

/// One account's findings by a column, for walk_findings.
Result<void> walk_account(Connection& from, const Search& search, std::int64_t account,
                          std::string_view column, const findings::Criterion* lead,
                          const Position* after, Gathering& to) {
  const Remaining remaining;
  const bool joins_assessment = needs_assessment_row(search, remaining);
  const bool joins_resource = needs_resource_row(search, remaining);
  const std::string value = "f." + std::string(column);
  std::optional<Position> behind;
  if (after != nullptr) behind = *after;
  for (std::int64_t limit = kFirstPortion; !to.is_over();
       limit = std::min(limit * 2, kLargestPortion)) {
    SqlText sql("SELECT ");
    sql.add(kHitColumns).add("CASE WHEN ");
    add_remaining(sql, account, search, remaining);
    sql.add(" THEN 1 ELSE 0 END, ").add(value).add(" FROM finding f");
    add_joins(sql, joins_assessment, joins_resource);
    sql.add(" WHERE f.account = ").bind(account);
    // Of the partial index on closed findings, which is the only one of this column.
    if (column == "last_observed") sql.add(" AND f.last_observed > 0");
    if (lead != nullptr) {
      sql.add(" AND ");
      add_ranges(sql, value, lead->ranges, Numbers::Integer);
    }
    if (behind) {
      const std::int64_t* number = std::get_if<std::int64_t>(&behind->value);
      sql.add(" AND (").add(value).add(", f.resource, f.vulnerability)");
      sql.add(beyond(search.descending())).add("(").bind(number != nullptr ? *number : 0);
      sql.add(", ").bind(behind->outer).add(", ").bind(behind->inner).add(")");
    }
    add_ties(sql, joins_assessment, joins_resource);
    const std::string_view way = direction(search.descending());
    sql.add(" ORDER BY ").add(value).add(way).add(", f.resource").add(way);
    sql.add(", f.vulnerability").add(way).add(" LIMIT ").bind(limit);
    std::int64_t rows = 0;
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      ++rows;
      ++to.steps;
      Hit hit = read_hit(row, 0, account, search.portion);
      hit.position.value = row.integer(kHitColumnCount + 1);
      hit.position.outer = hit.resource;
      hit.position.inner = hit.vulnerability;
      behind = hit.position;
      if (row.integer(kHitColumnCount) != 0) to.hits.push_back(std::move(hit));
      return !to.is_full();
    }));
    if (rows < limit) return ok();
  }
  return ok();
}

}  // namespace

Hit read_hit(const Row& row, int first, std::int64_t account, std::uint32_t portion) {
  Hit hit;
  hit.account = account;
  hit.position.portion = portion;
  hit.position.account = account;
  hit.resource = row.integer(first);
  hit.vulnerability = row.integer(first + 1);
  hit.assessment = row.integer(first + 2);
  hit.state.status = static_cast<findings::Status>(row.integer(first + 3));
  hit.state.first_observed = row.integer(first + 4);
  hit.state.last_observed = row.integer(first + 5);
  hit.state.updated = row.integer(first + 6);
  return hit;
}

bool needs_assessment_row(const Search& search, const Remaining& remaining) {
  return remaining.assessment && needs_assessment_row(search.parts.assessment);
}
bool needs_resource_row(const Search& search, const Remaining& remaining) {
  return needs_resource_row(search.parts.finding) ||
         (remaining.resource && needs_resource_row(search.parts.resource));
}

void add_joins(SqlText& sql, bool assessment, bool resource) {
  if (assessment) sql.add(" CROSS JOIN assessment a");
  if (resource) sql.add(" CROSS JOIN resource r");
}
void add_ties(SqlText& sql, bool assessment, bool resource) {
  if (assessment) sql.add(" AND a.account = f.account AND a.id = f.assessment");
  if (resource) sql.add(" AND r.account = f.account AND r.id = f.resource");
}

void add_remaining(SqlText& sql, std::int64_t account, const Search& search,
                   const Remaining& remaining) {
  sql.add("1 = 1");
  if (remaining.status && search.statuses.size() < 3) {
    sql.add(" AND f.status IN (-1");
    for (const findings::Status status : search.statuses) {
      sql.add(", ").constant(static_cast<std::int64_t>(status));
    }
    sql.add(")");
  }
  if (search.only_observed_now) sql.add(" AND f.last_observed = 0");
  add_conditions(sql, account, search.parts.finding, kOfFinding);
  if (remaining.assessment) add_conditions(sql, account, search.parts.assessment, kOfFinding);
  if (remaining.resource) add_conditions(sql, account, search.parts.resource, kOfFinding);
}

Result<void> walk_findings_of(Connection& from, const Search& search, WalkTable table,
                              OuterStream& outer, const Position* after, Gathering& to) {
  InnerWalk inner(from, search, table, to);
  while (!to.is_over()) {
    VIGIL_TRY(const auto row, outer.next());
    if (!row) return ok();
    ++to.steps;
    const bool starts_inside = after != nullptr && row->position.account == after->account &&
                               row->position.outer == after->outer &&
                               row->position.value == after->value;
    VIGIL_CHECK(inner.run(*row, starts_inside ? after : nullptr));
  }
  return ok();
}

Result<void> walk_findings(Connection& from, const Search& search, std::string_view column,
                           const findings::Criterion* lead, const Position* after, Gathering& to) {
  std::vector<Hit> hits;
  for (const std::int64_t account : search.accounts) {
    Gathering own{.wanted = to.wanted, .budget = to.budget};
    std::optional<Position> start;
    if (after != nullptr) {
      // Among equals accounts stand in their order.
      start = *after;
      if (account != after->account) {
        const bool is_later =
            search.descending() ? account < after->account : account > after->account;
        start->outer = is_later != search.descending() ? INT64_MIN : INT64_MAX;
        start->inner = start->outer;
      }
    }
    VIGIL_CHECK(walk_account(from, search, account, column, lead, start ? &*start : nullptr, own));
    to.steps += own.steps;
    hits.insert(hits.end(), std::make_move_iterator(own.hits.begin()),
                std::make_move_iterator(own.hits.end()));
    if (own.is_spent() && !own.is_full()) return ok();
  }
  std::ranges::sort(hits, [&](const Hit& a, const Hit& b) {
    return before(a.position, b.position, search.descending());
  });
  if (hits.size() > to.wanted) hits.resize(to.wanted);
  to.hits = std::move(hits);
  return ok();
}

Result<void> walk_last_observed(Connection& from, const Search& search, const Position* after,
                                Gathering& to) {
  Search observed_now = search;
  observed_now.only_observed_now = true;
  Gathering open{.wanted = to.wanted, .budget = to.budget};
  const auto resources = walk_table(from, observed_now, WalkTable::Resource, after);
  VIGIL_CHECK(walk_findings_of(from, observed_now, WalkTable::Resource, *resources, after, open));
  Gathering closed{.wanted = to.wanted, .budget = to.budget};
  VIGIL_CHECK(walk_findings(from, search, "last_observed", nullptr, after, closed));
  to.steps += open.steps + closed.steps;
  // Half of the merged order would leave holes.
  if ((open.is_spent() && !open.is_full()) || (closed.is_spent() && !closed.is_full())) return ok();
  to.hits = std::move(open.hits);
  to.hits.insert(to.hits.end(), std::make_move_iterator(closed.hits.begin()),
                 std::make_move_iterator(closed.hits.end()));
  std::ranges::sort(to.hits, [&](const Hit& a, const Hit& b) {
    return before(a.position, b.position, search.descending());
  });
  if (to.hits.size() > to.wanted) to.hits.resize(to.wanted);
  return ok();
}

}  // namespace vigil::store
