#include "server/signature/replay_guard.h"

#include <utility>

namespace vigil::server {
namespace {

/// How far apart two equal requests of one second may arrive.
constexpr std::int64_t kTwins = 3;

}  // namespace

void ReplayGuard::turn(std::int64_t now) {
  // Two generations: a signature lives through one whole window, whenever in it it came.
  const bool old = now - turned_ >= window_;
  if (!old && current_.size() < most_ / 2) return;
  previous_ = now - turned_ >= 2 * window_ ? Seen() : std::exchange(current_, {});
  current_.clear();
  turned_ = now;
}

bool ReplayGuard::accept(std::string_view signature, std::int64_t now) {
  std::string key(signature);
  const std::lock_guard lock(mutex_);
  turn(now);
  for (const Seen* seen : {&current_, &previous_}) {
    const auto found = seen->find(key);
    if (found != seen->end()) return now - found->second <= kTwins;
  }
  current_.emplace(std::move(key), now);
  return true;
}

std::size_t ReplayGuard::size() const {
  const std::lock_guard lock(mutex_);
  return current_.size() + previous_.size();
}

}  // namespace vigil::server
