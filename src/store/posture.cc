#include "store/posture.h"

#include "findings/weight.h"
#include "store/activity.h"
#include "store/exploited.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

constexpr std::int64_t kSoonDays = 14;

void count_due(Posture& posture, std::int64_t due, std::int64_t active, std::int64_t now) {
  posture.known_exploited += active;
  if (due == 0) return;
  const std::int64_t days = (due - (now - now % kDaySeconds)) / kDaySeconds;
  if (days < 0) posture.overdue += active;
  if (days >= 0 && days <= kSoonDays) posture.due_soon += active;
}

}  // namespace

Result<Posture> posture(Connection& from, std::int64_t account, std::int64_t now) {
  VIGIL_TRY(const Exploited exploited, known_exploited(from, account));
  Posture out;
  VIGIL_CHECK(from.query(
      "SELECT vulnerability, severity, fix, exploit, in_use, active, suppressed FROM assessment"
      " WHERE account = $1 AND (active > 0 OR suppressed > 0)",
      {account}, [&](const Row& row) {
        const auto severity = static_cast<model::Severity>(row.integer(1));
        const std::int64_t active = row.integer(5);
        out.active.of(severity) += active;
        out.suppressed += row.integer(6);
        out.fixable += row.integer(2) != 0 ? active : 0;
        out.exploitable += row.integer(3) != 0 ? active : 0;
        const auto known = exploited.find(key_from(row.integer(0)));
        if (known != exploited.end()) count_due(out, known->second, active, now);
        out.risk +=
            active * findings::weight_of(severity, known != exploited.end(), row.integer(4) != 0);
        return true;
      }));
  return out;
}

}  // namespace vigil::store
