// Work on several threads at once, for work that is counted beforehand: parse these files, match
// these packages. No queues of long-lived tasks, no futures.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"

namespace vigil::base {

/// What one piece of work does: `index` of the piece, from 0.
using Work = std::function<Result<void>(std::size_t index)>;

/// The number of threads worth starting for work that computes: the CPUs this process may run on.
std::size_t hardware_workers();

/// Threads that stay for several parallel loops. One loop at a time; the calling thread works too,
/// so a pool of one worker starts no thread. Not to be used from inside its own work.
class ThreadPool {
 public:
  /// `workers` includes the calling thread; 0 means hardware_workers().
  explicit ThreadPool(std::size_t workers = 0);
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  /// Waits for the threads to end.
  ~ThreadPool();

  [[nodiscard]] std::size_t workers() const { return threads_.size() + 1; }

  /// work(0) ... work(count - 1), each once, in no order. After a failure no further piece is
  /// begun, and the failure with the smallest index among those begun is returned. An exception in
  /// `work` becomes an Error.
  Result<void> parallel_for(std::size_t count, const Work& work);

 private:
  struct Loop;
  void serve();
  static void take_pieces(Loop& loop);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  Loop* loop_ = nullptr;   ///< guarded by mutex_
  std::size_t round_ = 0;  ///< guarded by mutex_; counts loops, so that none is served twice
  std::size_t busy_ = 0;   ///< guarded by mutex_; threads inside loop_
  bool ending_ = false;    ///< guarded by mutex_
  std::vector<std::thread> threads_;
};

/// The same with threads for this loop only.
Result<void> parallel_for(std::size_t count, std::size_t workers, const Work& work);

}  // namespace vigil::base
