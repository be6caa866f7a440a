#include "server/background.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "estate/host_resource.h"
#include "estate/ingest.h"
#include "server/intelligence_update.h"
#include "source/host/host.h"

namespace vigil::server {

using Clock = std::chrono::steady_clock;

struct Background::State {
  State(estate::Estate& where, Config with, base::Logger& log)
      : estate(where), config(std::move(with)), logger(log) {}

  estate::Estate& estate;
  const Config config;
  base::Logger& logger;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;  ///< guarded by mutex
  std::thread intelligence;
  std::thread host;

  /// False when it is time to end.
  bool sleep(std::chrono::seconds time) {
    std::unique_lock lock(mutex);
    return !wake.wait_for(lock, time, [&] { return stopping; });
  }
  void refresh_intelligence();
  void watch_host();
  Result<void> scan_host();
};

/// In a process of its own, started every interval; the first after one interval, because whoever
/// starts a server has just loaded intelligence or is told to.
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

Result<void> Background::State::scan_host() {
  VIGIL_TRY(const auto inventory, source::scan_host("/", {.walk = false}));
  const findings::Resource resource =
      estate::host_resource(inventory, "/", config.account, config.region);
  VIGIL_TRY(const estate::Ingested ingested,
            estate::ingest(estate, resource, inventory,
                           {.exposure = findings::observed_exposure(inventory)}));
  logger.info("scanned this host", {{"resource", resource.id},
                                    {"packages", inventory.packages.size()},
                                    {"opened", ingested.opened},
                                    {"closed", ingested.closed}});
  return ok();
}

void Background::State::watch_host() {
  do {
    if (const auto scanned = scan_host(); !scanned) {
      logger.error("this host could not be scanned", {{"why", scanned.error().text()}});
    }
  } while (sleep(std::chrono::seconds(config.process_interval)));
}

Result<std::unique_ptr<Background>> Background::start(estate::Estate& estate, const Config& config,
                                                      base::Logger& logger) {
  auto state = std::make_unique<State>(estate, config, logger);
  State& started = *state;
  if (config.intel_interval > 0) {
    state->intelligence = std::thread([&started] { started.refresh_intelligence(); });
  }
  if (config.watch_host) state->host = std::thread([&started] { started.watch_host(); });
  return std::unique_ptr<Background>(new Background(std::move(state)));
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
  for (std::thread* thread : {&state_->intelligence, &state_->host}) {
    if (thread->joinable()) thread->join();
  }
}

}  // namespace vigil::server
