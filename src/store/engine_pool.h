// A bounded pool of connections, lent in the order in which they are asked for: nobody who waits is
// overtaken. A pool of one is a fair mutex.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.h"

namespace vigil::store {

/// Thread-safe. Must outlive its leases.
template <typename T>
class Pool {
 public:
  using Maker = std::function<Result<std::unique_ptr<T>>()>;
  using Time = std::chrono::steady_clock::time_point;

  /// What is lent; goes back when the lease ends.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<T> item) : pool_(&pool), item_(std::move(item)) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), item_(std::move(other.item_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (pool_ != nullptr) pool_->give_back(std::move(item_));
    }
    T& operator*() const { return *item_; }
    T* operator->() const { return item_.get(); }
    /// It is broken: nobody gets it again, another one is made when it is needed. The lease is empty
    /// then.
    void discard() { item_.reset(); }

   private:
    friend class Pool;
    Pool* pool_;
    std::unique_ptr<T> item_;
  };

  /// `make` is called when something is asked for, nothing is idle and fewer than `most` exist.
  Pool(std::size_t most, Maker make) : most_(most), make_(std::move(make)) {}

  /// Waits until `until`. Errors: Busy, and those of `make`.
  Result<Lease> take(Time until) {
    std::unique_lock lock(mutex_);
    if (lent_ < most_) {
      ++lent_;
    } else {
      Waiter self;
      const auto place = waiting_.insert(waiting_.end(), &self);
      if (!self.wake.wait_until(lock, until, [&] { return self.granted; })) {
        waiting_.erase(place);
        return fail("all connections are in use", {}, "try again", ErrorCode::Busy);
      }
    }
    // From here on the place is given back whatever happens.
    Lease lease(*this, nullptr);
    if (!idle_.empty()) {
      lease.item_ = std::move(idle_.back());
      idle_.pop_back();
    }
    lock.unlock();
    if (!lease.item_) {
      VIGIL_TRY(lease.item_, make_());
    }
    return lease;
  }

 private:
  struct Waiter {
    std::condition_variable wake;
    bool granted = false;
  };

  void give_back(std::unique_ptr<T> item) {
    const std::lock_guard lock(mutex_);
    if (item) idle_.push_back(std::move(item));
    if (waiting_.empty()) {
      --lent_;
      return;
    }
    waiting_.front()->granted = true;
    waiting_.front()->wake.notify_one();
    waiting_.pop_front();
  }

  const std::size_t most_;
  const Maker make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;  ///< guarded by mutex_
  std::size_t lent_ = 0;                  ///< guarded by mutex_; also those handed to a waiter
  std::list<Waiter*> waiting_;            ///< guarded by mutex_; first come, first served
};

}  // namespace vigil::store
