#include "store/filters.h"

namespace vigil::store {
namespace {

FilterRow filter_of(const Row& row) {
  FilterRow filter;
  filter.account = row.integer(0);
  filter.id = static_cast<std::uint64_t>(row.integer(1));
  filter.name = row.text(2);
  filter.action = row.text(3);
  filter.criteria = row.text(4);
  filter.description = row.text(5);
  filter.reason = row.text(6);
  filter.owner = row.text(7);
  filter.expires = row.integer(8);
  filter.created = row.integer(9);
  filter.updated = row.integer(10);
  filter.hidden = row.integer(11);
  return filter;
}

/// `rest` is what stands behind FROM; one text for each caller, so that it is prepared once.
Result<std::vector<FilterRow>> filters(Connection& from, std::string_view rest,
                                       std::initializer_list<Value> values) {
  std::vector<FilterRow> found;
  VIGIL_CHECK(
      from.query("SELECT account, id, name, action, criteria, description, reason, owner,"
                 " expires, created, updated, hidden FROM filter " +
                     std::string(rest),
                 values, [&](const Row& row) {
                   found.push_back(filter_of(row));
                   return true;
                 }));
  return found;
}

Result<bool> is_taken(Connection& from, const FilterRow& row) {
  bool taken = false;
  VIGIL_CHECK(
      from.query("SELECT id FROM filter WHERE account = $1 AND name = $2 AND id <> $3",
                 {row.account, std::string_view(row.name), static_cast<std::int64_t>(row.id)},
                 [&](const Row&) {
                   taken = true;
                   return false;
                 }));
  return taken;
}

}  // namespace

Result<void> put_filter(Connection& to, const FilterRow& row, bool is_new) {
  VIGIL_TRY(const bool taken, is_taken(to, row));
  if (taken) return fail("there is a filter of this name already", row.name);
  const auto id = static_cast<std::int64_t>(row.id);
  if (is_new) {
    VIGIL_CHECK(to.execute(
        "INSERT INTO filter (account, id, name, action, criteria, description, reason, owner,"
        " expires, created, updated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {row.account, id, std::string_view(row.name), std::string_view(row.action),
         std::string_view(row.criteria), std::string_view(row.description),
         std::string_view(row.reason), std::string_view(row.owner), row.expires, row.created,
         row.updated}));
    return ok();
  }
  VIGIL_TRY(const auto changed,
            to.execute("UPDATE filter SET name = $3, action = $4, criteria = $5, description = $6,"
                       " reason = $7, owner = $8, expires = $9, updated = $10"
                       " WHERE account = $1 AND id = $2",
                       {row.account, id, std::string_view(row.name), std::string_view(row.action),
                        std::string_view(row.criteria), std::string_view(row.description),
                        std::string_view(row.reason), std::string_view(row.owner), row.expires,
                        row.updated}));
  if (changed == 0) return fail("there is no such filter", row.name, {}, ErrorCode::NotFound);
  return ok();
}

Result<bool> delete_filter(Connection& to, std::int64_t account, std::uint64_t id) {
  VIGIL_TRY(const auto changed, to.execute("DELETE FROM filter WHERE account = $1 AND id = $2",
                                           {account, static_cast<std::int64_t>(id)}));
  return changed > 0;
}

Result<std::optional<FilterRow>> find_filter(Connection& from, std::int64_t account,
                                             std::uint64_t id) {
  VIGIL_TRY(auto found, filters(from, "WHERE account = $1 AND id = $2",
                                {account, static_cast<std::int64_t>(id)}));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Result<std::vector<FilterRow>> list_filters(Connection& from, std::int64_t account,
                                            std::string_view action, std::string_view after_name,
                                            std::size_t limit) {
  return filters(from,
                 "WHERE account = $1 AND name > $2 AND ($3 = '' OR action = $3)"
                 " ORDER BY name LIMIT $4",
                 {account, after_name, action, static_cast<std::int64_t>(limit)});
}

Result<std::vector<FilterRow>> suppression_rules(Connection& from, std::int64_t account,
                                                 std::int64_t now) {
  return filters(from,
                 "WHERE account = $1 AND action = 'SUPPRESS' AND (expires = 0 OR expires > $2)"
                 " ORDER BY created, id",
                 {account, now});
}

Result<std::int64_t> count_filters(Connection& from, std::int64_t account,
                                   std::string_view action) {
  std::int64_t count = 0;
  VIGIL_CHECK(
      from.query("SELECT count(*) FROM filter WHERE account = $1 AND ($2 = '' OR action = $2)",
                 {account, action}, [&](const Row& row) {
                   count = row.integer(0);
                   return true;
                 }));
  return count;
}

}  // namespace vigil::store
