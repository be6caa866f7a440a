// A scan of all directories of this host, on a thread of its own.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"
#include "inventory/scan.h"

namespace vigil::estate {

class DeepInspection {
 public:
  DeepInspection() = default;
  DeepInspection(const DeepInspection&) = delete;
  DeepInspection& operator=(const DeepInspection&) = delete;
  ~DeepInspection() { wait(); }

  /// When it is done, adds one to the eventfd(2) `wake`. Not while one is running.
  void start(const std::string& root, const inventory::ScanOptions& options, int wake);
  /// Until the scan has ended, which it does soon after it was asked to.
  void wait();
  [[nodiscard]] bool is_done();
  /// What was found; only once it is done.
  Result<inventory::Inventory> take();

 private:
  std::mutex mutex_;
  std::optional<Result<inventory::Inventory>> result_;
  std::thread thread_;
};

}  // namespace vigil::estate
