#include "store/posture_days.h"

#include "store/activity.h"

namespace vigil::store {

PostureDay posture_day(const Posture& posture, std::int64_t now) {
  return {
      .day = now - now % kDaySeconds, .taken = now, .active = posture.active, .risk = posture.risk};
}

Result<void> put_posture_day(Connection& to, std::int64_t account, const PostureDay& day) {
  const SeverityCounts& active = day.active;
  VIGIL_CHECK(to.execute(
      "INSERT INTO posture_day (account, day, taken, critical, high, medium, low, informational,"
      " untriaged, risk) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (account, day) DO UPDATE SET taken = excluded.taken,"
      " critical = excluded.critical, high = excluded.high, medium = excluded.medium,"
      " low = excluded.low, informational = excluded.informational,"
      " untriaged = excluded.untriaged, risk = excluded.risk",
      {account, day.day, day.taken, active.critical, active.high, active.medium, active.low,
       active.informational, active.untriaged, day.risk}));
  return ok();
}

Result<std::vector<PostureDay>> posture_days(Connection& from, std::int64_t account,
                                             std::int64_t since) {
  std::vector<PostureDay> all;
  VIGIL_CHECK(
      from.query("SELECT day, taken, critical, high, medium, low, informational, untriaged, risk"
                 " FROM posture_day WHERE account = $1 AND day >= $2 ORDER BY day",
                 {account, since - since % kDaySeconds}, [&](const Row& row) {
                   all.push_back({.day = row.integer(0),
                                  .taken = row.integer(1),
                                  .active = {row.integer(2), row.integer(3), row.integer(4),
                                             row.integer(5), row.integer(6), row.integer(7)},
                                  .risk = row.integer(8)});
                   return true;
                 }));
  return all;
}

Result<std::int64_t> delete_history(Connection& to, std::int64_t before) {
  VIGIL_TRY(const auto days, to.execute("DELETE FROM posture_day WHERE day < $1", {before}));
  VIGIL_TRY(const auto hours, to.execute("DELETE FROM activity WHERE hour < $1", {before}));
  return days + hours;
}

}  // namespace vigil::store
