#include "estate/host_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <thread>
#include <utility>

#include "estate/database_watch.h"
#include "estate/deep_inspection.h"
#include "estate/host_resource.h"
#include "estate/stored.h"
#include "findings/compose.h"
#include "findings/identity.h"
#include "source/host/host.h"
#include "tree/directory.h"

namespace vigil::estate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// After a scan that could not be ingested.
constexpr milliseconds kRetry{10'000};
/// A package manager that never pauses is scanned in between after so many times `quiet`.
constexpr int kPatience = 10;

bool is_system(const model::Package& package) {
  return package.manager == "OS";
}

class HostWatchThread final : public HostWatch {
 public:
  HostWatchThread(Estate& estate, HostWatchSettings settings)
      : estate_(estate),
        settings_(std::move(settings)),
        databases_(settings_.root),
        wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        thread_([this] { run(); }) {}

  ~HostWatchThread() override {
    end();
    if (wake_ >= 0) ::close(wake_);
  }
  void stop() override { end(); }

 private:
  void end() {
    stopping_ = true;
    const std::uint64_t one = 1;
    // Should it fail, the poll's own limit ends the wait.
    [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
    if (thread_.joinable()) thread_.join();
    deep_.wait();
  }

  void run() {
    scan(ScanReason::Start);
    if (settings_.deep.count() > 0) next_deep_ = Clock::now();
    while (!stopping_) {
      wait();
      if (stopping_) return;
      const Clock::time_point now = Clock::now();
      if (deep_.is_done()) take_deep();
      if (next_deep_ && now >= *next_deep_) {
        next_deep_.reset();
        inventory::ScanOptions how = settings_.deep_scan;
        how.stopping = [this] { return stopping_.load(); };
        deep_.start(settings_.root, how, wake_);
      }
      if (databases_.works() && databases_.take_changes()) {
        last_change_ = now;
        if (!first_change_) first_change_ = now;
      }
      if (first_change_ && now >= quiet_at()) {
        scan(ScanReason::PackageDatabase);
      } else if (next_full_ && now >= *next_full_) {
        scan(ScanReason::Schedule);
      } else if (next_look_ && now >= *next_look_) {
        if (databases_.works() && system_) {
          look_at_processes();
        } else {
          scan(ScanReason::Processes);
        }
      }
    }
  }

  [[nodiscard]] Clock::time_point quiet_at() const {
    return std::min(last_change_ + settings_.quiet, *first_change_ + kPatience * settings_.quiet);
  }

  void wait() {
    constexpr milliseconds kLongest{60'000};
    Clock::time_point until = Clock::now() + kLongest;
    if (next_full_) until = std::min(until, *next_full_);
    if (next_look_) until = std::min(until, *next_look_);
    if (next_deep_) until = std::min(until, *next_deep_);
    if (first_change_) until = std::min(until, quiet_at());
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    std::array<pollfd, 2> polled = {{{wake_, POLLIN, 0}, {databases_.descriptor(), POLLIN, 0}}};
    ::poll(polled.data(), polled.size(), static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    std::uint64_t count = 0;
    // Nothing to read is no failure: somebody else woke it.
    [[maybe_unused]] const ssize_t read = ::read(wake_, &count, sizeof count);
  }

  static std::optional<Clock::time_point> after(milliseconds interval) {
    if (interval.count() <= 0) return std::nullopt;
    return Clock::now() + interval;
  }

  void scan(ScanReason reason) {
    const Clock::time_point start = Clock::now();
    first_change_.reset();
    databases_.look_again();
    inventory::ScanOptions how;
    how.walk = false;
    auto found = source::scan_host(settings_.root, how);
    next_full_ = after(settings_.full);
    next_look_ = after(settings_.processes);
    if (!found) return tell(reason, fail(found.error()), 0, start);
    ingest_found(reason, std::move(*found), start);
  }

  /// The system's packages are those of the last scan, which may be newer than the inspection.
  void take_deep() {
    const Clock::time_point start = Clock::now();
    next_deep_ = after(settings_.deep);
    auto found = deep_.take();
    if (!found) return tell(ScanReason::Deep, fail(found.error()), 0, start);
    std::erase_if(found->packages, is_system);
    languages_ = std::move(*found);
    // A scan that failed will be made again, and takes them.
    if (system_) ingest_found(ScanReason::Deep, *std::exchange(system_, std::nullopt), start);
  }

  /// Until the first deep inspection of this process is done, those of the last one before it count: a
  /// restart closes no finding. Where they cannot be read it finds them again.
  void remember_languages(const findings::Resource& resource) {
    const auto account = store::account_number(settings_.account);
    if (!account) return;
    const std::uint64_t id = findings::resource_key(settings_.account, resource.id);
    std::optional<inventory::Inventory> stored;
    const auto read = estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(stored, stored_inventory(from, *account, id));
      return ok();
    });
    if (!read || !stored) return;
    std::erase_if(stored->packages, is_system);
    languages_.packages = std::move(stored->packages);
  }

  /// Those of languages stand behind the system's, so that the indexes of processes hold.
  [[nodiscard]] inventory::Inventory with_languages(inventory::Inventory inventory) const {
    const auto& more = languages_.packages;
    inventory.packages.insert(inventory.packages.end(), more.begin(), more.end());
    const auto& problems = languages_.problems;
    inventory.problems.insert(inventory.problems.end(), problems.begin(), problems.end());
    inventory.files += languages_.files;
    return inventory;
  }

  /// The packages are those of the last scan: inotify would have told of a change.
  void look_at_processes() {
    const Clock::time_point start = Clock::now();
    next_look_ = after(settings_.processes);
    const auto live = tree::Directory::open(settings_.root);
    if (!live) return tell(ScanReason::Processes, fail(live.error()), 0, start);
    inventory::Inventory inventory = *std::exchange(system_, std::nullopt);
    if ((*live)->origin() == "/")
      inventory.runtime = source::read_runtime(**live, inventory.packages);
    ingest_found(ScanReason::Processes, std::move(inventory), start);
  }

  void ingest_found(ScanReason reason, inventory::Inventory system, Clock::time_point start) {
    const findings::Resource resource =
        host_resource(system, settings_.root, settings_.account, estate_.settings().region);
    if (reason == ScanReason::Start && settings_.deep.count() > 0) remember_languages(resource);
    const inventory::Inventory inventory = with_languages(system);
    findings::ResourceFacts facts;
    facts.exposure = findings::observed_exposure(inventory);
    auto ingested = ingest(estate_, resource, inventory, facts);
    if (!ingested) next_full_ = after(std::min(kRetry, std::max(settings_.full, milliseconds(1))));
    const std::size_t packages = inventory.packages.size();
    system_ = std::move(system);
    tell(reason, std::move(ingested), packages, start);
  }

  void tell(ScanReason reason, Result<Ingested> ingested, std::size_t packages,
            Clock::time_point start) const {
    if (!settings_.scanned) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    settings_.scanned({reason, std::move(ingested), packages, seconds});
  }

  Estate& estate_;
  const HostWatchSettings settings_;
  DatabaseWatch databases_;
  const int wake_;
  std::atomic<bool> stopping_ = false;
  DeepInspection deep_;  ///< waits for its thread when it goes

  // Of the thread alone.
  std::optional<inventory::Inventory> system_;  ///< what the last scan found at fixed places
  inventory::Inventory languages_;  ///< what the last deep inspection found beside the system
  std::optional<Clock::time_point> next_full_, next_look_, next_deep_;
  std::optional<Clock::time_point> first_change_;
  Clock::time_point last_change_;
  std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace

std::string_view scan_reason_name(ScanReason reason) {
  switch (reason) {
    case ScanReason::Start:
      return "start";
    case ScanReason::PackageDatabase:
      return "package database";
    case ScanReason::Processes:
      return "processes";
    case ScanReason::Schedule:
      return "schedule";
    case ScanReason::Deep:
      return "deep inspection";
  }
  return {};
}

Result<std::unique_ptr<HostWatch>> HostWatch::start(Estate& estate, HostWatchSettings settings) {
  VIGIL_CHECK(tree::Directory::open(settings.root));
  return std::make_unique<HostWatchThread>(estate, std::move(settings));
}

}  // namespace vigil::estate
