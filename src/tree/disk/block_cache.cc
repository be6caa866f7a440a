#include "tree/disk/block_cache.h"

#include <utility>

namespace vigil::tree::disk {

Result<BlockCache::Block> BlockCache::get(std::uint64_t key,
                                          const std::function<Result<std::string>()>& load) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = places_.find(key); found != places_.end()) {
      order_.splice(order_.begin(), order_, found->second);
      return found->second->second;
    }
  }
  VIGIL_TRY(std::string loaded, load());
  const auto block = std::make_shared<const std::string>(std::move(loaded));
  const std::lock_guard lock(mutex_);
  if (places_.contains(key)) return block;
  bytes_ += block->size();
  order_.emplace_front(key, block);
  places_[key] = order_.begin();
  while (bytes_ > limit_ && order_.size() > 1) {
    bytes_ -= order_.back().second->size();
    places_.erase(order_.back().first);
    order_.pop_back();
  }
  return block;
}

}  // namespace vigil::tree::disk
