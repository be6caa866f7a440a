// The background work of a server, on one thread: intelligence is loaded when its file changes and
// findings are made to follow it; maintenance (estate/maintenance.h) has its rounds. What fails is
// told and tried again at the next time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "estate/estate.h"
#include "estate/maintenance.h"
#include "estate/refresh.h"

namespace vigil::estate {

struct JobSettings {
  /// How often the file of the snapshot is looked at; 0: never.
  std::chrono::milliseconds intelligence{2000};
  /// How often maintenance has a round; 0: never.
  std::chrono::milliseconds maintenance{60'000};
  MaintenanceSettings limits;
  // Called on the thread of the jobs; each may be empty.
  std::function<void(const Refreshed&)> refreshed;           ///< when something was applied
  std::function<void(const MaintenanceReport&)> maintained;  ///< after every round
  std::function<void(std::string_view job, const Error&)> failed;
};

class Jobs {
 public:
  /// Findings are first made to follow the intelligence in force, which is loaded if it is not.
  static std::unique_ptr<Jobs> start(Estate& estate, JobSettings settings);
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;
  /// As `stop`.
  virtual ~Jobs() = default;

  /// Ends what is running after its current portion, and waits for it.
  virtual void stop() = 0;
  /// Does everything now instead of at its time.
  virtual void wake() = 0;

 protected:
  Jobs() = default;
};

}  // namespace vigil::estate
