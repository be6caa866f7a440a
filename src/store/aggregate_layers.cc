// Groups of IMAGE_LAYER and LAMBDA_LAYER: how many findings of a resource have a package in one of its
// layers. No counter says that, and there are as many groups as resources times layers; but a layer has
// at most the findings of its resource, so resources are asked in the order of their own counters until
// none that follows can have a layer among the first.
//
// Later pages begin again at the first resource: this is for looking at the top, or at few resources.
#include <algorithm>
#include <limits>
#include <optional>

#include "store/aggregate_groups.h"
#include "store/sql_compare.h"

namespace vigil::store {
namespace {

constexpr std::int64_t kPortion = 64;

struct Candidate {
  std::int64_t id = 0;
  std::array<std::int64_t, 2> value{};
};

/// The first groups so far: a heap whose top is the last of them.
class First {
 public:
  First(std::size_t wanted, bool descending) : wanted_(wanted), descending_(descending) {}

  void offer(Group group) {
    groups_.push_back(std::move(group));
    std::ranges::push_heap(groups_, earlier());
    if (groups_.size() <= wanted_) return;
    std::ranges::pop_heap(groups_, earlier());
    groups_.pop_back();
  }
  /// The last of them; null while there is room.
  [[nodiscard]] const Group* last() const {
    return groups_.size() < wanted_ ? nullptr : &groups_.front();
  }
  std::vector<Group> take() { return std::move(groups_); }

 private:
  [[nodiscard]] std::function<bool(const Group&, const Group&)> earlier() const {
    return [descending = descending_](const Group& a, const Group& b) {
      return descending ? position_of(b) < position_of(a) : position_of(a) < position_of(b);
    };
  }
  std::size_t wanted_;
  bool descending_;
  std::vector<Group> groups_;
};

/// Resources with ACTIVE findings: those with the most first, or by id.
Result<std::vector<Candidate>> resources_after(Connection& from, const Aggregation& aggregation,
                                               std::int64_t account,
                                               const std::optional<Candidate>& behind) {
  const AggregationQuery& query = *aggregation.query;
  const auto types = resource_types(aggregation);
  SqlText sql("SELECT g.id, ");
  const auto columns = sort_columns(query.sort);
  sql.add(columns[0])
      .add(", ")
      .add(columns[1])
      .add(
          " FROM (SELECT r.id AS id, r.critical AS critical, r.high AS high, (r.critical + r.high "
          "+ "
          "r.medium + r.low + r.informational + r.untriaged) AS total FROM resource r WHERE "
          "r.account = ");
  sql.bind(account).add(" AND r.type IN (");
  for (std::size_t i = 0; i < types.size(); ++i) sql.add(i > 0 ? ", " : "").bind(types[i]);
  sql.add(")");
  aggregation.resources.add_to(sql, account);
  sql.add(") g WHERE g.total > 0");
  if (query.descending) {
    if (behind) {
      sql.add(" AND (").add(columns[0]).add(", ").add(columns[1]).add(", g.id) < (");
      sql.bind(behind->value[0]).add(", ").bind(behind->value[1]).add(", ").bind(behind->id);
      sql.add(")");
    }
    sql.add(" ORDER BY ").add(columns[0]).add(" DESC, ").add(columns[1]).add(" DESC, g.id DESC");
  } else {
    if (behind) sql.add(" AND g.id > ").bind(behind->id);
    sql.add(" ORDER BY g.id");
  }
  sql.add(" LIMIT ").bind(kPortion);
  std::vector<Candidate> out;
  VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
    out.push_back({row.integer(0), {row.integer(1), row.integer(2)}});
    return true;
  }));
  return out;
}

/// Has any package of the account a layer at all? Where none has, no resource need be asked.
Result<bool> has_layers(Connection& from, const Aggregation& aggregation, std::int64_t account) {
  bool found = false;
  SqlText sql("SELECT 1 FROM assessment_package p WHERE p.account = ");
  sql.bind(account).add(" AND p.").add(aggregation.kind->field).add(" > '' LIMIT 1");
  VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row&) {
    found = true;
    return false;
  }));
  return found;
}

