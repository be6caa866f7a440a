#include "estate/jobs.h"

#include <malloc.h>
#include <sys/stat.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

namespace vigil::estate {
namespace {

using Clock = std::chrono::steady_clock;

/// What tells one state of a file from another.
using FileState = std::tuple<dev_t, ino_t, off_t, time_t, long>;

std::optional<FileState> state_of_file(const std::string& path) {
  struct stat about = {};
  if (path.empty() || ::stat(path.c_str(), &about) != 0) return std::nullopt;
  return FileState{about.st_dev, about.st_ino, about.st_size, about.st_mtim.tv_sec,
                   about.st_mtim.tv_nsec};
}

/// A job and when it is due.
struct Due {
  std::chrono::milliseconds interval;
  Clock::time_point next = Clock::now();

  [[nodiscard]] bool is_on() const { return interval.count() > 0; }
  [[nodiscard]] bool is_due(Clock::time_point now) const { return is_on() && now >= next; }
  void done() { next = Clock::now() + interval; }
};

class JobsThread final : public Jobs {
 public:
  JobsThread(Estate& estate, JobSettings settings)
      : estate_(estate),
        settings_(std::move(settings)),
        intelligence_{settings_.intelligence},
        maintenance_{settings_.maintenance},
        thread_([this] { run(); }) {}

  ~JobsThread() override { end(); }
  void stop() override { end(); }

  void wake() override {
    {
      const std::lock_guard lock(mutex_);
      woken_ = true;
    }
    condition_.notify_all();
  }

 private:
  void end() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    condition_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  void run() {
    while (!stopping_) {
      const Clock::time_point now = Clock::now();
      const bool everything = woken_.exchange(false);
      if (everything || intelligence_.is_due(now)) {
        follow_intelligence();
        intelligence_.done();
      }
      if (!stopping_ && (everything || maintenance_.is_due(now))) {
        maintain_once();
        maintenance_.done();
      }
      wait();
    }
  }

  void wait() {
    std::unique_lock lock(mutex_);
    const auto is_wanted = [this] { return stopping_.load() || woken_.load(); };
    if (!intelligence_.is_on() && !maintenance_.is_on()) {
      condition_.wait(lock, is_wanted);
      return;
    }
    Clock::time_point next = Clock::time_point::max();
    if (intelligence_.is_on()) next = intelligence_.next;
    if (maintenance_.is_on()) next = std::min(next, maintenance_.next);
    condition_.wait_until(lock, next, is_wanted);
  }

  [[nodiscard]] std::function<bool()> stop_asked() {
    return [this] { return stopping_.load(); };
  }

  void follow_intelligence() {
    const auto state = state_of_file(estate_.settings().intelligence);
    const auto in_force = estate_.intelligence();
    if (state && (state != loaded_ || in_force == nullptr)) load(*state);
    if (estate_.intelligence() != followed_) refresh_once();
  }

  void load(const FileState& state) {
    auto snapshot = intel::Snapshot::open(estate_.settings().intelligence);
    // Even if it cannot be read: it is not tried again until it is another file.
    loaded_ = state;
    if (!snapshot) return tell("intelligence", snapshot.error());
    const auto in_force = estate_.intelligence();
    if (in_force != nullptr && in_force->stamp() == snapshot->stamp()) return;
    estate_.set_intelligence(std::make_shared<const intel::Snapshot>(std::move(*snapshot)));
  }

  void refresh_once() {
    const auto in_force = estate_.intelligence();
    const auto done = refresh(estate_, followed_, stop_asked());
    if (!done) return tell("refresh", done.error());
    if (stopping_) return;
    followed_ = in_force;
    if (done->applied && settings_.refreshed) settings_.refreshed(*done);
    // Matching everything has used memory that an idle server does not need.
    ::malloc_trim(0);
  }

  void maintain_once() {
    const auto done = maintain(estate_, settings_.limits, stop_asked());
    if (!done) return tell("maintenance", done.error());
    if (settings_.maintained) settings_.maintained(*done);
    if (!done->complete) maintenance_.next = Clock::now();
    estate_.assessor().age();
    ::malloc_trim(0);
  }

  void tell(std::string_view job, const Error& error) {
    if (settings_.failed) settings_.failed(job, error);
  }

  Estate& estate_;
  const JobSettings settings_;
  Due intelligence_;
  Due maintenance_;
  std::optional<FileState> loaded_;
  std::shared_ptr<const intel::Snapshot> followed_;  ///< what findings follow, as far as known here

  std::mutex mutex_;
  std::condition_variable condition_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> woken_ = false;
  std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace

std::unique_ptr<Jobs> Jobs::start(Estate& estate, JobSettings settings) {
  return std::make_unique<JobsThread>(estate, std::move(settings));
}

}  // namespace vigil::estate
