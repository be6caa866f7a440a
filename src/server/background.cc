#include "server/background.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/text.h"
#include "estate/host_watch.h"
#include "estate/jobs.h"
#include "estate/registry_watch.h"
#include "server/intelligence_update.h"
#include "source/host/host.h"

namespace vigil::server {

struct Background::State {
  State(estate::Estate& where, Config with, base::Logger& log)
      : estate(where), config(std::move(with)), logger(log) {}

  estate::Estate& estate;
  const Config config;
  base::Logger& logger;
  std::unique_ptr<estate::Jobs> jobs;
  std::unique_ptr<estate::HostWatch> host;
  std::unique_ptr<estate::RegistryWatch> registry;
  std::thread intelligence;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;  ///< guarded by mutex

  /// False when it is time to end.
  bool sleep(std::chrono::seconds time) {
    std::unique_lock lock(mutex);
    return !wake.wait_for(lock, time, [&] { return stopping; });
  }
  void refresh_intelligence();
  /// After work that read much of the intelligence.
  void release_memory() const {
    if (const auto snapshot = estate.intelligence()) snapshot->release_memory();
  }
  [[nodiscard]] estate::JobSettings job_settings();
  [[nodiscard]] estate::HostWatchSettings host_settings();
  [[nodiscard]] Result<estate::RegistryWatchSettings> registry_settings();
};

/// In a process of its own, started every interval; the first after one interval, because whoever
/// starts a server has just loaded intelligence or is told to. The jobs notice the new file.
void Background::State::refresh_intelligence() {
  const std::chrono::seconds interval(config.intel_interval);
  while (sleep(interval)) {
    auto child = start_intelligence_update({own_program(), config.intel, config.feeds});
    if (!child) {
      logger.error("intelligence not refreshed", {{"why", child.error().text()}});
      continue;
    }
    std::optional<int> code;
    while (!(code = child->poll())) {
      if (!sleep(std::chrono::seconds(1))) return;
    }
    if (*code == 0) {
      logger.info("intelligence refreshed");
    } else {
      logger.warning("intelligence not refreshed", {{"exit", *code}});
    }
  }
}

estate::JobSettings Background::State::job_settings() {
  estate::JobSettings settings;
  settings.maintenance = std::chrono::seconds(config.maintenance_interval);
  settings.refreshed = [this](const estate::Refreshed& refreshed) {
    release_memory();
    logger.info("findings follow the intelligence",
                {{"changedPackages", refreshed.changed_packages},
                 {"profiles", refreshed.profiles},
                 {"resources", refreshed.resources},
                 {"changes", refreshed.changes},
                 {"seconds", refreshed.seconds}});
  };
  settings.maintained = [this](const estate::MaintenanceReport& report) {
    logger.debug("maintained", {{"findingsDeleted", report.findings_deleted},
                                {"rowsCollected", report.rows_collected},
                                {"resourcesStale", report.resources_stale},
                                {"eventsTrimmed", report.events_trimmed}});
  };
  settings.failed = [this](std::string_view job, const Error& error) {
    logger.error("background work failed", {{"job", job}, {"why", error.text()}});
  };
  return settings;
}

estate::HostWatchSettings Background::State::host_settings() {
  estate::HostWatchSettings settings;
  settings.account = config.account;
  settings.full = std::chrono::seconds(config.scan_interval);
  settings.processes = std::chrono::seconds(config.process_interval);
  settings.deep = std::chrono::seconds(config.deep_interval);
  for (const std::string_view directory : source::container_directories()) {
    settings.deep_scan.limits.excluded.emplace_back(directory);
  }
  settings.deep_scan.time_limit = inventory::kDeepInspectionTime;
  for (const std::string_view path : base::split(config.deep_paths, ',')) {
    if (const auto root = base::trim(path); !root.empty()) {
      settings.deep_scan.roots.emplace_back(root);
    }
  }
  settings.scanned = [this](const estate::HostScan& scan) {
    release_memory();
    const std::string_view reason = estate::scan_reason_name(scan.reason);
    if (!scan.ingested) {
      logger.error("this host was not scanned",
                   {{"reason", reason}, {"why", scan.ingested.error().text()}});
      return;
    }
    const base::LogLevel level =
        scan.ingested->changed ? base::LogLevel::Info : base::LogLevel::Debug;
    logger.log(level, "scanned this host",
               {{"reason", reason},
                {"packages", scan.packages},
                {"opened", scan.ingested->opened},
                {"updated", scan.ingested->updated},
                {"closed", scan.ingested->closed},
                {"reopened", scan.ingested->reopened},
                {"seconds", scan.seconds}});
  };
  return settings;
}

Result<estate::RegistryWatchSettings> Background::State::registry_settings() {
  using source::registry::Patterns;
  estate::RegistryWatchSettings settings;
  settings.account = config.account;
  settings.discovery.registry = config.registry;
  VIGIL_TRY(settings.discovery.repositories, Patterns::parse(config.registry_repositories));
  VIGIL_TRY(settings.discovery.tags, Patterns::parse(config.registry_tags));
  VIGIL_TRY(settings.options,
            source::registry::make_options({}, source::registry::process_environment()));
  settings.cache = config.data + "/layers";
  settings.interval = std::chrono::seconds(config.registry_interval);
  settings.scanned = [this](const estate::ImageScan& scan) {
    release_memory();
    if (!scan.ingested) {
      logger.warning("an image was not scanned",
                     {{"image", scan.reference}, {"why", scan.ingested.error().text()}});
      return;
    }
    logger.info("scanned an image", {{"image", scan.reference},
                                     {"digest", scan.digest},
                                     {"reason", scan.pushed ? "push" : "listing"},
                                     {"packages", scan.packages},
                                     {"opened", scan.ingested->opened},
                                     {"closed", scan.ingested->closed},
                                     {"seconds", scan.seconds}});
  };
  settings.listed = [this](const estate::RegistryListing& listing) {
    logger.info("listed the registry", {{"repositories", listing.repositories},
                                        {"images", listing.images},
                                        {"scanned", listing.scanned},
                                        {"failed", listing.failed},
                                        {"removed", listing.removed},
                                        {"seconds", listing.seconds}});
  };
  settings.failed = [this](const Error& error) {
    logger.error("the registry was not listed", {{"why", error.text()}});
  };
  return settings;
}

Result<std::unique_ptr<Background>> Background::start(estate::Estate& estate,
                                                      estate::RegistryInbox& pushes,
                                                      const Config& config, base::Logger& logger) {
  auto state = std::make_unique<State>(estate, config, logger);
  State& started = *state;
  std::unique_ptr<Background> background(new Background(std::move(state)));
  started.jobs = estate::Jobs::start(estate, started.job_settings());
  if (config.watch_host) {
    VIGIL_TRY(started.host, estate::HostWatch::start(estate, started.host_settings()));
  }
  if (!config.registry.empty()) {
    VIGIL_TRY(auto settings, started.registry_settings());
    started.registry = estate::RegistryWatch::start(estate, pushes, std::move(settings));
  }
  if (config.intel_interval > 0) {
    started.intelligence = std::thread([&started] { started.refresh_intelligence(); });
  }
  return background;
}

Background::Background(std::unique_ptr<State> state) : state_(std::move(state)) {}

Background::~Background() {
  stop();
}

void Background::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_all();
  if (state_->host) state_->host->stop();
  if (state_->registry) state_->registry->stop();
  if (state_->jobs) state_->jobs->stop();
  if (state_->intelligence.joinable()) state_->intelligence.join();
}

}  // namespace vigil::server
