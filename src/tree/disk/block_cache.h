// The blocks used last, up to a number of bytes: tables of a disk's format, expanded clusters, nodes
// of trees.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"

namespace vigil::tree::disk {

class BlockCache {
 public:
  using Block = std::shared_ptr<const std::string>;

  /// At least one block is kept, whatever its size.
  explicit BlockCache(std::size_t bytes) : limit_(bytes) {}

  /// The block of that key, made by `load` if it is not there. Two threads may load one block; an
  /// error is not kept.
  Result<Block> get(std::uint64_t key, const std::function<Result<std::string>()>& load);

 private:
  std::size_t limit_;
  std::mutex mutex_;
  std::list<std::pair<std::uint64_t, Block>> order_;  ///< the one used last first
  std::map<std::uint64_t, decltype(order_)::iterator> places_;
  std::size_t bytes_ = 0;
};

}  // namespace vigil::tree::disk
