#include "estate/deep_inspection.h"

#include <sys/resource.h>
#include <unistd.h>

#include "tree/directory.h"

namespace vigil::estate {
namespace {

constexpr int kLowest = 19;

Result<inventory::Inventory> look(const std::string& root, const inventory::ScanOptions& options) {
  VIGIL_TRY(const std::unique_ptr<tree::Directory> view, tree::Directory::open(root));
  return inventory::scan_tree(*view, options);
}

}  // namespace

void DeepInspection::wait() {
  if (thread_.joinable()) thread_.join();
}

void DeepInspection::start(const std::string& root, const inventory::ScanOptions& options,
                           int wake) {
  wait();
  thread_ = std::thread([this, root, options, wake] {
    // Of Linux, a thread has a priority of its own: whatever else the machine does comes first.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowest);
    auto found = look(root, options);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      result_ = std::move(found);
    }
    const std::uint64_t one = 1;
    // Should it fail, whoever waits looks again after its longest wait.
    [[maybe_unused]] const ssize_t written = ::write(wake, &one, sizeof one);
  });
}

bool DeepInspection::is_done() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return result_.has_value();
}

Result<inventory::Inventory> DeepInspection::take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  Result<inventory::Inventory> out = std::move(*result_);
  result_.reset();
  return out;
}

}  // namespace vigil::estate
