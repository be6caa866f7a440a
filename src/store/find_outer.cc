// Assessments or resources in the order of a sort, portion by portion of a few rows, account by
// account merged. Three shapes of statement:
//
//   the table's own column        ORDER BY column, id along an index of the table
//   a column of vulnerability     some vulnerabilities in their order, joined with their assessments
//   an attribute                  some values in the order of their index, joined with their owners
//
// Each has a second phase for the rows without a value, in the order of their ids.
#include <algorithm>
#include <deque>
#include <limits>

#include "store/find_lead.h"
#include "store/find_walk.h"

namespace vigil::store {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kFirstPortion = 16;
constexpr std::int64_t kLargestPortion = 512;

bool has_value(const Position& position) {
  return !std::holds_alternative<std::monostate>(position.value);
}

void bind_value(SqlText& sql, const SortValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) sql.bind(*number);
  if (const auto* real = std::get_if<double>(&value)) sql.bind(*real);
  if (const auto* text = std::get_if<std::string>(&value)) sql.bind(std::string_view(*text));
}

/// The parts of statements that depend on the table.
struct Table {
  WalkTable which;
  std::string_view alias = which == WalkTable::Assessment ? "a" : "r";
  std::string_view name = which == WalkTable::Assessment ? "assessment" : "resource";
  const Ids& ids = which == WalkTable::Assessment ? kOfAssessment : kOfResource;
  std::string_view id = which == WalkTable::Assessment ? "a.id" : "r.id";
  std::string_view counts =
      which == WalkTable::Assessment ? ", a.active, a.suppressed, a.closed" : ", 0, 0, 0";
  std::string_view attributes =
      which == WalkTable::Assessment ? "assessment_attribute" : "resource_attribute";

  [[nodiscard]] std::string column(std::string_view name_of_column) const {
    return std::string(alias) + "." + std::string(name_of_column);
  }
};

/// " AND ...": what the search asks of the table's row. Hidden in a CASE from planners, which
/// otherwise may prefer an index of a condition to the one that gives the order, and then sort.
void add_matching(SqlText& sql, std::int64_t account, const Search& search, const Table& table) {
  sql.add(" AND CASE WHEN 1 = 1");
  if (table.which == WalkTable::Assessment) {
    static constexpr std::string_view kCounts[] = {"a.active > 0", "a.suppressed > 0",
                                                   "a.closed > 0"};
    sql.add(" AND (1 = 0");
    for (const findings::Status status : search.statuses) {
      sql.add(" OR ").add(kCounts[static_cast<std::size_t>(status)]);
    }
    sql.add(")");
    add_conditions(sql, account, search.parts.assessment, table.ids);
  } else {
    if (search.statuses == std::vector{findings::Status::Active}) {
      sql.add(" AND r.critical + r.high + r.medium + r.low + r.informational + r.untriaged > 0");
    }
    add_conditions(sql, account, search.parts.resource, table.ids);
  }
  sql.add(" THEN 1 ELSE 0 END = 1");
}

/// One account's rows.
class TableStream {
 public:
  TableStream(Connection& from, const Search& search, WalkTable table, std::int64_t account,
              const Position* after)
      : from_(from), search_(search), table_{table}, account_(account) {
    owns_value_ = search.order.owner == SortOwner::Assessment ||
                  search.order.owner == SortOwner::LastObserved;
    is_absent_phase_ = search.order.owner == SortOwner::Nothing;
    if (after != nullptr) begin_at(*after);
  }

  /// The row at the front; null at the end.
  Result<const Outer*> head() {
    while (rows_.empty() && !is_finished_) VIGIL_CHECK(fill());
    return rows_.empty() ? nullptr : &rows_.front();
  }
  Outer take() {
    Outer out = std::move(rows_.front());
    rows_.pop_front();
    return out;
  }

 private:
  void begin_at(const Position& after) {
    start_ = after;
    has_start_ = true;
    includes_start_ = true;
    is_absent_phase_ = is_absent_phase_ || !has_value(after);
    if (after.account == account_) return;
    // Among equals accounts stand in their order: all of the later ones are still to come.
    const bool is_later =
        search_.descending() ? account_ < after.account : account_ > after.account;
    start_.tie = is_later != search_.descending() ? kLeast : kGreatest;
    start_.outer = start_.tie;
  }