/// The layers of one resource.
Result<void> offer_layers(Connection& from, const Aggregation& aggregation, std::int64_t account,
                          std::int64_t resource, First& to) {
  const AggregationQuery& query = *aggregation.query;
  const std::string layer = "p." + std::string(aggregation.kind->field);
  SqlText sql(
      "SELECT w.layer, COUNT(*), SUM(CASE WHEN a.severity = 5 THEN 1 ELSE 0 END), "
      "SUM(CASE WHEN a.severity = 4 THEN 1 ELSE 0 END), "
      "SUM(CASE WHEN a.severity = 3 THEN 1 ELSE 0 END) FROM (SELECT DISTINCT ");
  sql.add(layer).add(" AS layer, f.assessment AS assessment FROM finding f CROSS JOIN ");
  sql.add("assessment_package p WHERE f.account = ").bind(account).add(" AND f.resource = ");
  sql.bind(resource).add(" AND f.status = 0 AND p.account = ").bind(account);
  sql.add(" AND p.assessment = f.assessment AND ").add(layer).add(" > ''");
  const auto tests = aggregation.strings(std::string(aggregation.kind->layer_filter));
  if (has_positive(tests)) {
    sql.add(" AND ");
    add_positive(sql, layer, tests, Empty::NoValue);
  }
  if (has_negative(tests)) {
    sql.add(" AND NOT (");
    add_named(sql, layer, tests, Empty::NoValue);
    sql.add(")");
  }
  sql.add(") w CROSS JOIN assessment a WHERE a.account = ").bind(account);
  sql.add(" AND a.id = w.assessment");
  if (!query.finding_type.empty()) sql.add(" AND a.type = ").bind(query.finding_type);
  sql.add(" GROUP BY w.layer");
  return from.query(sql.text(), sql.values(), [&](const Row& row) {
    Group group;
    group.account = account;
    group.id = resource;
    group.text = row.text(0);
    group.all = row.integer(1);
    group.critical = row.integer(2);
    group.high = row.integer(3);
    group.medium = row.integer(4);
    group.value = sort_values(group, query.sort);
    if (is_behind(group, aggregation.after, query.descending)) to.offer(std::move(group));
    return true;
  });
}

/// Can no layer of this resource or of those behind it come before the last that is taken?
bool is_settled(const AggregationQuery& query, const Candidate& next, const Group& last) {
  if (query.descending) return next.value[0] < last.value[0];
  // Ascending by id; nothing is below the least that can be.
  const std::int64_t least = query.sort == AggregationSort::All ? 1 : 0;
  return last.value == std::array<std::int64_t, 2>{least, 0} && next.id > last.id;
}

}  // namespace

Result<std::vector<Group>> groups_of_layers(Connection& from, const Aggregation& aggregation) {
  std::vector<Group> groups;
  if (resource_types(aggregation).empty()) return groups;
  const AggregationQuery& query = *aggregation.query;
  for (const std::int64_t account : aggregation.accounts) {
    VIGIL_TRY(const bool is_worth_asking, has_layers(from, aggregation, account));
    if (!is_worth_asking) continue;
    First first(aggregation.wanted, query.descending);
    std::optional<Candidate> behind;
    for (bool is_over = false; !is_over;) {
      VIGIL_TRY(const auto portion, resources_after(from, aggregation, account, behind));
      is_over = portion.size() < static_cast<std::size_t>(kPortion);
      for (const Candidate& candidate : portion) {
        const Group* last = first.last();
        if (last != nullptr && is_settled(query, candidate, *last)) {
          is_over = true;
          break;
        }
        VIGIL_CHECK(offer_layers(from, aggregation, account, candidate.id, first));
        behind = candidate;
      }
    }
    std::ranges::move(first.take(), std::back_inserter(groups));
  }
  return groups;
}

}  // namespace vigil::store
