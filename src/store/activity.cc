#include "store/activity.h"

namespace vigil::store {

Result<void> add_activity(Connection& to, std::int64_t account, const Activity& activity) {
  if (activity.empty()) return ok();
  const SeverityCounts& opened = activity.opened;
  VIGIL_CHECK(to.execute(
      "INSERT INTO activity (account, hour, critical, high, medium, low, informational, untriaged,"
      " closed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (account, hour) DO UPDATE SET critical = activity.critical + excluded.critical,"
      " high = activity.high + excluded.high, medium = activity.medium + excluded.medium,"
      " low = activity.low + excluded.low,"
      " informational = activity.informational + excluded.informational,"
      " untriaged = activity.untriaged + excluded.untriaged,"
      " closed = activity.closed + excluded.closed",
      {account, activity.hour, opened.critical, opened.high, opened.medium, opened.low,
       opened.informational, opened.untriaged, activity.closed}));
  return ok();
}

Result<std::vector<Activity>> activity_since(Connection& from, std::int64_t account,
                                             std::int64_t since) {
  std::vector<Activity> all;
  VIGIL_CHECK(from.query(
      "SELECT hour, critical, high, medium, low, informational, untriaged, closed FROM activity"
      " WHERE account = $1 AND hour >= $2 ORDER BY hour",
      {account, since}, [&](const Row& row) {
        all.push_back({.hour = row.integer(0),
                       .opened = {row.integer(1), row.integer(2), row.integer(3), row.integer(4),
                                  row.integer(5), row.integer(6)},
                       .closed = row.integer(7)});
        return true;
      }));
  return all;
}

}  // namespace vigil::store