  Result<void> fill() {
    SqlText sql;
    const bool is_joined =
        is_absent_phase_ ? search_.order.owner == SortOwner::Vulnerability : !owns_value_;
    if (is_joined && search_.order.owner == SortOwner::Vulnerability) {
      add_by_vulnerability(sql);
    } else if (is_joined) {
      add_by_attribute(sql);
    } else {
      add_by_own_column(sql);
    }
    std::int64_t seen = 0;
    std::optional<Outer> last;
    std::int64_t last_key = 0;
    VIGIL_CHECK(from_.query(sql.text(), sql.values(), [&](const Row& row) {
      Outer outer;
      outer.position.portion = search_.portion;
      outer.position.value = sort_value(row, 0, search_.order.kind);
      outer.position.account = account_;
      outer.position.tie = row.integer(1);
      // The portion is counted in rows of the table that is walked.
      const std::int64_t key = is_joined && is_by_vulnerability() ? row.integer(1) : row.integer(2);
      if (!last || key != last_key) ++seen;
      last_key = key;
      outer.position.outer = row.integer(2);
      outer.counts = {row.integer(4), row.integer(5), row.integer(6)};
      last = outer;
      const bool matches = !row.is_null(3);
      if (matches && is_due(outer.position)) rows_.push_back(std::move(outer));
      return true;
    }));
    if (seen < portion_) {
      next_phase();
    } else {
      start_ = last->position;
      if (is_joined && is_by_vulnerability()) {
        start_.outer = search_.descending() ? kLeast : kGreatest;
      }
      has_start_ = true;
      includes_start_ = false;
    }
    portion_ = std::min(portion_ * 2, kLargestPortion);
    return ok();
  }

  [[nodiscard]] bool is_by_vulnerability() const {
    return search_.order.owner == SortOwner::Vulnerability;
  }
  /// Of the vulnerability where the walk begins some assessments may be behind us.
  [[nodiscard]] bool is_due(const Position& position) const {
    if (!has_start_ || !is_by_vulnerability()) return true;
    if (position.value != start_.value || position.tie != start_.tie) return true;
    if (includes_start_ && position.outer == start_.outer) return true;
    return search_.descending() ? position.outer < start_.outer : position.outer > start_.outer;
  }

  void next_phase() {
    is_finished_ = is_absent_phase_;
    is_absent_phase_ = true;
    has_start_ = false;
  }

  /// " AND (value, id) > ($1, $2)"
  void add_start(SqlText& sql, std::string_view value, std::string_view id, std::int64_t at) const {
    if (!has_start_) return;
    const std::string_view comparison = search_.descending() ? (includes_start_ ? " <= " : " < ")
                                                             : (includes_start_ ? " >= " : " > ");
    if (is_absent_phase_) {
      sql.add(" AND ").add(id).add(comparison).bind(at);
      return;
    }
    sql.add(" AND (").add(value).add(", ").add(id).add(")").add(comparison).add("(");
    bind_value(sql, start_.value);
    sql.add(", ").bind(at).add(")");
  }

  void add_order(SqlText& sql, std::string_view value, std::string_view id) const {
    sql.add(" ORDER BY ");
    if (!is_absent_phase_) sql.add(value).add(direction(search_.descending())).add(", ");
    sql.add(id).add(direction(search_.descending()));
  }

  /// " AND column > ''": has it a value?
  void add_phase(SqlText& sql, std::string_view column) const {
    sql.add(" AND ").add(column);
    if (search_.order.kind == SortKind::Text) {
      sql.add(is_absent_phase_ ? " = ''" : " > ''");
    } else {
      sql.add(is_absent_phase_ ? " IS NULL" : " IS NOT NULL");
    }
  }

