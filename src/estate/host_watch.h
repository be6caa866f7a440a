// This host under continuous scanning: the server's own machine is its first resource.
//
// A change of a package database is noticed by inotify and scanned as soon as the package manager
// leaves the database alone; processes and ports are looked at from time to time; and a full scan
// beside both finds whatever neither noticed. Where inotify cannot be had, every look at the processes
// is a full scan.
//
// Packages of languages lie anywhere, so they are looked for less often (Inspector's deep inspection:
// every six hours), on a thread of its own: a walk of all directories keeps nobody waiting for a fix
// to be seen. In between, those found last belong to the host.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "estate/estate.h"
#include "estate/ingest.h"
#include "inventory/scan.h"

namespace vigil::estate {

/// Why a scan was made.
enum class ScanReason : std::uint8_t { Start, PackageDatabase, Processes, Schedule, Deep };
/// "start", "package database", "processes", "schedule", "deep inspection"
std::string_view scan_reason_name(ScanReason reason);

struct HostScan {
  ScanReason reason = ScanReason::Start;
  Result<Ingested> ingested;
  std::size_t packages = 0;
  double seconds = 0;
};

struct HostWatchSettings {
  std::string account = "000000000000";
  std::string root = "/";  ///< for tests; another root has no processes
  std::chrono::milliseconds full{std::chrono::hours(24)};        ///< between full scans; 0: none
  std::chrono::milliseconds processes{std::chrono::minutes(5)};  ///< between looks; 0: none
  std::chrono::milliseconds deep{std::chrono::hours(6)};  ///< between deep inspections; 0: none
  inventory::ScanOptions deep_scan;                       ///< where and how far it looks
  /// A package database counts as left alone after this long without a change, and is scanned at the
  /// latest after ten times as long.
  std::chrono::milliseconds quiet{1000};
  std::function<void(const HostScan&)> scanned;  ///< on the thread of the watch; may be empty
};

class HostWatch {
 public:
  /// Begins with a scan. Error Io if the root cannot be read.
  static Result<std::unique_ptr<HostWatch>> start(Estate& estate, HostWatchSettings settings);
  HostWatch(const HostWatch&) = delete;
  HostWatch& operator=(const HostWatch&) = delete;
  /// As `stop`.
  virtual ~HostWatch() = default;

  /// Waits for a scan that is running.
  virtual void stop() = 0;

 protected:
  HostWatch() = default;
};

}  // namespace vigil::estate
