// A bounded cache in two generations: what was used lately stays, what was not goes, and the cost of
// both together never exceeds the budget. Thread-safe; values are copied, so they are pointers.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace vigil::estate {

template <typename Key, typename Value, typename Hash = std::hash<Key>>
class GenerationCache {
 public:
  /// `budget` in the unit of the costs given to `put`.
  explicit GenerationCache(std::size_t budget) : budget_(budget) {}

  std::optional<Value> find(const Key& key) {
    const std::lock_guard lock(mutex_);
    if (const auto at = young_.find(key); at != young_.end()) return at->second.value;
    const auto at = old_.find(key);
    if (at == old_.end()) return std::nullopt;
    Entry entry = std::move(at->second);
    old_.erase(at);
    Value value = entry.value;
    insert(key, std::move(entry));
    return value;
  }

  void put(const Key& key, Value value, std::size_t cost) {
    const std::lock_guard lock(mutex_);
    insert(key, {std::move(value), cost});
  }

  /// What was not asked for since the last time goes.
  void age() {
    const std::lock_guard lock(mutex_);
    old_ = std::exchange(young_, {});
    cost_ = 0;
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    young_ = {};
    old_ = {};
    cost_ = 0;
  }

  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return young_.size() + old_.size();
  }

 private:
  struct Entry {
    Value value;
    std::size_t cost = 0;
  };
  using Entries = std::unordered_map<Key, Entry, Hash>;

  void insert(const Key& key, Entry entry) {
    if (entry.cost > budget_ / 2) return;
    if (cost_ + entry.cost > budget_ / 2) {
      old_ = std::exchange(young_, {});
      cost_ = 0;
    }
    const std::size_t cost = entry.cost;
    if (young_.try_emplace(key, std::move(entry)).second) cost_ += cost;
  }

  const std::size_t budget_;
  mutable std::mutex mutex_;
  Entries young_, old_;   ///< guarded by mutex_
  std::size_t cost_ = 0;  ///< guarded by mutex_; of young_
};

}  // namespace vigil::estate