  void add_by_own_column(SqlText& sql) const {
    const std::string value = search_.order.owner == SortOwner::LastObserved
                                  ? "r.last_scanned"
                                  : table_.column(search_.order.column);
    sql.add("SELECT ").add(is_absent_phase_ ? "NULL" : std::string_view(value)).add(", 0, ");
    sql.add(table_.id).add(", 1").add(table_.counts).add(" FROM ").add(table_.name).add(" ");
    sql.add(table_.alias).add(" WHERE ").add(table_.ids.account).add(" = ").bind(account_);
    if (owns_value_) {
      if (search_.order.owner != SortOwner::LastObserved) add_phase(sql, value);
      if (search_.order.owner == SortOwner::LastObserved && is_absent_phase_) sql.add(" AND 1 = 0");
    } else if (search_.order.owner != SortOwner::Nothing) {
      sql.add(" AND NOT EXISTS (SELECT 1 FROM ")
          .add(table_.attributes)
          .add(" y WHERE y.account = ");
      sql.bind(account_).add(" AND y.").add(table_.name).add(" = ").add(table_.id);
      sql.add(" AND y.field = ").constant(search_.order.field);
      sql.add(" AND y.").add(search_.order.column);
      sql.add(search_.order.kind == SortKind::Text ? " > '')" : " IS NOT NULL)");
    }
    add_start(sql, value, table_.id, start_.outer);
    add_matching(sql, account_, search_, table_);
    add_order(sql, value, table_.id);
    sql.add(" LIMIT ").bind(portion_);
  }

  void add_by_vulnerability(SqlText& sql) const {
    const std::string value = "v." + std::string(search_.order.column);
    sql.add("SELECT w.value, w.id, a.id, a.id").add(table_.counts).add(" FROM (SELECT ");
    sql.add(is_absent_phase_ ? "NULL" : std::string_view(value)).add(" AS value, v.id AS id");
    sql.add(" FROM vulnerability v WHERE v.account = ").bind(account_);
    add_phase(sql, value);
    if (has_start_) {
      // Inclusive: is_due() passes over the assessments that are behind us.
      const std::string_view comparison = search_.descending() ? (includes_start_ ? " <= " : " < ")
                                                               : (includes_start_ ? " >= " : " > ");
      if (is_absent_phase_) {
        sql.add(" AND v.id").add(comparison).bind(start_.tie);
      } else {
        sql.add(" AND (").add(value).add(", v.id)").add(comparison).add("(");
        bind_value(sql, start_.value);
        sql.add(", ").bind(start_.tie).add(")");
      }
    }
    add_order(sql, value, "v.id");
    sql.add(" LIMIT ").bind(portion_).add(") w LEFT JOIN assessment a ON a.account = ");
    sql.bind(account_).add(" AND a.vulnerability = w.id");
    add_matching(sql, account_, search_, table_);
    add_order(sql, "w.value", "w.id");
    sql.add(", a.id").add(direction(search_.descending()));
  }

  void add_by_attribute(SqlText& sql) const {
    const std::string owner = "x." + std::string(table_.name);
    const std::string value = "x." + std::string(search_.order.column);
    sql.add("SELECT w.value, 0, w.id, ").add(table_.id).add(table_.counts).add(" FROM (SELECT ");
    sql.add(value).add(" AS value, ").add(owner).add(" AS id FROM ").add(table_.attributes);
    sql.add(" x WHERE x.account = ").bind(account_).add(" AND x.field = ");
    sql.constant(search_.order.field);
    add_phase(sql, value);
    // Of several values the least counts.
    sql.add(" AND NOT EXISTS (SELECT 1 FROM ").add(table_.attributes).add(" y WHERE y.account = ");
    sql.bind(account_).add(" AND y.").add(table_.name).add(" = ").add(owner);
    sql.add(" AND y.field = ").constant(search_.order.field).add(" AND y.");
    sql.add(search_.order.column).add(" < ").add(value);
    if (search_.order.kind == SortKind::Text) sql.add(" AND y.text > ''");
    sql.add(")");
    add_start(sql, value, owner, start_.outer);
    add_order(sql, value, owner);
    sql.add(" LIMIT ").bind(portion_).add(") w LEFT JOIN ").add(table_.name).add(" ");
    sql.add(table_.alias).add(" ON ").add(table_.ids.account).add(" = ").bind(account_);
    sql.add(" AND ").add(table_.id).add(" = w.id");
    add_matching(sql, account_, search_, table_);
    add_order(sql, "w.value", "w.id");
  }

