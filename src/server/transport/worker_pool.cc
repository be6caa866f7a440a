#include "server/transport/worker_pool.h"

#include <limits>
#include <utility>

namespace vigil::server {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue) : queue_(queue) {
  threads_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::submit(Job job) {
  return add(std::move(job), queue_);
}

bool WorkerPool::submit_next(Job job) {
  return add(std::move(job), std::numeric_limits<std::size_t>::max());
}

bool WorkerPool::add(Job job, std::size_t limit) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_ || jobs_.size() >= limit) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void WorkerPool::stop() {
  std::deque<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    dropped.swap(jobs_);
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::serve() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopped_ || !jobs_.empty(); });
      if (stopped_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

}  // namespace vigil::server
