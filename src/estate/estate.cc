#include "estate/estate.h"

#include "base/time.h"

namespace vigil::estate {

Estate::Estate(std::unique_ptr<store::Store> store, Settings settings)
    : store_(std::move(store)),
      settings_(std::move(settings)),
      policy_(&score::default_policy()),
      assessor_(settings_.memory) {}

std::int64_t Estate::now() const {
  return base::now() + settings_.clock_offset;
}

std::shared_ptr<const intel::Snapshot> Estate::intelligence() const {
  const std::lock_guard lock(mutex_);
  return intelligence_;
}

void Estate::set_intelligence(std::shared_ptr<const intel::Snapshot> snapshot) {
  const std::lock_guard lock(mutex_);
  intelligence_ = std::move(snapshot);
}

}  // namespace vigil::estate