  Connection& from_;
  const Search& search_;
  Table table_;
  std::int64_t account_;
  bool owns_value_ = false;
  bool is_absent_phase_ = false;
  bool is_finished_ = false;
  Position start_;
  bool has_start_ = false;
  bool includes_start_ = false;
  std::int64_t portion_ = kFirstPortion;
  std::deque<Outer> rows_;
};

/// The streams of several accounts as one.
class MergedStream final : public OuterStream {
 public:
  MergedStream(Connection& from, const Search& search, WalkTable table, const Position* after)
      : descending_(search.descending()) {
    for (const std::int64_t account : search.accounts) {
      unread_.emplace_back(from, search, table, account, after);
    }
  }

  Result<std::optional<Outer>> next() override {
    for (; begun_ < unread_.size(); ++begun_) VIGIL_CHECK(enter(unread_[begun_]));
    if (heap_.empty()) return std::nullopt;
    std::ranges::pop_heap(heap_, Later{descending_});
    TableStream& stream = *heap_.back().stream;
    heap_.pop_back();
    Outer out = stream.take();
    VIGIL_CHECK(enter(stream));
    return out;
  }

 private:
  struct Head {
    const Outer* outer;
    TableStream* stream;
  };
  /// Of a heap whose top is the first in order.
  struct Later {
    bool descending;
    bool operator()(const Head& a, const Head& b) const {
      return before(b.outer->position, a.outer->position, descending);
    }
  };
  Result<void> enter(TableStream& stream) {
    VIGIL_TRY(const Outer* head, stream.head());
    if (head == nullptr) return ok();
    heap_.push_back({head, &stream});
    std::ranges::push_heap(heap_, Later{descending_});
    return ok();
  }

  bool descending_;
  std::deque<TableStream> unread_;
  std::size_t begun_ = 0;
  std::vector<Head> heap_;
};

class SortedStream final : public OuterStream {
 public:
  explicit SortedStream(std::vector<Outer> rows) : rows_(std::move(rows)) {}
  Result<std::optional<Outer>> next() override {
    if (next_ == rows_.size()) return std::nullopt;
    return std::move(rows_[next_++]);
  }

 private:
  std::vector<Outer> rows_;
  std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<OuterStream> walk_table(Connection& from, const Search& search, WalkTable table,
                                        const Position* after) {
  return std::make_unique<MergedStream>(from, search, table, after);
}

Result<std::unique_ptr<OuterStream>> walk_lead(Connection& from, const Search& search,
                                               WalkTable which, const findings::Criterion& lead,
                                               const Position* after) {
  const Table table{which};
  std::vector<Outer> rows;
  for (const std::int64_t account : search.accounts) {
    SqlText sql("SELECT ");
    sql.add(sort_expression(search.order, table.ids)).add(", ").add(table.id).add(table.counts);
    sql.add(" FROM (");
    add_lead(sql, account, lead);
    sql.add(") w CROSS JOIN ").add(table.name).add(" ").add(table.alias).add(" WHERE ");
    sql.add(table.ids.account).add(" = ").bind(account).add(" AND ").add(table.id).add(" = w.id");
    add_matching(sql, account, search, table);
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      Outer outer;
      outer.position.portion = search.portion;
      outer.position.value = sort_value(row, 0, search.order.kind);
      outer.position.account = account;
      outer.position.outer = row.integer(1);
      outer.counts = {row.integer(2), row.integer(3), row.integer(4)};
      rows.push_back(std::move(outer));
      return true;
    }));
  }
  if (after != nullptr) {
    Position start = *after;
    start.status = 0;
    start.inner = 0;
    std::erase_if(rows, [&](const Outer& outer) {
      return before(outer.position, start, search.descending());
    });
  }
  std::ranges::sort(rows, [&](const Outer& a, const Outer& b) {
    return before(a.position, b.position, search.descending());
  });
  return std::make_unique<SortedStream>(std::move(rows));
}

}  // namespace vigil::store
