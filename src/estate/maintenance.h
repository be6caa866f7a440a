// What a server does beside answering, a round at a time: what has expired goes, what is not looked at
// any more is said so. Every round is bounded in rows and time; what is left is done by the next.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "base/result.h"
#include "estate/estate.h"

namespace vigil::estate {

/// Times in seconds.
struct MaintenanceSettings {
  std::int64_t stale_after =
      std::int64_t{7} * 86400;  ///< without an inventory a host is STALE_INVENTORY
  std::int64_t keep_events =
      std::int64_t{30} * 86400;      ///< events older than this go, delivered or not
  std::int64_t keep_tokens = 86400;  ///< a client token is remembered as long
  /// What looks at every resource, image or profile is done so often only: durations of images,
  /// terminated resources, rows that nobody refers to.
  std::int64_t thorough_every = 3600;
  std::int64_t posture_every =
      300;  ///< how often the numbers of today are kept (store/posture_days.h)
  std::int64_t keep_history = std::int64_t{400} * 86400;  ///< of past days
  std::size_t portion = 1000;                             ///< rows per transaction
  std::chrono::milliseconds budget{10'000};  ///< per round; after it no portion is begun
};

struct MaintenanceReport {
  std::int64_t findings_deleted = 0;
  std::int64_t rows_collected = 0;       ///< of inventory and assessments nobody refers to
  std::int64_t resources_forgotten = 0;  ///< that were terminated, after their findings
  std::int64_t resources_stale = 0;
  std::int64_t images_expired = 0;
  std::int64_t sessions_expired = 0;
  std::int64_t events_trimmed = 0;
  std::size_t suppressed = 0, unsuppressed = 0;  ///< by rules that changed or expired
  bool complete = true;                          ///< nothing is left for the next round
};

/// One round over all accounts. `stop` is asked between portions.
Result<MaintenanceReport> maintain(Estate& estate, const MaintenanceSettings& settings,
                                   const std::function<bool()>& stop = nullptr);

}  // namespace vigil::estate
