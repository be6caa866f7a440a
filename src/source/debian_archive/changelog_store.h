// Gets the changelog of a version of a source package: from our cache, from a .deb that apt still
// has, else from a .deb of the mirror. What comes from the mirror is checked against the SHA-256 of
// apt's signed lists.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/debian_archive/candidates.h"

namespace vigil::source::debian_archive {

struct StoreOptions {
  std::string root;       ///< in front of apt's own paths and of file: addresses; mostly empty
  std::string directory;  ///< ours: changelogs and downloads
  bool offline = false;   ///< only what is on this disk
  std::uint64_t deb_limit = std::uint64_t{256} << 20U;  ///< bytes of one .deb
  std::uint64_t total_limit = std::uint64_t{2} << 30U;  ///< bytes of all downloads
  std::chrono::seconds connect_timeout{10};
  std::chrono::seconds stall_timeout{30};
};

struct StoredChangelog {
  std::string text;
  enum class From { Cache, Disk, Mirror } from = From::Cache;
};

/// Thread-safe.
class ChangelogStore {
 public:
  explicit ChangelogStore(StoreOptions options) : options_(std::move(options)) {}

  /// The error says why none of the candidate's packages gave one.
  Result<StoredChangelog> get(const Candidate& candidate);
  /// Removes what is kept of other versions than these.
  void keep_only(const std::vector<Candidate>& candidates) const;
  /// Bytes that were downloaded.
  [[nodiscard]] std::uint64_t downloaded() const;

 private:
  Result<std::string> changelog_of(const Binary& binary, StoredChangelog::From& from);
  Result<void> fetch(const Binary& binary, const std::string& path);
  Result<void> reserve(const Binary& binary);
  [[nodiscard]] std::string deb_of_apt(const Binary& binary) const;

  StoreOptions options_;
  mutable std::mutex mutex_;
  std::set<std::string> unreachable_;  ///< guarded by mutex_; addresses that did not answer
  std::uint64_t downloaded_ = 0;       ///< guarded by mutex_
};

}  // namespace vigil::source::debian_archive
