// What an account's posture was on past days, one row a UTC day, as it last was on that day.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "store/engine.h"
#include "store/posture.h"

namespace vigil::store {

struct PostureDay {
  std::int64_t day = 0;    ///< its first second, UTC
  std::int64_t taken = 0;  ///< when it was looked at
  SeverityCounts active;
  std::int64_t risk = 0;
};

/// As the posture is at `now`.
PostureDay posture_day(const Posture& posture, std::int64_t now);

/// Takes the place of what was taken before on the same day.
Result<void> put_posture_day(Connection& to, std::int64_t account, const PostureDay& day);
/// Days from the one of `since` on, ascending.
Result<std::vector<PostureDay>> posture_days(Connection& from, std::int64_t account,
                                             std::int64_t since);
/// Of all accounts forgets days and hours (activity.h) before this time; how many.
Result<std::int64_t> delete_history(Connection& to, std::int64_t before);

}  // namespace vigil::store
