// How many findings became ACTIVE and how many were closed, hour by hour: written with the change.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "store/engine.h"
#include "store/severity_counts.h"

namespace vigil::store {

inline constexpr std::int64_t kHourSeconds = 3600;
inline constexpr std::int64_t kDaySeconds = 86400;

struct Activity {
  std::int64_t hour = 0;    ///< its first second
  SeverityCounts opened;    ///< that are new or came back, and no rule hid them at once
  std::int64_t closed = 0;  ///< that were ACTIVE before

  [[nodiscard]] bool empty() const { return opened.all() == 0 && closed == 0; }
};

/// Adds to the hour of `activity`. Of one account one writer at a time: call it in the turn of the events.
Result<void> add_activity(Connection& to, std::int64_t account, const Activity& activity);
/// The hours from `since` on in which anything happened, ascending.
Result<std::vector<Activity>> activity_since(Connection& from, std::int64_t account,
                                             std::int64_t since);

}  // namespace vigil::store
