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
                   .resource = table == WalkTable::Assessment && !search.resources} {}

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
        if (!search_.may_be_on(outer.position.account, row.integer(0))) return true;
        Hit hit = read_hit(row, outer.position.account, search_.portion);
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
    const std::int64_t account = outer.position.account;
    sql.add("SELECT ").add(kHitColumns).add("CASE WHEN ");
    add_remaining_alone(sql, account, search_, remaining_);
    sql.add(" THEN 1 ELSE 0 END FROM finding f WHERE f.account = ").bind(account).add(" AND ");
    sql.add(table_ == WalkTable::Assessment ? "f.assessment" : "f.resource").add(" = ");
    sql.bind(outer.position.outer);
    if (table_ == WalkTable::Assessment) sql.add(" AND f.status = ").constant(status);
    if (behind) {
      sql.add(" AND ").add(inner()).add(beyond(search_.descending())).bind(*behind);
    }
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
  const Remaining remaining{.resource = !search.resources};
  const std::string value = "f." + std::string(column);
  std::optional<Position> behind;
  if (after != nullptr) behind = *after;
  for (std::int64_t limit = kFirstPortion; !to.is_over();
       limit = std::min(limit * 2, kLargestPortion)) {
    SqlText sql("SELECT ");
    sql.add(kHitColumns).add("CASE WHEN ");
    add_remaining_alone(sql, account, search, remaining);
    sql.add(" THEN 1 ELSE 0 END, ")
        .add(value)
        .add(" FROM finding f WHERE f.account = ")
        .bind(account);
    // What the partial index is on.
    if (column == "last_observed") sql.add(" AND f.status = 2");
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
    const std::string_view way = direction(search.descending());
    sql.add(" ORDER BY ").add(value).add(way).add(", f.resource").add(way);
    sql.add(", f.vulnerability").add(way).add(" LIMIT ").bind(limit);
    std::int64_t rows = 0;
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      ++rows;
      ++to.steps;
      Hit hit = read_hit(row, account, search.portion);
      hit.position.value = row.integer(kHitColumnCount + 1);
      hit.position.outer = hit.resource;
      hit.position.inner = hit.vulnerability;
      behind = hit.position;
      const bool matches = row.integer(kHitColumnCount) != 0;
      if (matches && search.may_be_on(account, hit.resource)) to.hits.push_back(std::move(hit));
      return !to.is_full();
    }));
    if (rows < limit) return ok();
  }
  return ok();
}

}  // namespace

Hit read_hit(const Row& row, std::int64_t account, std::uint32_t portion) {
  Hit hit;
  hit.account = account;
  hit.position.portion = portion;
  hit.position.account = account;
  hit.resource = row.integer(0);
  hit.vulnerability = row.integer(1);
  hit.assessment = row.integer(2);
  hit.status = static_cast<findings::Status>(row.integer(3));
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

namespace {

void add_statuses(SqlText& sql, const Search& search) {
  if (search.statuses.size() == 3) return;
  sql.add(" AND f.status IN (-1");
  for (const findings::Status status : search.statuses) {
    sql.add(", ").constant(static_cast<std::int64_t>(status));
  }
  sql.add(")");
}

}  // namespace

void add_remaining(SqlText& sql, std::int64_t account, const Search& search,
                   const Remaining& remaining) {
  sql.add("1 = 1");
  if (remaining.status) add_statuses(sql, search);
  add_conditions(sql, account, search.parts.finding, kOfFinding);
  if (remaining.assessment) add_conditions(sql, account, search.parts.assessment, kOfFinding);
  if (remaining.resource) add_conditions(sql, account, search.parts.resource, kOfFinding);
}

void add_remaining_alone(SqlText& sql, std::int64_t account, const Search& search,
                         const Remaining& remaining) {
  sql.add("1 = 1");
  if (remaining.status) add_statuses(sql, search);
  const bool asks_resource = needs_resource_row(search, remaining);
  if (asks_resource) {
    sql.add(" AND EXISTS (SELECT 1 FROM resource r WHERE r.account = ").bind(account);
    sql.add(" AND r.id = f.resource");
  }
  add_conditions(sql, account, search.parts.finding, kOfFinding);
  if (remaining.resource) add_conditions(sql, account, search.parts.resource, kOfFinding);
  if (asks_resource) sql.add(")");
  if (!remaining.assessment) return;
  const bool asks_assessment = needs_assessment_row(search, remaining);
  if (asks_assessment) {
    sql.add(" AND EXISTS (SELECT 1 FROM assessment a WHERE a.account = ").bind(account);
    sql.add(" AND a.id = f.assessment");
  }
  add_conditions(sql, account, search.parts.assessment, kOfFinding);
  if (asks_assessment) sql.add(")");
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
  Search of_open = search;
  std::erase(of_open.statuses, findings::Status::Closed);
  Gathering open{.wanted = to.wanted, .budget = to.budget};
  if (!of_open.statuses.empty()) {
    const auto resources = walk_table(from, of_open, WalkTable::Resource, after);
    VIGIL_CHECK(walk_findings_of(from, of_open, WalkTable::Resource, *resources, after, open));
  }
  Gathering closed{.wanted = to.wanted, .budget = to.budget};
  if (of_open.statuses.size() < search.statuses.size()) {
    VIGIL_CHECK(walk_findings(from, search, "last_observed", nullptr, after, closed));
  }
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
