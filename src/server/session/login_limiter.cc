#include "server/session/login_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <vector>

namespace vigil::server {
namespace {

std::string key_of(std::string_view user, std::string_view address) {
  // An address has no blank, so the two cannot be confused; a user's name may be long.
  return std::string(address) + " " + std::string(user.substr(0, 128));
}

}  // namespace

LoginLimiter::Count& LoginLimiter::count_of(const std::string& key, std::int64_t now) {
  Count& count = counts_[key];
  if (now - count.since >= limits_.window) count = {.failures = 0, .since = now};
  return count;
}

void LoginLimiter::make_room(std::int64_t now) {
  if (counts_.size() + 2 <= limits_.remembered) return;
  std::erase_if(counts_, [&](const auto& one) { return now - one.second.since >= limits_.window; });
  if (counts_.size() + 2 <= limits_.remembered) return;
  std::vector<std::int64_t> times;
  times.reserve(counts_.size());
  for (const auto& [key, count] : counts_) times.push_back(count.since);
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  std::erase_if(counts_, [&](const auto& one) { return one.second.since <= *middle; });
}

std::int64_t LoginLimiter::begin(std::string_view user, std::string_view address,
                                 std::int64_t now) {
  const std::lock_guard lock(mutex_);
  make_room(now);
  Count& pair = count_of(key_of(user, address), now);
  Count& whole = count_of(std::string(address), now);
  std::int64_t wait = 0;
  if (pair.failures >= limits_.failures) wait = pair.since + limits_.window - now;
  if (whole.failures >= limits_.address_failures) {
    wait = std::max(wait, whole.since + limits_.window - now);
  }
  if (wait > 0) return wait;
  ++pair.failures;
  ++whole.failures;
  return 0;
}

void LoginLimiter::succeeded(std::string_view user, std::string_view address) {
  const std::lock_guard lock(mutex_);
  counts_.erase(key_of(user, address));
  const auto whole = counts_.find(std::string(address));
  if (whole != counts_.end() && whole->second.failures > 0) --whole->second.failures;
}

std::size_t LoginLimiter::remembered() const {
  const std::lock_guard lock(mutex_);
  return counts_.size();
}

std::string address_of(std::string_view remote) {
  std::string host(remote.substr(0, remote.rfind(':')));
  if (!host.starts_with('[')) return host;
  in6_addr address{};
  if (::inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &address) != 1) return host;
  std::fill(address.s6_addr + 8, address.s6_addr + 16, std::uint8_t{0});
  char text[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET6, &address, text, sizeof(text));
  return text;
}

}  // namespace vigil::server
