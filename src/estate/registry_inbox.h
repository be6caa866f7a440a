// Pushes that registries told of and that nobody has looked at yet: filled by whoever receives
// notifications, emptied by the watch over the registry. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "source/registry/notification.h"

namespace vigil::estate {

class RegistryInbox {
 public:
  using Images = std::vector<source::registry::PushedImage>;
  static constexpr std::size_t kMost = 10'000;

  /// False if there is no room for all of them: then none is taken, and who sent them tries again or
  /// waits for the next listing.
  bool put(const Images& images) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() + images.size() > kMost) return false;
      waiting_.insert(waiting_.end(), images.begin(), images.end());
    }
    filled_.notify_all();
    return true;
  }

  /// What is there.
  Images take() {
    const std::lock_guard lock(mutex_);
    Images images(waiting_.begin(), waiting_.end());
    waiting_.clear();
    return images;
  }

  /// Until something is there, the time has come, or `interrupt`.
  void wait_until(std::chrono::steady_clock::time_point time) {
    std::unique_lock lock(mutex_);
    filled_.wait_until(lock, time, [&] { return !waiting_.empty() || interrupted_; });
  }
  void interrupt() {
    {
      const std::lock_guard lock(mutex_);
      interrupted_ = true;
    }
    filled_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<source::registry::PushedImage> waiting_;
  bool interrupted_ = false;
};

}  // namespace vigil::estate
