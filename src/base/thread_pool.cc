#include "base/thread_pool.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <string>
#include <system_error>

namespace vigil::base {

std::size_t hardware_workers() {
  // The affinity mask is what containers and taskset limit; the number of CPUs is not.
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    return static_cast<std::size_t>(std::max(CPU_COUNT(&allowed), 1));
  }
  return std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

struct ThreadPool::Loop {
  const Work* work;
  std::size_t count;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  std::optional<Error> error;   ///< guarded by mutex
  std::size_t error_index = 0;  ///< guarded by mutex
};

namespace {

Result<void> guarded(const Work& work, std::size_t index) {
  try {
    return work(index);
  } catch (const std::exception& exception) {
    return fail(std::string("an unexpected failure: ") + exception.what());
  } catch (...) {
    return fail("an unexpected failure");
  }
}

}  // namespace

void ThreadPool::take_pieces(Loop& loop) {
  while (!loop.failed.load(std::memory_order_relaxed)) {
    const std::size_t index = loop.next.fetch_add(1, std::memory_order_relaxed);
    if (index >= loop.count) return;
    if (auto result = guarded(*loop.work, index); !result) {
      const std::lock_guard lock(loop.mutex);
      if (!loop.error || index < loop.error_index) {
        loop.error = std::move(result.error());
        loop.error_index = index;
      }
      loop.failed.store(true, std::memory_order_relaxed);
    }
  }
}

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) workers = hardware_workers();
  for (std::size_t i = 1; i < workers; ++i) {
    try {
      threads_.emplace_back([this] { serve(); });
    } catch (const std::system_error&) {
      break;  // no more threads to be had: the loop is slower, not wrong
    }
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadPool::serve() {
  std::size_t served = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return ending_ || (loop_ != nullptr && round_ != served); });
    if (ending_) return;
    served = round_;
    Loop& loop = *loop_;
    ++busy_;
    lock.unlock();
    take_pieces(loop);
    lock.lock();
    if (--busy_ == 0) done_.notify_all();
  }
}

Result<void> ThreadPool::parallel_for(std::size_t count, const Work& work) {
  Loop loop{&work, count, {}, {}, {}, {}, 0};
  if (count > 1 && !threads_.empty()) {
    {
      const std::lock_guard lock(mutex_);
      loop_ = &loop;
      ++round_;
    }
    wake_.notify_all();
  }
  take_pieces(loop);
  {
    // A thread that has not woken yet finds no loop any more.
    std::unique_lock lock(mutex_);
    loop_ = nullptr;
    done_.wait(lock, [&] { return busy_ == 0; });
  }
  if (loop.error) return fail(std::move(*loop.error));
  return ok();
}

Result<void> parallel_for(std::size_t count, std::size_t workers, const Work& work) {
  if (workers == 0) workers = hardware_workers();
  ThreadPool pool(std::min(workers, std::max<std::size_t>(count, 1)));
  return pool.parallel_for(count, work);
}

}  // namespace vigil::base
