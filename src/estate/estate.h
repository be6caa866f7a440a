// Everything a running Vigil holds: the store, the intelligence in force, the policy; and the work
// that keeps them true to each other. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "estate/assessor.h"
#include "findings/reconcile.h"
#include "intel/snapshot.h"
#include "score/policy.h"
#include "store/store.h"

namespace vigil::estate {

struct Settings {
  std::string region = "us-east-1";
  std::string intelligence;       ///< path of the snapshot; empty: none
  std::int64_t clock_offset = 0;  ///< seconds added to the clock, for tests
  findings::Retention retention;
  Assessor::Limits memory;
};

class Estate {
 public:
  Estate(std::unique_ptr<store::Store> store, Settings settings);

  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] const score::Policy& policy() const { return *policy_; }
  /// Seconds since 1970, with the offset.
  [[nodiscard]] std::int64_t now() const;

  /// The intelligence in force; null if there is none. The answer stays valid while it is held,
  /// whatever is loaded meanwhile.
  [[nodiscard]] std::shared_ptr<const intel::Snapshot> intelligence() const;
  /// Puts other intelligence in force; findings follow by estate/refresh.h.
  void set_intelligence(std::shared_ptr<const intel::Snapshot> snapshot);

  [[nodiscard]] Assessor& assessor() { return assessor_; }
  /// Held by work on many resources that must not run twice at a time: a refresh, a change of scan
  /// types or rules.
  [[nodiscard]] std::mutex& maintenance() { return maintenance_; }

 private:
  std::unique_ptr<store::Store> store_;
  Settings settings_;
  const score::Policy* policy_;
  Assessor assessor_;
  std::mutex maintenance_;
  mutable std::mutex mutex_;
  std::shared_ptr<const intel::Snapshot> intelligence_;  ///< guarded by mutex_
};

}  // namespace vigil::estate
