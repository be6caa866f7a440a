// Threads that run handlers, behind a queue with a limit: what cannot be begun soon is refused at
// once, so that an overloaded server answers "later" instead of not at all.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vigil::server {

class WorkerPool {
 public:
  using Job = std::function<void()>;

  /// `threads` of at least one; `queue` jobs may wait.
  WorkerPool(std::size_t threads, std::size_t queue);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False if the queue is full or the pool has stopped: the job will not run. A job must not throw.
  bool submit(Job job);
  /// The same beyond the limit, for the next part of an answer that has begun.
  bool submit_next(Job job);
  /// Waits for the jobs that run; those that wait are dropped.
  void stop();

 private:
  bool add(Job job, std::size_t limit);
  void serve();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;  ///< guarded by mutex_
  bool stopped_ = false;  ///< guarded by mutex_
  const std::size_t queue_;
  std::vector<std::thread> threads_;
};

}  // namespace vigil::server
