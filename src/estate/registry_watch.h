// A registry under continuous scanning: its images are listed from time to time and those that were
// not seen yet are scanned; what a notification tells of is scanned at once. A digest that was scanned
// is not scanned again while the watch lasts; after a start everything is looked at once more, which
// the cache of layers makes cheap and which lets a newer program find more.
//
// The scan type ECR of the account is turned on, unless somebody has turned it off.
//
// An image that a listing without any error no longer finds under a tag that is meant is removed as a
// resource, and its findings close. A listing of a repository that failed, or of which an image could
// not be scanned, removes nothing of it. What was scanned is remembered over a restart. Images without
// a tag are not watched.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "estate/estate.h"
#include "estate/ingest.h"
#include "estate/registry_inbox.h"
#include "source/registry/discovery.h"
#include "source/registry/options.h"

namespace vigil::estate {

struct ImageScan {
  std::string reference;  ///< "registry.example/team/app:1"
  std::string digest;     ///< what its tag leads to
  bool pushed = false;    ///< a notification told of it
  Result<Ingested> ingested;
  std::size_t packages = 0;
  double seconds = 0;
};

/// One listing of the registry.
struct RegistryListing {
  std::size_t repositories = 0;
  std::size_t images = 0;   ///< with a tag that is meant
  std::size_t scanned = 0;  ///< that were not known before
  std::size_t failed = 0;   ///< repositories and images; they are tried again next time
  std::size_t removed = 0;  ///< resources whose images are gone
  double seconds = 0;
};

struct RegistryWatchSettings {
  std::string account = "000000000000";
  source::registry::DiscoverySettings discovery;
  source::registry::Options options;  ///< `cancelled` is set by the watch
  std::string cache;                  ///< directory of layers' results; empty: none are kept
  std::chrono::milliseconds interval{std::chrono::hours(6)};  ///< between listings; 0: none
  // On the thread of the watch; may be empty.
  std::function<void(const ImageScan&)> scanned;
  std::function<void(const RegistryListing&)> listed;
  /// A listing, or a repository of it, that failed.
  std::function<void(const Error&)> failed;
};

class RegistryWatch {
 public:
  /// Begins with a listing. `inbox` must outlive it.
  static std::unique_ptr<RegistryWatch> start(Estate& estate, RegistryInbox& inbox,
                                              RegistryWatchSettings settings);
  RegistryWatch(const RegistryWatch&) = delete;
  RegistryWatch& operator=(const RegistryWatch&) = delete;
  /// As `stop`.
  virtual ~RegistryWatch() = default;

  /// Breaks off what is being downloaded, and waits for what is being stored.
  virtual void stop() = 0;

 protected:
  RegistryWatch() = default;
};

}  // namespace vigil::estate
